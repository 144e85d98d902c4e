"""The model with a given number of groups, from its own start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from commonground.blocks import Engine, InProcess
from commonground.opinion_groups.mixture import (
    Bounds,
    Mixture,
    fit_each,
    log_likelihood_of_one,
    memberships,
)
from commonground.opinion_groups.settling import settle
from commonground.opinion_groups.side_by_side import batches, side_by_side
from commonground.opinion_groups.stances import StanceCounts, count_stances, stance_block
from commonground.opinion_groups.starting_points import starting_points
from commonground.votes import Votes

ROUGHLY, ROUGH = 20, 1e-4
"""Iterations at most, and the share of the log-likelihood below which one more is not worth it."""


def fit_roughly(
    engine: Engine, counts: StanceCounts, numbers: Sequence[int]
) -> tuple[Mixture, ...]:
    """A model for each number of groups (2 or more), exact enough to compare."""
    return _fit(engine, counts, numbers)[0]


def fit_roughly_each(samples: Sequence[Votes], numbers: Sequence[int]) -> list[tuple[Mixture, ...]]:
    """The same for each of several samples, votes in canonical order with the same statements.

    Small ones are fitted side by side, which saves most of what one fit costs beside its sums.
    """
    found: list[tuple[Mixture, ...]] = []
    for some in batches(samples):
        block, bounds = side_by_side(some) if len(some) > 1 else (stance_block(some[0]), None)
        engine = InProcess.of([block])
        found += _fit(engine, count_stances(engine), numbers, bounds)
    return found


def _fit(
    engine: Engine, counts: StanceCounts, numbers: Sequence[int], bounds: Bounds | None = None
) -> tuple[tuple[Mixture, ...], ...]:
    starts = starting_points(engine, counts, numbers, bounds)
    return fit_each(engine, counts, starts, max_iterations=ROUGHLY, tolerance=ROUGH, bounds=bounds)


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
