"""What people agree on across groups, in Polis' two ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from commonground.group_counts import GroupCounts
from commonground.polis.statistics import Z_90, share, share_test
from commonground.votes import Tallies

AT_MOST = 5


@dataclass(frozen=True)
class ConsensusStatement:
    """A statement that most people answered the same way."""

    statement: Any
    """Id of the statement."""
    successes: int
    """People who gave that answer."""
    trials: int
    """People who answered."""
    share: float
    share_test: float


@dataclass(frozen=True)
class Consensus:
    """At most five statements of each kind, the strongest first."""

    agree: tuple[ConsensusStatement, ...]
    disagree: tuple[ConsensusStatement, ...]


def consensus(
    tallies: Tallies, statements: npt.NDArray[Any], left_out: npt.NDArray[np.bool_]
) -> Consensus:
    """Statements on which more than half of all participants gave one answer, significantly.

    All participants count, grouped or not. Statements that are left out are never named.
    """
    return Consensus(
        agree=_strongest(tallies.agree, tallies.seen, statements, left_out),
        disagree=_strongest(tallies.disagree, tallies.seen, statements, left_out),
    )


def group_aware_consensus(counts: GroupCounts) -> npt.NDArray[np.float64]:
    """For each statement: the product over groups of (agrees + 1) / (answers + 2)."""
    return np.asarray(np.prod(share(counts.agree, counts.seen), axis=0))


def _strongest(
    successes: npt.NDArray[np.int64],
    trials: npt.NDArray[np.int64],
    statements: npt.NDArray[Any],
    left_out: npt.NDArray[np.bool_],
) -> tuple[ConsensusStatement, ...]:
    shares, tests = share(successes, trials), share_test(successes, trials)
    places = np.flatnonzero((shares > 0.5) & (tests > Z_90) & ~left_out)
    ranked = places[np.argsort(-(shares * tests)[places], kind="stable")][:AT_MOST]
    ids = statements[ranked].tolist()
    return tuple(
        ConsensusStatement(
            statement=statement,
            successes=int(successes[place]),
            trials=int(trials[place]),
            share=float(shares[place]),
            share_test=float(tests[place]),
        )
        for statement, place in zip(ids, ranked.tolist(), strict=True)
    )
