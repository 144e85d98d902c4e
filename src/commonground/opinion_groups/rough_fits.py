"""Models that are exact enough to compare: several numbers of groups, for several samples at once.

The same model as `commonground.opinion_groups.mixture`, in single precision. Each model has a row
for each of its groups, and the rows of all models go through the answers together; a model that
is done drops out. Each iteration goes `FARTHER` than expectation and maximisation would: steps
of up to twice the length still lead to the same end (Peters & Walker 1978), in fewer iterations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups import mixture
from commonground.opinion_groups.mixture import Mixture
from commonground.opinion_groups.samples import Samples, Singles
from commonground.opinion_groups.starting_points import starting_points

MOST_ITERATIONS, TOLERANCE = 20, 1e-4
"""Iterations at most, and the share of the log-likelihood below which one more is not worth it."""
FARTHER = np.float32(0.5)


@dataclass(frozen=True)
class RoughModel:
    """A model, and who belongs where."""

    model: Mixture
    members: Singles
    """n_groups × n_people: how likely each person belongs to each group, in the sample or not."""


def fit_roughly(samples: Samples, numbers: Sequence[int]) -> list[tuple[RoughModel, ...]]:
    """For each sample a model for each number of groups (2 or more)."""
    found = _Fit(samples, numbers).run(starting_points(samples, numbers))
    return [
        tuple(found[sample, place] for place in range(len(numbers)))
        for sample in range(samples.n_samples)
    ]


@dataclass(frozen=True)
class _Alike:
    """The models with one number of groups that are not done yet."""

    place: int
    """Which of the numbers it is."""
    n_groups: int
    samples: npt.NDArray[np.int64]
    """n_models: the sample of each."""
    before: npt.NDArray[np.float64]
    """n_models: their log-likelihoods one iteration ago."""

    @property
    def n_rows(self) -> int:
        return self.n_groups * len(self.samples)


class _Fit:
    """Models while they are fitted; rows are those of all groups of all models that are left."""

    def __init__(self, samples: Samples, numbers: Sequence[int]) -> None:
        half = samples.n_statements
        disagree, agree = samples.counts[:, :half], samples.counts[:, half:]
        overall = (agree + 1) / (agree + disagree + 2)
        self._samples, self._half = samples, half
        self._leaning = np.float32(mixture.LEANING) * np.concatenate([1 - overall, overall], axis=1)
        self._n_people = samples.weights.sum(axis=1)
        every, nothing = np.arange(samples.n_samples), np.full(samples.n_samples, -np.inf)
        self._left = [
            _Alike(place, number, every, nothing) for place, number in enumerate(numbers)
        ]
        self._found: dict[tuple[int, int], RoughModel] = {}

    def run(self, starts: Sequence[Singles]) -> dict[tuple[int, int], RoughModel]:
        """Iterate from who starts where; each model by its sample and the place of its number."""
        members = np.concatenate([start.reshape(-1, start.shape[2]) for start in starts])
        sums, sizes = self._samples.by_statement(members), members.sum(axis=1)
        for iteration in range(MOST_ITERATIONS + 1):
            kept, members = self._iterate(sums, sizes, iteration)
            if not self._left:
                break
            if not kept.all():
                sums, sizes, members = sums[kept], sizes[kept], members[kept]
            sums = _farther(sums, self._samples.by_statement(members))
            sizes = _farther(sizes, members.sum(axis=1))
        return self._found

    def _iterate(
        self, sums: Singles, sizes: Singles, iteration: int
    ) -> tuple[npt.NDArray[np.bool_], Singles]:
        """From stances and people by group: which rows are left, and who belongs to each row."""
        half = self._half
        sample = np.concatenate([np.repeat(of.samples, of.n_groups) for of in self._left])
        groups = np.concatenate([np.full(of.n_rows, of.n_groups) for of in self._left])
        leaning = self._leaning[sample]
        agrees = sums + leaning
        answered = agrees[:, :half] + agrees[:, half:]
        weights = (sizes + 1) / (self._n_people[sample] + groups.astype(np.float32))
        table, log_answered, log_weights = np.log(agrees), np.log(answered), np.log(weights)
        table[:, :half] -= log_answered
        table[:, half:] -= log_answered
        table *= np.float32(mixture.ANSWER_WEIGHT)
        prior = np.einsum("ij,ij->i", table, leaning) + log_weights
        members = self._samples.by_person(table)
        members += log_weights[:, None]
        rates = agrees[:, half:]
        rates /= answered
        kept, left, first = np.ones(len(sizes), dtype=bool), [], 0
        for alike in self._left:
            rows = slice(first, first + alike.n_rows)
            first = rows.stop
            shape = (len(alike.samples), alike.n_groups)
            inside = self._samples.weights[alike.samples]
            belonging = members[rows].reshape(*shape, -1)
            likelihood = (_normalise(belonging) * inside).sum(axis=1, dtype=float)
            likelihood += prior[rows].reshape(shape).sum(axis=1, dtype=float)
            done = likelihood - alike.before < TOLERANCE * np.abs(likelihood)
            done |= iteration == MOST_ITERATIONS
            for model in np.flatnonzero(done).tolist():
                own = slice(rows.start + model * shape[1], rows.start + (model + 1) * shape[1])
                self._found[int(alike.samples[model]), alike.place] = RoughModel(
                    Mixture(
                        weights=weights[own].astype(float),
                        rates=rates[own].astype(float),
                        log_likelihood=float(likelihood[model]),
                        iterations=iteration,
                    ),
                    belonging[model].copy(),
                )
            belonging *= inside[:, None]
            kept[rows] = np.repeat(~done, alike.n_groups)
            if not done.all():
                more = replace(alike, samples=alike.samples[~done], before=likelihood[~done])
                left.append(more)
        self._left = left
        return kept, members


def _normalise(log_odds: Singles) -> Singles:
    """Logarithms (models × groups × people) into probabilities, in place; returns log totals."""
    highest = log_odds.max(axis=1)
    log_odds -= highest[:, None]
    np.exp(log_odds, out=log_odds)
    total = log_odds.sum(axis=1)
    log_odds /= total[:, None]
    return np.asarray(np.log(total) + highest)


def _farther(before: Singles, after: Singles) -> Singles:
    return np.maximum(after + FARTHER * (after - before), 0)
