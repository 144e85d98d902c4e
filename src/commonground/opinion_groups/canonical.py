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
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.indexing import read_only
from commonground.votes import Votes

Hashes = npt.NDArray[np.uint64]
Matrix = Any  # a scipy.sparse.csr_array; scipy has no types


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
    said_something = votes.values != 0
    if votes.left_out.any():
        said_something &= ~votes.left_out.take(votes.columns)
    stances = votes.keep(said_something)
    shape = (votes.n_participants, 2 * votes.n_statements)
    columns, ones = 2 * stances.columns + (stances.values > 0), np.ones(stances.n_votes)
    by_row: Matrix = sparse.csr_array((ones, columns, stances.starts), shape=shape)
    by_column = by_row.T
    counts = (by_column @ np.ones(votes.n_participants)).astype(np.uint64)
    disagree, agree = counts[0::2], counts[1::2]
    by_statement = _mix(_mix(agree) + disagree)
    for _ in range(2):
        said = _of_each_answer(by_statement)
        by_person = _mix(_summed(by_row, said))
        heard = _of_each_answer(by_person)
        of_disagrees, of_agrees = (_summed(by_column, heard[side::2]) for side in (0, 1))
        by_statement = _mix(by_statement + of_disagrees[0::2] + of_agrees[1::2])
    with_stance = np.flatnonzero(stances.answers_given > 0)
    # Among many people with few answers some have equal sums though they said different things.
    further = _summed(by_row, said << np.uint64(26))
    people = with_stance[np.lexsort((further[with_stance], by_person[with_stance]))]
    seen = np.flatnonzero(counts[0::2] + counts[1::2] > 0)
    statements = seen[np.argsort(by_statement[seen], kind="stable")]
    return CanonicalVotes(
        votes=_in_order(stances, people, statements), people=people, statements=statements
    )


def _in_order(
    votes: Votes, people: npt.NDArray[np.int64], statements: npt.NDArray[np.int64]
) -> Votes:
    """The votes of some people on some statements, in a new order; both are numbered anew."""
    place_of = np.full(votes.n_statements, -1, dtype=np.int32)
    place_of[statements] = np.arange(len(statements), dtype=np.int32)
    shape = (votes.n_participants, len(statements))
    moved: Matrix = sparse.csr_array(
        (votes.values, place_of.take(votes.columns), votes.starts), shape=shape
    )
    moved = moved[people].tocsc().tocsr()  # twice the other way round is sorted, in linear time
    nothing = read_only(np.zeros(len(statements), dtype=bool))
    return Votes(
        participants=read_only(np.arange(len(people))),
        statements=read_only(np.arange(len(statements))),
        starts=read_only(moved.indptr.astype(np.int64)),
        columns=read_only(moved.indices.astype(np.int32, copy=False)),
        values=read_only(moved.data),
        moderated_out=nothing,
        meta=nothing,
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


def _summed(answers: Matrix, hashes: Hashes) -> Hashes:
    """For each row the sum over its answers of the top 26 bits of their hashes, one by column.

    Exact for up to 2^27 of them.
    """
    return np.asarray(answers @ (hashes >> np.uint64(38)).astype(np.float64)).astype(np.uint64)
