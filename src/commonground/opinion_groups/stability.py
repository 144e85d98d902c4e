"""Would other people, or other answers, have given the same groups?

The people are dealt into two halves, the model is fitted to each half by itself, and both models
then place everybody. The same is done with two halves of everybody's answers. 1 means that the
two place all people together and apart in the same way; 0 is what chance would give (adjusted
Rand index, Hubert & Arabie 1985).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.rough_fits import fit_roughly, likeliest
from commonground.opinion_groups.samples import Samples
from commonground.votes import Votes

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

SPLITS = 5
TOGETHER_UP_TO = 200_000
"""Votes up to which halves share a table; above, working out the other half is not worth it."""
CELLS_AT_ONCE = 2_000_000
"""Groups × people of all models that are fitted together, where there are several deals."""


@dataclass(frozen=True)
class Stability:
    """Mean agreement between halves, from about 0 to 1."""

    over_people: float
    """Two halves of the people."""
    over_answers: float
    """Two halves of everybody's answers."""


def stability(votes: Votes, n_groups: int, *, random_state: int = 0) -> Stability:
    """Split the conversation in half five times each way, and compare the groups."""
    ordered = canonical(votes).votes
    everybody = Samples.of_people(ordered)
    if n_groups == 1 or ordered.n_participants < 4 * n_groups:
        return Stability(over_people=np.nan, over_answers=np.nan)
    random = np.random.default_rng(random_state)
    answers = []
    for _ in range(SPLITS):
        chosen = random.random(ordered.n_votes) < 0.5
        placed = []
        for side in (chosen, ~chosen):
            ((rough,),) = fit_roughly(Samples.of_people(ordered.keep(side)), [n_groups])
            placed += likeliest(everybody, [rough.model])
        answers.append(adjusted_rand(*placed))
    return Stability(
        over_people=halves_alike(ordered, n_groups, SPLITS, random_state),
        over_answers=float(np.mean(answers)),
    )


def halves_alike(votes: Votes, n_groups: int, splits: int = 3, random_state: int = 0) -> float:
    """How alike two halves of the people place everybody; votes in canonical order."""
    halves = Halves(votes, random_state)
    return float(halves.alike([n_groups], splits).mean())


class Halves:
    """The people of a conversation in canonical order, dealt into two halves again and again."""

    def __init__(self, votes: Votes, random_state: int = 0) -> None:
        self._votes = votes
        self._random = np.random.default_rng(random_state)

    def alike(self, numbers: Sequence[int], splits: int) -> Floats:
        """Deal so often; splits × numbers of groups: how alike the halves place everybody."""
        n_people = self._votes.n_participants
        at_once = max(1, CELLS_AT_ONCE // max(2 * n_people * sum(numbers), 1))
        found = np.empty((0, len(numbers)))
        while len(found) < splits:
            deals = min(at_once, splits - len(found))
            found = np.concatenate([found, self._compared(numbers, deals)])
        return found

    def _compared(self, numbers: Sequence[int], deals: int) -> Floats:
        dealt = [self._random.permutation(self._votes.n_participants) % 2 for _ in range(deals)]
        halves = np.stack([of == side for of in dealt for side in (0, 1)])
        placed = self._placed(halves, numbers)
        return np.array(
            [
                [adjusted_rand(*labels) for labels in zip(one, other, strict=True)]
                for one, other in zip(placed[::2], placed[1::2], strict=True)
            ]
        )

    def _placed(self, halves: npt.NDArray[np.bool_], numbers: Sequence[int]) -> list[list[Labels]]:
        """For each half and number of groups, the likeliest group of everybody."""
        if self._votes.n_votes <= TOGETHER_UP_TO:
            fitted = fit_roughly(Samples.of_people(self._votes, halves), numbers)
            return [[rough.members.argmax(axis=0) for rough in models] for models in fitted]
        placed = []
        for half in halves[::2]:
            one, other = self._everybody.only(half), self._everybody.only(~half)
            placed.append(_placed_from(one, half, other, numbers))
            placed.append(_placed_from(other, ~half, one, numbers))
        return placed

    @cached_property
    def _everybody(self) -> Samples:
        return Samples.of_people(self._votes)


def _placed_from(
    part: Samples, inside: npt.NDArray[np.bool_], rest: Samples, numbers: Sequence[int]
) -> list[Labels]:
    """For each number of groups where models of a part of the people place everybody."""
    (models,) = fit_roughly(part, numbers)
    elsewhere = likeliest(rest, [rough.model for rough in models])
    placed = []
    for rough, others in zip(models, elsewhere, strict=True):
        labels = np.empty(len(inside), dtype=np.int64)
        labels[inside], labels[~inside] = rough.members.argmax(axis=0), others
        placed.append(labels)
    return placed


def adjusted_rand(first: Labels, second: Labels) -> float:
    """Adjusted Rand index of two labellings of the same people: 1 the same, 0 as by chance."""
    wide, high = int(second.max()) + 1, int(first.max()) + 1
    table = np.bincount(first * wide + second, minlength=high * wide).reshape(high, wide)
    both, rows, columns = _pairs(table), _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    expected = rows * columns / max(_pairs(np.array([len(first)])), 1.0)
    highest = (rows + columns) / 2
    return 1.0 if highest == expected else (both - expected) / (highest - expected)


def _pairs(counts: npt.NDArray[np.float64] | Labels) -> float:
    return float((counts * (counts - 1) / 2).sum())
