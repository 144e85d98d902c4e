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
from scipy import sparse

from commonground.indexing import read_only
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
    stances = votes.keep((votes.values != 0) & ~votes.left_out.take(votes.columns))
    columns, rows = stances.columns, stances.rows
    tallies = stances.tallies()
    by_statement = _mix(_mix(tallies.agree.astype(np.uint64)) + tallies.disagree.astype(np.uint64))
    agrees, n_people, n_statements = stances.values > 0, stances.n_participants, len(by_statement)
    of_statement, of_person = 2 * columns + agrees, 2 * rows + agrees
    for _ in range(2):
        said = _of_each_answer(by_statement)
        by_person = _mix(_summed(said, of_statement, rows, n_people))
        heard = _of_each_answer(by_person)
        by_statement = _mix(by_statement + _summed(heard, of_person, columns, n_statements))
    with_stance = np.flatnonzero(stances.answers_given > 0)
    # Among many people with few answers some have equal sums though they said different things.
    further = _summed(said << np.uint64(26), of_statement, rows, n_people)
    people = with_stance[np.lexsort((further[with_stance], by_person[with_stance]))]
    seen = np.flatnonzero(tallies.seen > 0)
    statements = seen[np.argsort(by_statement[seen], kind="stable")]
    place_of = np.full(votes.n_statements, -1, dtype=np.int32)
    place_of[statements] = np.arange(len(statements), dtype=np.int32)
    return CanonicalVotes(
        votes=_with_columns(stances.take(people), place_of, len(statements)),
        people=people,
        statements=statements,
    )


def _with_columns(votes: Votes, place_of: npt.NDArray[np.int32], n_statements: int) -> Votes:
    """The votes with their columns at other places, in order; people are numbered anew."""
    shape, starts = (votes.n_participants, n_statements), votes.starts
    moved = sparse.csr_array((votes.values, place_of.take(votes.columns), starts), shape=shape)
    moved = moved.tocsc().tocsr()  # twice the other way round is sorted, in linear time
    return Votes(
        participants=read_only(np.arange(votes.n_participants)),
        statements=read_only(np.arange(n_statements)),
        starts=votes.starts,
        columns=read_only(moved.indices.astype(np.int32, copy=False)),
        values=read_only(moved.data),
        moderated_out=read_only(np.zeros(n_statements, dtype=bool)),
        meta=read_only(np.zeros(n_statements, dtype=bool)),
    )


def _of_each_answer(hashes: Hashes) -> Hashes:
    """Two hashes for each one, at 2 i for a disagree and at 2 i + 1 for an agree."""
    return _mix(hashes[:, None] + np.array([2, 1], dtype=np.uint64)).ravel()


def _mix(values: Hashes) -> Hashes:
    """Scatter 64 bits (the finaliser of splitmix64, Steele et al. 2014); overflow is meant."""
    with np.errstate(over="ignore"):
        mixed = values + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _summed(
    hashes: Hashes, answers: npt.NDArray[np.int32], keys: npt.NDArray[np.int32], n_keys: int
) -> Hashes:
    """Sums by key of the top 26 bits of each answer's hash: exact for up to 2^27 of them.

    `answers`: which of the hashes each answer has.
    """
    top = (hashes >> np.uint64(38)).astype(np.float64)
    return np.bincount(keys, weights=top.take(answers), minlength=n_keys).astype(np.uint64)
