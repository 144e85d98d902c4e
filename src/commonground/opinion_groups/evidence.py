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

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.leading_axes import leading_axes
from commonground.opinion_groups.stances import Matrix, StanceCounts, deviations
from commonground.votes import Votes

FIRST_SHUFFLES, SHUFFLES = 6, 20
PLANTED_ROOMS = 12
SURE_ABOVE = 3.5
"""Standard deviations above the shuffled rooms: about 1 in 500 rooms with nothing to find."""
OBVIOUS_ABOVE = 3 * SURE_ABOVE
"""Above this the first shuffled rooms are enough: about 1 in 10,000 rooms with nothing to find."""
SMALL_SIDE, SMALL_CELLS = 64, 60_000
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
    order = np.argsort(votes.columns, kind="stable")
    column = votes.columns[order]
    strongest = _strongest(votes, votes.values)
    shuffled: list[float] = []
    for enough in (FIRST_SHUFFLES, SHUFFLES):
        while len(shuffled) < enough:
            shuffled.append(_strongest(votes, _shuffled(votes.values, order, column, random)))
        evidence = Evidence(
            strongest=strongest,
            by_chance=float(np.mean(shuffled)),
            spread=max(float(np.std(shuffled, ddof=1)), 1e-12),
            shuffles=enough,
        )
        if evidence.distance > OBVIOUS_ABOVE:
            break
    return evidence


def power_to_tell(votes: Votes, evidence: Evidence, random_state: int = 0) -> float:
    """Share of rooms with two planted camps in which the same test finds them.

    The camps are 60 percentage points apart on a third of the statements, half of the people each.
    """
    if votes.n_participants < 2 or votes.n_statements < 2:
        return 0.0
    random = np.random.default_rng(random_state)
    planted = [_strongest(votes, _planted(votes, random)) for _ in range(PLANTED_ROOMS)]
    return float(np.mean((np.array(planted) - evidence.by_chance) / evidence.spread > SURE_ABOVE))


def _strongest(votes: Votes, values: npt.NDArray[np.int8]) -> float:
    """Share of all squares on the strongest axis, every statement weighing the same."""
    agree = np.bincount(votes.columns, weights=values > 0, minlength=votes.n_statements)
    answered = np.bincount(votes.columns, minlength=votes.n_statements)
    added = deviations(
        StanceCounts(agree=agree.astype(float), disagree=(answered - agree).astype(float)),
        scaled=True,
    )
    entries = added[2 * votes.columns + (values > 0)]
    squares = float(entries @ entries)
    return _largest(votes, entries) / squares if squares > 0 else 0.0


def _largest(votes: Votes, entries: npt.NDArray[np.float64]) -> float:
    """Largest eigenvalue of CᵀC, for C with these entries where people answered."""
    n_people, n_statements = votes.n_participants, votes.n_statements
    matrix: Matrix = sparse.csr_array(
        (entries, votes.columns, votes.starts.astype(np.int32)), shape=(n_people, n_statements)
    )
    if n_people * n_statements <= SMALL_CELLS:
        matrix = matrix.toarray()
        if min(n_people, n_statements) <= SMALL_SIDE:
            products = matrix.T @ matrix if n_statements < n_people else matrix @ matrix.T
            return float(np.linalg.eigvalsh(products)[-1])
    transpose = matrix.T
    values, _ = leading_axes(
        lambda vector: np.asarray(transpose @ (matrix @ vector)), n_statements, 1, tolerance=1e-2
    )
    return float(values[0])


def _shuffled(
    values: npt.NDArray[np.int8],
    order: npt.NDArray[np.int64],
    column: npt.NDArray[np.int32],
    random: np.random.Generator,
) -> npt.NDArray[np.int8]:
    """The values dealt out anew among the people who answered the same statement."""
    # One sort of whole numbers: the column on top, then chance, then the answer in the last bit.
    chance = random.integers(0, 2**31, len(column), dtype=np.int64)
    keys = (column.astype(np.int64) << 32) | (chance << 1) | (values[order] > 0)
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
