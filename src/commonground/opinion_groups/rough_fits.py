"""Models that are exact enough to compare: several numbers of groups, for several samples at once.

The same model as `commonground.opinion_groups.mixture`, in single precision. Each model has a row
for each of its groups, and the rows of all models go through the answers together; a model that
is done drops out. Each iteration goes `FARTHER` than expectation and maximisation would: steps
of up to twice the length still lead to the same end (Peters & Walker 1978), in fewer iterations.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups import mixture
from commonground.opinion_groups.mixture import Mixture
from commonground.opinion_groups.samples import Samples, Singles
from commonground.opinion_groups.starting_points import starting_points

Indices = npt.NDArray[np.int64]

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
    every = np.arange(samples.n_samples)
    models = _Models(
        sample=np.tile(every, len(numbers)),
        place=np.repeat(np.arange(len(numbers)), len(every)),
        n_groups=np.repeat(numbers, len(every)),
    )
    members = [start.reshape(-1, start.shape[2]) for start in starting_points(samples, numbers)]
    found = _Fit(samples).run(models, np.concatenate(members))
    return [
        tuple(found[sample, place] for place in range(len(numbers))) for sample in every.tolist()
    ]


def likeliest(everybody: Samples, models: Sequence[Mixture]) -> list[Indices]:
    """For each model the likeliest group of each person; the first of several."""
    rates = np.concatenate([model.rates for model in models])
    table = np.log(np.concatenate([1 - rates, rates], axis=1)) * mixture.ANSWER_WEIGHT
    log_odds = everybody.by_person(table.astype(np.float32))
    weights = np.concatenate([model.weights for model in models])
    log_odds += np.log(weights).astype(np.float32)[:, None]
    ends = np.cumsum([model.n_groups for model in models])[:-1]
    return [of.argmax(axis=0) for of in np.split(log_odds, ends)]


@dataclass(frozen=True)
class _Models:
    """Models one after the other, each with a row for each of its groups."""

    sample: Indices
    """n_models: which sample each is fitted to."""
    place: Indices
    """n_models: which of the numbers of groups each has."""
    n_groups: Indices
    """n_models: equal ones stand together."""

    @cached_property
    def of_row(self) -> Indices:
        """n_rows: the model of each row."""
        return np.repeat(np.arange(len(self.n_groups)), self.n_groups)

    @cached_property
    def rows(self) -> list[slice]:
        """n_models: where the rows of each model are."""
        ends = np.cumsum(self.n_groups).tolist()
        return [slice(end - n, end) for end, n in zip(ends, self.n_groups.tolist(), strict=True)]

    @cached_property
    def summing(self) -> Singles:
        """n_models × n_rows: times this, rows are added up by model."""
        every = np.arange(len(self.n_groups))[:, None]
        return np.asarray(self.of_row == every, dtype=np.float32)

    @cached_property
    def alike(self) -> list[tuple[slice, int]]:
        """The rows of all models with one number of groups, and that number."""
        found, first = [], 0
        for n_groups, same in itertools.groupby(self.n_groups.tolist()):
            found.append((slice(first, first + n_groups * len(list(same))), n_groups))
            first = found[-1][0].stop
        return found

    def highest(self, table: Singles) -> Singles:
        """n_rows × n_people becomes n_models × n_people: the highest of each model."""
        highest = np.empty((len(self.n_groups), table.shape[1]), dtype=np.float32)
        first = 0
        for rows, n_groups in self.alike:
            own = table[rows].reshape(-1, n_groups, table.shape[1])
            own.max(axis=1, out=highest[first : first + len(own)])
            first += len(own)
        return highest

    def only(self, chosen: npt.NDArray[np.bool_]) -> _Models:
        """Some of them."""
        return _Models(self.sample[chosen], self.place[chosen], self.n_groups[chosen])


@dataclass(frozen=True)
class _Given:
    """What stays the same from one iteration to the next, as long as no model drops out."""

    inside: Singles
    """n_models × n_people: 1 for the people of the model's sample."""
    leaning: Singles
    """n_rows × 2 n_statements: the stances that are added to each group."""
    people: npt.NDArray[np.float64]
    """n_rows: people of the model's sample, and one for each of its groups."""


class _Fit:
    """What models of the same samples have in common while they are fitted."""

    def __init__(self, samples: Samples) -> None:
        half = samples.n_statements
        disagree, agree = samples.counts[:, :half], samples.counts[:, half:]
        overall = (agree + 1) / (agree + disagree + 2)
        self._samples, self._half = samples, half
        self._leaning = np.float32(mixture.LEANING) * np.concatenate([1 - overall, overall], axis=1)
        self._n_people = samples.weights.sum(axis=1)

    def run(self, models: _Models, members: Singles) -> dict[tuple[int, int], RoughModel]:
        """Iterate from who starts where; each model by its sample and the place of its number."""
        found: dict[tuple[int, int], RoughModel] = {}
        before = np.full(len(models.sample), -np.inf)
        sums, sizes = self._samples.by_statement(members), members.sum(axis=1)
        given = self._given(models)
        for iteration in range(MOST_ITERATIONS + 1):
            stances, weights, prior, log_odds = self._maximised(given, sums, sizes)
            highest = models.highest(log_odds)
            log_odds -= highest.take(models.of_row, axis=0)
            members = np.exp(log_odds, out=log_odds)
            total = models.summing @ members
            by_person = np.log(total) + highest
            likelihood = (by_person * given.inside).sum(
                axis=1, dtype=float
            ) + models.summing @ prior
            done = likelihood - before < TOLERANCE * np.abs(likelihood)
            done |= iteration == MOST_ITERATIONS
            for model in np.flatnonzero(done).tolist():
                own = models.rows[model]
                found[int(models.sample[model]), int(models.place[model])] = RoughModel(
                    Mixture(
                        weights=weights[own].astype(float),
                        rates=self._rates(stances[own]),
                        log_likelihood=float(likelihood[model]),
                        iterations=iteration,
                    ),
                    members[own] / total[model],
                )
            if done.all():
                break
            share = given.inside / total
            if done.any():
                kept = ~done[models.of_row]
                sums, sizes, members = sums[kept], sizes[kept], members[kept]
                models, share, likelihood = models.only(~done), share[~done], likelihood[~done]
                given = self._given(models)
            members *= share.take(models.of_row, axis=0)
            before = likelihood
            sums = _farther(sums, self._samples.by_statement(members))
            sizes = _farther(sizes, members.sum(axis=1))
        return found

    def _given(self, models: _Models) -> _Given:
        sample = models.sample[models.of_row]
        return _Given(
            inside=self._samples.weights[models.sample],
            leaning=self._leaning[sample],
            people=self._n_people[sample] + models.n_groups[models.of_row],
        )

    def _maximised(
        self, given: _Given, sums: Singles, sizes: Singles
    ) -> tuple[Singles, Singles, Singles, Singles]:
        """The stances with the leaning, and the weights that people by group lead to (each by row).

        And what these add to the log-likelihood by themselves, and the log-odds of each person.
        """
        half = self._half
        stances = sums + given.leaning
        answered = stances[:, :half] + stances[:, half:]
        weights = ((sizes + 1) / given.people).astype(np.float32)
        table, log_weights = np.log(stances), np.log(weights)
        np.log(answered, out=answered)
        table[:, :half] -= answered
        table[:, half:] -= answered
        table *= np.float32(mixture.ANSWER_WEIGHT)
        prior = np.asarray(np.einsum("ij,ij->i", table, given.leaning) + log_weights)
        log_odds = self._samples.by_person(table)
        log_odds += log_weights[:, None]
        return stances, weights, prior, log_odds

    def _rates(self, stances: Singles) -> npt.NDArray[np.float64]:
        """How likely each group agrees. In double precision: in single, a statement with which one
        of many thousand people disagrees would have a rate of exactly 1, and no odds."""
        disagree, agree = np.split(stances.astype(float), [self._half], axis=1)
        return np.asarray(agree / (agree + disagree))


def _farther(before: Singles, after: Singles) -> Singles:
    farther = after - before
    farther *= FARTHER
    farther += after
    np.maximum(farther, 0, out=farther)
    return farther
