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

from commonground.blocks import InProcess
from commonground.opinion_groups.stances import (
    StanceCounts,
    deviations,
    stance_block,
    strongest_axes,
)
from commonground.votes import Votes

SHUFFLES = 20
PLANTED_ROOMS = 12
SURE_ABOVE = 3.5
"""Standard deviations above the shuffled rooms: about 1 in 500 rooms with nothing to find."""
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

    @property
    def distance(self) -> float:
        """Standard deviations between the real room and the shuffled ones."""
        return (self.strongest - self.by_chance) / self.spread

    @property
    def differs(self) -> bool:
        """Whether there is something to find."""
        return self.distance > SURE_ABOVE


NO_EVIDENCE = Evidence(strongest=0.0, by_chance=0.0, spread=1.0)


def weigh_evidence(votes: Votes, random_state: int = 0) -> Evidence:
    """Weigh the evidence in agrees and disagrees (no not-sure answers, canonical order)."""
    random = np.random.default_rng(random_state)
    if votes.n_participants < 2 or votes.n_statements < 2:
        return NO_EVIDENCE
    order = np.argsort(votes.columns, kind="stable")
    column = votes.columns[order]
    shuffled = np.array(
        [_strongest(votes, _shuffled(votes.values, order, column, random)) for _ in range(SHUFFLES)]
    )
    return Evidence(
        strongest=_strongest(votes, votes.values),
        by_chance=float(shuffled.mean()),
        spread=max(float(shuffled.std(ddof=1)), 1e-12),
    )


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
    columns = 2 * votes.columns + (values > 0)
    if votes.n_participants * votes.n_statements <= 60_000:
        dense = np.zeros((votes.n_participants, votes.n_statements))
        dense[votes.rows, votes.columns] = added[columns]
        small = dense @ dense.T if dense.shape[0] < dense.shape[1] else dense.T @ dense
        strongest = float(np.linalg.eigvalsh(small)[-1])
    else:
        block = stance_block(_with_values(votes, values))
        strongest = float(strongest_axes(InProcess.of([block]), added, 1, tolerance=1e-2)[1][0])
    squares = float((added[columns] ** 2).sum())
    return strongest / squares if squares > 0 else 0.0


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


def _with_values(votes: Votes, values: npt.NDArray[np.int8]) -> Votes:
    return Votes(
        participants=votes.participants,
        statements=votes.statements,
        starts=votes.starts,
        columns=votes.columns,
        values=values,
        moderated_out=votes.moderated_out,
        meta=votes.meta,
    )
