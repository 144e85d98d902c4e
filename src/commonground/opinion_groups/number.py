"""How many groups: as many as help to predict answers that were kept aside, and no more.

Some of each person's answers are kept aside; models with 1, 2, 3 … groups are fitted to the rest
and asked for the ones kept aside. One more group is worth it when it cuts the surprise (log-loss)
by at least `WORTH_IT` of what it is with one group, and by more than one standard error (over
people), and leaves no group with fewer than `SMALLEST_GROUP` people. Every number up to the
most is tried: four even camps may only show when all four are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import InProcess
from commonground.opinion_groups.mixture import Mixture, fit, memberships
from commonground.opinion_groups.stances import count_stances, stance_block
from commonground.opinion_groups.starting_points import StartingPoints
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]

MOST_GROUPS = 5
WORTH_IT = 0.005
FEWEST_ANSWERS = 5
FOLDS = 5
FOLDS_USED = ((5_000, 5), (20_000, 3))
"""Up to so many votes, so many folds; above, one."""
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Attempt:
    """How well a number of groups predicted the answers kept aside."""

    n_groups: int
    gain: float
    """Share of the log-loss with one group that is saved; negative when it got worse."""
    standard_error: float
    """Of the gain, over people."""
    smallest_group: float
    """People in the smallest group."""


@dataclass(frozen=True)
class NumberOfGroups:
    """The number chosen, and what was tried."""

    chosen: int
    attempts: tuple[Attempt, ...]
    worth_it: tuple[int, ...] = ()
    """Numbers above 1, each worth it over the one before; the last is the chosen one."""


def choose_number(votes: Votes, most_groups: int = MOST_GROUPS) -> NumberOfGroups:
    """Choose the number of groups for agrees and disagrees in canonical order."""
    folds = _folds(votes)
    attempts = [Attempt(1, 0.0, 0.0, float(votes.n_participants))]
    chosen, best = 1, folds.losses(1)
    worth_it: list[int] = []
    base = float(best.sum())
    if base == 0:
        return NumberOfGroups(1, tuple(attempts))
    for n_groups in range(2, min(most_groups, votes.n_participants // SMALLEST_GROUP) + 1):
        losses = folds.losses(n_groups)
        over_one = _gain(folds.losses(1), losses, base)
        attempts.append(Attempt(n_groups, *over_one, folds.smallest_group))
        step, error = _gain(best, losses, base)
        better = step >= WORTH_IT * (n_groups - chosen) and step > error
        if better and folds.smallest_group >= SMALLEST_GROUP:
            worth_it.append(n_groups)
            chosen, best = n_groups, losses
    return NumberOfGroups(chosen, tuple(attempts), tuple(worth_it))


def _gain(before: Floats, after: Floats, base: float) -> tuple[float, float]:
    """Saved share of the base loss, and its standard error, from losses by person."""
    saved = before - after
    error = np.sqrt(len(saved) * np.var(saved, ddof=1)) if len(saved) > 1 else np.inf
    return float(saved.sum() / base), float(error / base)


class _Folds:
    """One or more ways to keep answers aside."""

    def __init__(self, votes: Votes, fold: npt.NDArray[np.int64], used: int) -> None:
        self._parts = [_Part(votes.keep(fold != f), votes.keep(fold == f)) for f in range(used)]
        self._n_people = votes.n_participants
        self._cache: dict[int, Floats] = {}
        self.smallest_group = float(votes.n_participants)

    def losses(self, n_groups: int) -> Floats:
        """Log-loss of the answers kept aside, by person, over all folds."""
        if n_groups not in self._cache:
            losses = np.zeros(self._n_people)
            for part in self._parts:
                by_person, smallest = part.losses(n_groups)
                losses += by_person
                self.smallest_group = smallest
            self._cache[n_groups] = losses
        return self._cache[n_groups]


class _Part:
    def __init__(self, kept: Votes, aside: Votes) -> None:
        self._block = stance_block(kept)
        self._engine = InProcess.of([self._block])
        self._counts = count_stances(self._engine)
        self._aside = aside
        self._rows = aside.rows
        self._start: StartingPoints | None = None

    def losses(self, n_groups: int) -> tuple[Floats, float]:
        if n_groups == 1:
            chance = self._counts.rate[self._aside.columns]
            smallest = float(self._block.shape[0])
        else:
            if self._start is None:
                self._start = StartingPoints(self._engine, self._counts, MOST_GROUPS)
            model: Mixture = fit(
                self._engine,
                self._counts,
                self._start.group_sums(n_groups),
                max_iterations=40,
                tolerance=1e-4,
            )
            belonging = memberships(self._block, model)
            smallest = float(np.bincount(belonging.argmax(axis=1), minlength=n_groups).min())
            chance = np.zeros(len(self._rows))
            for group in range(n_groups):
                chance += belonging[self._rows, group] * model.rates[group, self._aside.columns]
        right = np.where(self._aside.values > 0, chance, 1 - chance)
        surprise = -np.log(np.maximum(right, 1e-12))
        n_people = self._block.shape[0]
        by_person = np.bincount(self._rows, weights=surprise, minlength=n_people).astype(float)
        return by_person, smallest


def _folds(votes: Votes) -> _Folds:
    """Each person's answers dealt out to five folds; more are used in a small conversation."""
    place_in_row = np.arange(votes.n_votes) - np.repeat(votes.starts[:-1], votes.answers_given)
    random = np.random.default_rng(0)
    offset = random.integers(0, FOLDS, votes.n_participants)
    # A random place for each answer, so that a fold is not a block of neighbouring statements.
    shuffled_places = np.argsort(votes.rows + random.random(votes.n_votes), kind="stable")
    fold = np.empty(votes.n_votes, dtype=np.int64)
    fold[shuffled_places] = (place_in_row + np.repeat(offset, votes.answers_given)) % FOLDS
    too_few = np.repeat(votes.answers_given < FEWEST_ANSWERS, votes.answers_given)
    fold[too_few] = FOLDS
    used = next((folds for up_to, folds in FOLDS_USED if votes.n_votes <= up_to), 1)
    return _Folds(votes, fold, used)
