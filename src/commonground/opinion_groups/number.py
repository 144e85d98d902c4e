"""How many groups: as many as help to predict answers that were kept aside, and no more.

Some of each person's answers are kept aside; models with 1, 2, 3 … groups are fitted to the rest
and asked for the ones kept aside. One more group is worth it when it cuts the surprise (log-loss)
by at least `WORTH_IT` of what it is with one group, and by more than one standard error (over
people), and leaves no group with fewer than `SMALLEST_GROUP` people. Every number up to the
most is tried: four even camps may only show when all four are told apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups.mixture import Mixture
from commonground.opinion_groups.rough_fits import fit_roughly
from commonground.opinion_groups.samples import Samples, Singles
from commonground.opinion_groups.stances import StanceCounts
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int32]

MOST_GROUPS = 5
WORTH_IT = 0.005
FEWEST_ANSWERS = 5
FOLDS = 5
FOLDS_USED = ((2_000, 5), (10_000, 3), (20_000, 2))
"""Up to so many votes, so many folds; above, one."""
SMALLEST_GROUP = 5
LEAST_LIKELY = np.float32(1e-7)
"""No answer counts as less likely than this."""


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
    """Numbers above 1, each worth it over the one before; the last is the chosen one. Two is among
    them as soon as any is: what three groups predict, two may not, and still be found again."""
    models: Mapping[int, Mixture] = field(default_factory=dict, compare=False, repr=False)
    """For each number above 1 that was tried, a rough model; a start for an exact one."""


def choose_number(votes: Votes, most_groups: int = MOST_GROUPS) -> NumberOfGroups:
    """Choose the number of groups for agrees and disagrees in canonical order."""
    numbers = range(2, min(most_groups, votes.n_participants // SMALLEST_GROUP) + 1)
    tried = _all_tried(votes, numbers)
    alone = tried[1].losses
    attempts = [Attempt(1, 0.0, 0.0, float(votes.n_participants))]
    chosen, best, base = 1, alone, float(alone.sum())
    worth_it: list[int] = []
    if base == 0:
        return NumberOfGroups(1, tuple(attempts))
    for n_groups in numbers:
        losses, smallest = tried[n_groups].losses, tried[n_groups].smallest_group
        attempts.append(Attempt(n_groups, *_gain(alone, losses, base), smallest))
        step, error = _gain(best, losses, base)
        if step >= WORTH_IT * (n_groups - chosen) and step > error and smallest >= SMALLEST_GROUP:
            worth_it.append(n_groups)
            chosen, best = n_groups, losses
    if chosen > 2 and 2 not in worth_it and tried[2].smallest_group >= SMALLEST_GROUP:
        worth_it.insert(0, 2)
    models = {n_groups: model for n_groups, each in tried.items() if (model := each.model)}
    return NumberOfGroups(chosen, tuple(attempts), tuple(worth_it), models)


def _gain(before: Floats, after: Floats, base: float) -> tuple[float, float]:
    """Saved share of the base loss, and its standard error, from losses by person."""
    saved = before - after
    error = np.sqrt(len(saved) * np.var(saved, ddof=1)) if len(saved) > 1 else np.inf
    return float(saved.sum() / base), float(error / base)


@dataclass(frozen=True)
class _Tried:
    """One number of groups."""

    losses: Floats
    """Log-loss of the answers kept aside, by person, over all folds."""
    smallest_group: float
    """People in the smallest group, in the last fold."""
    model: Mixture | None
    """Of the last fold."""


def _all_tried(votes: Votes, numbers: Sequence[int]) -> dict[int, _Tried]:
    """1 and every number of groups, over all folds."""
    fold, used = _folds(votes)
    n_people = votes.n_participants
    losses = {n_groups: np.zeros(n_people) for n_groups in (1, *numbers)}
    kept = [votes.keep(fold != each) for each in range(used)]
    fitted = fit_roughly(Samples.of_answers(kept), numbers) if numbers else [()] * used
    for each, models in enumerate(fitted):
        aside, rate = votes.keep(fold == each), StanceCounts.of(kept[each]).rate
        rows, people = aside.rows, slice(each * n_people, (each + 1) * n_people)
        losses[1] += _losses(aside, rows, rate.astype(np.float32).take(aside.columns))
        for n_groups, rough in zip(numbers, models, strict=True):
            losses[n_groups] += _losses(
                aside, rows, _expected(aside, rows, rough.members[:, people], rough.model.rates)
            )
    tried = {1: _Tried(losses[1], float(n_people), None)}
    for n_groups, rough in zip(numbers, fitted[-1], strict=True):
        sizes = np.bincount(rough.members[:, -n_people:].argmax(axis=0), minlength=n_groups)
        tried[n_groups] = _Tried(losses[n_groups], float(sizes.min()), rough.model)
    return tried


def _expected(aside: Votes, rows: Rows, members: Singles, rates: Floats) -> Singles:
    """How likely each answer kept aside is an agree; members: n_groups × n_people."""
    belonging = np.ascontiguousarray(members.T).take(rows, axis=0)
    of_groups = np.ascontiguousarray(rates.T, dtype=np.float32).take(aside.columns, axis=0)
    return np.asarray(np.einsum("ij,ij->i", belonging, of_groups))


def _losses(aside: Votes, rows: Rows, chance: Singles) -> Floats:
    """Log-loss by person."""
    right = np.where(aside.values > 0, chance, 1 - chance)
    surprise = -np.log(np.maximum(right, LEAST_LIKELY))
    return np.bincount(rows, weights=surprise, minlength=aside.n_participants).astype(float)


def _folds(votes: Votes) -> tuple[npt.NDArray[np.int64], int]:
    """For each answer its fold, dealt out person by person, and how many folds are used.

    Neighbouring statements have nothing in common: their order is that of a hash.
    """
    place_in_row = np.arange(votes.n_votes) - np.repeat(votes.starts[:-1], votes.answers_given)
    first = np.random.default_rng(0).integers(0, FOLDS, votes.n_participants)
    fold = (place_in_row + np.repeat(first, votes.answers_given)) % FOLDS
    too_few = np.repeat(votes.answers_given < FEWEST_ANSWERS, votes.answers_given)
    fold[too_few] = FOLDS
    used = next((folds for up_to, folds in FOLDS_USED if votes.n_votes <= up_to), 1)
    return fold, used
