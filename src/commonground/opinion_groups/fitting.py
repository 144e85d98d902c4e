"""The model with a given number of groups, from its own start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from commonground.blocks import Engine
from commonground.opinion_groups.mixture import (
    Mixture,
    fit_each,
    log_likelihood_of_one,
    memberships,
)
from commonground.opinion_groups.settling import settle
from commonground.opinion_groups.stances import StanceCounts
from commonground.opinion_groups.starting_points import starting_points


def fit_roughly(
    engine: Engine, counts: StanceCounts, numbers: Sequence[int]
) -> tuple[Mixture, ...]:
    """A model for each number of groups (2 or more), exact enough to compare."""
    starts = starting_points(engine, counts, numbers)
    return fit_each(engine, counts, starts, max_iterations=20, tolerance=1e-4)


def fit_groups(
    engine: Engine, counts: StanceCounts, n_groups: int, start: Mixture | None = None
) -> Mixture:
    """The model with a given number of groups over any engine of stance blocks, largest first.

    `start`: an earlier model of that many groups, for instance of a sample of the same people.
    """
    if n_groups == 1:
        return Mixture(np.ones(1), counts.rate[None, :], log_likelihood_of_one(counts), 0)
    if start is None:
        (start,) = fit_roughly(engine, counts, [n_groups])
    model = settle(engine, counts, start)
    people = sum(
        np.bincount(of.argmax(axis=1), minlength=n_groups)
        for of in engine.gathered(memberships, model)
    )
    order = np.argsort(-np.asarray(people), kind="stable")
    return Mixture(model.weights[order], model.rates[order], model.log_likelihood, model.iterations)
