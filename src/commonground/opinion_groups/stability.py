"""Would other people, or other answers, have given the same groups?

The people are dealt into two halves, the model is fitted to each half by itself, and both models
then place everybody. The same is done with two halves of everybody's answers. 1 means that the
two place all people together and apart in the same way; 0 is what chance would give (adjusted
Rand index, Hubert & Arabie 1985).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import InProcess
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.fitting import fit_roughly
from commonground.opinion_groups.mixture import Mixture, memberships
from commonground.opinion_groups.stances import count_stances, stance_block
from commonground.votes import Votes

Labels = npt.NDArray[np.int64]

SPLITS = 5


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
    if n_groups == 1 or ordered.n_participants < 4 * n_groups:
        return Stability(over_people=np.nan, over_answers=np.nan)
    random = np.random.default_rng(random_state)
    answers = []
    for _ in range(SPLITS):
        chosen = random.random(ordered.n_votes) < 0.5
        parts = [ordered.keep(side) for side in (chosen, ~chosen)]
        placed = [
            memberships(stance_block(part), _fitted(part, [n_groups])[0]).argmax(axis=1)
            for part in parts
        ]
        answers.append(adjusted_rand(*placed))
    return Stability(
        over_people=halves_alike(ordered, n_groups, SPLITS, random_state),
        over_answers=float(np.mean(answers)),
    )


def halves_alike(votes: Votes, n_groups: int, splits: int = 3, random_state: int = 0) -> float:
    """How alike two halves of the people place everybody; votes in canonical order."""
    return float(np.mean(list(each_split(votes, [n_groups], splits, random_state))))


def each_split(
    votes: Votes, numbers: Sequence[int], splits: int, random_state: int = 0
) -> Iterator[list[float]]:
    """For each split of the people, how alike its halves are with each number of groups."""
    random = np.random.default_rng(random_state)
    everybody = stance_block(votes)
    for _ in range(splits):
        half = random.permutation(votes.n_participants) % 2 == 0
        first, second = (_fitted(votes.take(side), numbers) for side in (half, ~half))
        yield [
            adjusted_rand(*(memberships(everybody, model).argmax(axis=1) for model in pair))
            for pair in zip(first, second, strict=True)
        ]


def adjusted_rand(first: Labels, second: Labels) -> float:
    """Adjusted Rand index of two labellings of the same people: 1 the same, 0 as by chance."""
    table = np.zeros((int(first.max()) + 1, int(second.max()) + 1))
    np.add.at(table, (first, second), 1)
    both, rows, columns = _pairs(table), _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0))
    expected = rows * columns / max(_pairs(np.array([len(first)])), 1.0)
    highest = (rows + columns) / 2
    return 1.0 if highest == expected else (both - expected) / (highest - expected)


def _pairs(counts: npt.NDArray[np.float64] | Labels) -> float:
    return float((counts * (counts - 1) / 2).sum())


def _fitted(votes: Votes, numbers: Sequence[int]) -> tuple[Mixture, ...]:
    engine = InProcess.of([stance_block(votes)])
    return fit_roughly(engine, count_stances(engine), numbers)
