"""The model with a given number of groups, from its own start."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonground.blocks import Engine
from commonground.opinion_groups.mixture import Mixture, fit, memberships
from commonground.opinion_groups.stances import StanceCounts
from commonground.opinion_groups.starting_points import StartingPoints


def fit_groups(
    engine: Engine,
    counts: StanceCounts,
    n_groups: int,
    *,
    max_iterations: int = 100,
    tolerance: float = 1e-6,
) -> Mixture:
    """The model with a given number of groups over any engine of stance blocks, largest first."""
    if n_groups == 1:
        sums = np.stack([counts.disagree, counts.agree], axis=1).reshape(-1, 1)
        alone = fit(engine, counts, sums, max_iterations=1)
        return replace(alone, weights=np.ones(1), rates=counts.rate[None, :])
    start = StartingPoints(engine, counts, n_groups).group_sums(n_groups)
    model = fit(engine, counts, start, max_iterations=max_iterations, tolerance=tolerance)
    people = sum(
        np.bincount(of.argmax(axis=1), minlength=n_groups)
        for of in engine.gathered(memberships, model)
    )
    order = np.argsort(-np.asarray(people), kind="stable")
    return Mixture(model.weights[order], model.rates[order], model.log_likelihood, model.iterations)
