"""Is there anything to find, and would we have found it?

Two questions before any grouping:

1. Do people differ along some axis more than they would if everybody answered every statement
   independently? The strongest axis of the real answers is compared with that of answers shuffled
   within each statement among the same people: who answered what, and how much each statement is
   agreed with, stay the same. (Parallel analysis, Horn 1965; Buja & Eyuboglu 1992.)
2. If not: is the room too small to tell? Two camps are planted in the same pattern of who
   answered what, and the same test is asked to find them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.indexing import counting_order
from commonground.leading_axes import leading_axes_of_each
from commonground.opinion_groups.stances import Matrix, StanceCounts, deviations
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]
Values = npt.NDArray[np.int8]

PLANTED_ROOMS = 12
SURE_ABOVE = 3.5
"""Standard deviations above the shuffled rooms: about 1 in 500 rooms with nothing to find."""
LOOKS = ((3, 20 * SURE_ABOVE), (6, 3 * SURE_ABOVE), (20, np.inf))
"""So many shuffled rooms are enough above so many standard deviations: with nothing to find, about
1 room in 5,000 and 1 in 10,000 lie above (t distributions with 2 and 5 degrees of freedom).
"""
ALL_UP_TO, SMALL_SIDE, SMALL_CELLS = 96, 160, 120_000
"""People or statements up to which all eigenvalues, or all products, of a room are worked out."""
AT_ONCE = 60_000
"""Votes side by side at most; beyond, the sums are slower when they leave the cache."""
CAMP_DIFFERENCE = 0.6
CAMP_STATEMENTS = 1 / 3
ENOUGH_POWER = 0.8


@dataclass(frozen=True)
class Evidence:
    """Whether people differ more than chance alone would have it."""

    strongest: float
    """Share of all differences that lies along the strongest axis."""
    by_chance: float
    """The same in shuffled rooms: mean."""
    spread: float
    """The same in shuffled rooms: standard deviation."""
    shuffles: int
    """Shuffled rooms that were looked at: fewer where the difference is plain at once."""

    @property
    def distance(self) -> float:
        """Standard deviations between the real room and the shuffled ones."""
        return (self.strongest - self.by_chance) / self.spread

    @property
    def differs(self) -> bool:
        """Whether there is something to find."""
        return self.distance > SURE_ABOVE


NO_EVIDENCE = Evidence(strongest=0.0, by_chance=0.0, spread=1.0, shuffles=0)


def weigh_evidence(votes: Votes, random_state: int = 0) -> Evidence:
    """Weigh the evidence in agrees and disagrees (no not-sure answers, canonical order)."""
    random = np.random.default_rng(random_state)
    if votes.n_participants < 2 or votes.n_statements < 2:
        return NO_EVIDENCE
    order, _ = counting_order(votes.columns, votes.n_statements)
    column = votes.columns.take(order)
    rooms, found = [votes.values], np.zeros(0)
    for enough, obvious in LOOKS:
        while len(found) + len(rooms) < enough + 1:
            rooms.append(_shuffled(votes.values, order, column, random))
        found = np.concatenate([found, _strongest(votes, rooms)])
        rooms, strongest, shuffled = [], float(found[0]), found[1:]
        evidence = Evidence(
            strongest=strongest,
            by_chance=float(np.mean(shuffled)),
            spread=max(float(np.std(shuffled, ddof=1)), 1e-12),
            shuffles=enough,
        )
        if evidence.distance > obvious:
            break
    return evidence


def power_to_tell(votes: Votes, evidence: Evidence, random_state: int = 0) -> float:
    """Share of rooms with two planted camps in which the same test finds them.

    The camps are 60 percentage points apart on a third of the statements, half of the people each.
    """
    if votes.n_participants < 2 or votes.n_statements < 2:
        return 0.0
    random = np.random.default_rng(random_state)
    planted = _strongest(votes, [_planted(votes, random) for _ in range(PLANTED_ROOMS)])
    return float(np.mean((planted - evidence.by_chance) / evidence.spread > SURE_ABOVE))


def _strongest(votes: Votes, rooms: Sequence[Values]) -> Floats:
    """For each room, values of the same votes: the share of all squares on the strongest axis.

    Every statement weighs the same.
    """
    at_once = max(1, AT_ONCE // max(votes.n_votes, 1))
    return np.concatenate(
        [
            _strongest_at_once(votes, np.stack(rooms[first : first + at_once]))
            for first in range(0, len(rooms), at_once)
        ]
    )


def _strongest_at_once(votes: Votes, values: Values) -> Floats:
    n_rooms, n_statements = len(values), votes.n_statements
    agrees = values > 0
    columns = votes.columns + n_statements * np.arange(n_rooms, dtype=np.int32)[:, None]
    agree = np.bincount(columns[agrees], minlength=n_rooms * n_statements).astype(float)
    answered = np.tile(np.bincount(votes.columns, minlength=n_statements), n_rooms)
    added = deviations(StanceCounts(agree=agree, disagree=answered - agree), scaled=True)
    entries = added.take(2 * columns + agrees)
    squares = np.einsum("ij,ij->i", entries, entries)
    return np.where(squares > 0, _largest(votes, entries) / np.where(squares > 0, squares, 1), 0)


def _largest(votes: Votes, entries: Floats) -> Floats:
    """Largest eigenvalue of CᵀC of each room, for C with these entries where people answered."""
    n_rooms, n_people, n_statements = len(entries), votes.n_participants, votes.n_statements
    side = min(n_people, n_statements)
    if side <= SMALL_SIDE and n_people * n_statements <= SMALL_CELLS:
        dense = np.zeros((n_rooms, n_people, n_statements), dtype=np.float32)
        dense[:, votes.rows, votes.columns] = entries
        turned = dense.transpose(0, 2, 1)
        squares = turned @ dense if n_statements < n_people else dense @ turned
        if side <= ALL_UP_TO:
            return np.asarray(np.linalg.eigvalsh(squares.astype(float))[:, -1])
        size = side

        def product(vectors: Floats) -> Floats:
            return np.asarray(squares @ vectors.astype(np.float32)[:, :, None], float)[:, :, 0]

    else:
        size = n_statements
        offset = np.arange(n_rooms)[:, None]
        matrix: Matrix = sparse.csr_array(
            (
                entries.ravel(),
                (votes.columns + np.int32(n_statements) * offset.astype(np.int32)).ravel(),
                np.append((votes.starts[:-1] + votes.n_votes * offset).ravel(), entries.size),
            ),
            shape=(n_rooms * n_people, n_rooms * n_statements),
        )
        transpose = matrix.T

        def product(vectors: Floats) -> Floats:
            return np.asarray(transpose @ (matrix @ vectors.ravel())).reshape(vectors.shape)

    values, _ = leading_axes_of_each(product, n_rooms, size, 1, tolerance=1e-2)
    return values[:, 0]


def _shuffled(
    values: npt.NDArray[np.int8],
    order: npt.NDArray[np.integer[Any]],
    column: npt.NDArray[np.int32],
    random: np.random.Generator,
) -> npt.NDArray[np.int8]:
    """The values dealt out anew among the people who answered the same statement."""
    # One sort of whole numbers: the column on top, then chance, then the answer in the last bit.
    chance = random.integers(0, 2**31, len(column), dtype=np.int64)
    keys = (column.astype(np.int64) << 32) | (chance << 1) | (values.take(order) > 0)
    keys.sort()
    result = np.empty_like(values)
    result[order] = 2 * (keys & 1) - 1
    return result


def _planted(votes: Votes, random: np.random.Generator) -> npt.NDArray[np.int8]:
    """Answers of two camps, in the same pattern of who answered what."""
    tallies = votes.tallies()
    rate = np.tile((tallies.agree + 1) / (tallies.seen + 2), (2, 1))
    split = random.random(votes.n_statements) < CAMP_STATEMENTS
    side = random.integers(0, 2, votes.n_statements)
    high, low = 0.5 + CAMP_DIFFERENCE / 2, 0.5 - CAMP_DIFFERENCE / 2
    rate[0, split] = np.where(side[split] == 0, high, low)
    rate[1, split] = np.where(side[split] == 0, low, high)
    camp = random.permutation(votes.n_participants) % 2
    agrees = random.random(votes.n_votes) < rate[camp[votes.rows], votes.columns]
    return np.where(agrees, 1, -1).astype(np.int8)
