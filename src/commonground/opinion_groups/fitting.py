"""The model with a given number of groups, from a rough one to the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonground.blocks import Engine
from commonground.opinion_groups.mixture import Mixture, log_likelihood_of_one, memberships
from commonground.opinion_groups.settling import settle
from commonground.opinion_groups.stances import StanceCounts


def fit_one(counts: StanceCounts) -> Mixture:
    """Everybody in one group."""
    return Mixture(np.ones(1), counts.rate[None, :], log_likelihood_of_one(counts), 0)


def fit_groups(engine: Engine, counts: StanceCounts, start: Mixture) -> Mixture:
    """The model that `start` leads to over any engine of stance blocks, largest group first.

    `start`: a rough model, for instance of a sample of the same people.
    """
    model = settle(engine, counts, start)
    people = sum(
        np.bincount(of.argmax(axis=1), minlength=model.n_groups)
        for of in engine.gathered(memberships, model)
    )
    order = np.argsort(-np.asarray(people), kind="stable")
    return replace(model, weights=model.weights[order], rates=model.rates[order])
