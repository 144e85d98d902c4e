"""An order of people and statements that depends on the answers alone.

Two files with the same answers, whatever the order of their lines and whatever the ids, come out
as the same rows and columns. So every later step, down to the last rounding of a sum, is the same
too. People who said nothing, and statements that are left out, are not part of it.

The order is that of a hash. A statement starts with a hash of its counts; a person's hash is the
sum over what they answered; a statement's is then refined by the people who answered it. Sums
do not depend on their order. Where two hashes are equal the two are alike in this sense, and
which of them is first makes no difference that matters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.votes import Votes

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class CanonicalVotes:
    """The agrees and disagrees of everybody who gave at least one, in canonical order."""

    votes: Votes
    people: npt.NDArray[np.int64]
    """For each row: its position among the participants of the original."""
    statements: npt.NDArray[np.int64]
    """For each column: its position among the statements of the original."""


def canonical(votes: Votes) -> CanonicalVotes:
    """Drop not-sure answers and statements that are left out, and sort by content."""
    stances = votes.keep((votes.values != 0) & ~votes.left_out[votes.columns])
    columns, rows = stances.columns, stances.rows
    tallies = stances.tallies()
    by_statement = _mix(_mix(tallies.agree.astype(np.uint64)) + tallies.disagree.astype(np.uint64))
    answer = np.where(stances.values > 0, np.uint64(1), np.uint64(2))
    by_person = np.zeros(stances.n_participants, dtype=np.uint64)
    for _ in range(2):
        by_person = _mix(_summed(_mix(by_statement[columns] + answer), rows, len(by_person)))
        by_statement = _mix(
            by_statement + _summed(_mix(by_person[rows] + answer), columns, len(by_statement))
        )
    with_stance = np.flatnonzero(stances.answers_given > 0)
    people = with_stance[np.argsort(by_person[with_stance], kind="stable")]
    seen = np.flatnonzero(tallies.seen > 0)
    statements = seen[np.argsort(by_statement[seen], kind="stable")]
    place_of = np.full(votes.n_statements, -1, dtype=np.int64)
    place_of[statements] = np.arange(len(statements))
    taken = stances.take(people)
    ordered = Votes.from_positions(
        taken.rows,
        place_of[taken.columns],
        taken.values,
        participants=np.arange(len(people)),
        statements=np.arange(len(statements)),
    )
    return CanonicalVotes(votes=ordered, people=people, statements=statements)


def _mix(values: Hashes) -> Hashes:
    """Scatter 64 bits (the finaliser of splitmix64, Steele et al. 2014); overflow is meant."""
    with np.errstate(over="ignore"):
        mixed = values + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _summed(hashes: Hashes, keys: npt.NDArray[np.int32], n_keys: int) -> Hashes:
    """Sums by key of the top 26 bits: exact in floating point for up to 2^27 of them."""
    top = (hashes >> np.uint64(38)).astype(np.float64)
    return np.bincount(keys, weights=top, minlength=n_keys).astype(np.uint64)
