"""Votes: who answered what, kept sparse.

A vote is agree (+1), disagree (-1) or not sure (0). Not having seen a statement is none of these:
it is simply not stored. The votes lie in compressed sparse rows: those of participant `i` are at
positions `starts[i]` to `starts[i + 1]` of `columns` and `values`, in the order of statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.errors import InputError
from commonground.indexing import (
    IdArray,
    as_ids,
    check_lengths,
    factorise,
    locate,
    positions,
    read_only,
)

Ids = Iterable[Any]


class Answer(IntEnum):
    """What somebody answered. Not seen is not an answer."""

    DISAGREE = -1
    NOT_SURE = 0
    AGREE = 1


ANSWER_WORDS = {
    "agree": Answer.AGREE,
    "disagree": Answer.DISAGREE,
    "not sure": Answer.NOT_SURE,
    "unsure": Answer.NOT_SURE,
    "pass": Answer.NOT_SURE,
}


@dataclass(frozen=True)
class Tallies:
    """Answers counted by statement; each array has one number a statement."""

    agree: npt.NDArray[np.int64]
    disagree: npt.NDArray[np.int64]
    not_sure: npt.NDArray[np.int64]

    @property
    def seen(self) -> npt.NDArray[np.int64]:
        """People who answered the statement in any way."""
        return self.agree + self.disagree + self.not_sure


@dataclass(frozen=True, eq=False)
class Votes:
    """Participants × statements, immutable.

    Build one with `from_arrays`, `from_rows`, `from_positions` or `from_matrix`.
    """

    participants: IdArray
    """Id of each participant, in the order of the rows."""
    statements: IdArray
    """Id of each statement, in the order of the columns."""
    starts: npt.NDArray[np.int64]
    """n_participants + 1 numbers: where the votes of each participant start."""
    columns: npt.NDArray[np.int32]
    """Position of the statement, for each vote; rising within a participant."""
    values: npt.NDArray[np.int8]
    """+1 agree, 0 not sure, -1 disagree, for each vote."""
    moderated_out: npt.NDArray[np.bool_]
    """For each statement: whether moderators rejected it."""
    meta: npt.NDArray[np.bool_]
    """For each statement: whether it asks about the person ("I live here"), not for an opinion."""

    # Building

    @classmethod
    def from_arrays(
        cls,
        participants: Ids,
        statements: Ids,
        answers: Sequence[int] | npt.NDArray[Any],
        *,
        times: Sequence[Any] | npt.NDArray[Any] | None = None,
        all_participants: Ids | None = None,
        all_statements: Ids | None = None,
        moderated_out: Ids = (),
        meta: Ids = (),
    ) -> Votes:
        """Votes from three arrays of the same length: who, which statement, which answer.

        The last answer of a person to a statement counts: last by `times` where they are given
        (then by position), otherwise by position. Ids are of any type that can be hashed.

        `all_participants` and `all_statements` fix the order of rows and columns, and may name
        some that have no vote; without them the order is the sorted one. `moderated_out` and
        `meta` name statements; those nobody voted on are ignored unless `all_statements` has them.

        Raises `ValueError` for different lengths, an answer that is not -1, 0 or 1, or a vote by
        somebody (or on something) that a given list does not name.
        """
        people, topics = as_ids(participants), as_ids(statements)
        values = np.asarray(answers)
        check_lengths(participants=people, statements=topics, answers=values)
        if times is not None:
            check_lengths(participants=people, times=times)
            _check_values(values)  # before they are sorted, so that an error names the right one
            order = np.argsort(np.asarray(times), kind="stable")
            people, topics, values = people[order], topics[order], values[order]
        if all_participants is None:
            row_ids, rows = factorise(people)
        else:
            row_ids = as_ids(all_participants)
            rows = locate(people, row_ids, "participants")
        if all_statements is None:
            column_ids, columns = factorise(topics)
        else:
            column_ids = as_ids(all_statements)
            columns = locate(topics, column_ids, "statements")
        return cls.from_positions(
            rows,
            columns,
            values,
            participants=row_ids,
            statements=column_ids,
            moderated_out=_mask(column_ids, moderated_out),
            meta=_mask(column_ids, meta),
        )

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Sequence[Any]],
        *,
        all_participants: Ids | None = None,
        all_statements: Ids | None = None,
        moderated_out: Ids = (),
        meta: Ids = (),
    ) -> Votes:
        """Votes from rows of (participant, statement, answer), the latest last.

        An answer is -1, 0 or 1, or one of the words agree, disagree, not sure, pass. Raises
        `InputError` with the number of the row (from 1) for anything else.
        """
        people: list[Any] = []
        topics: list[Any] = []
        values: list[int] = []
        for number, row in enumerate(rows, start=1):
            try:
                participant, statement, answer = row
            except (TypeError, ValueError):
                raise InputError(
                    "a row needs three things: participant, statement, answer", line=number
                ) from None
            people.append(participant)
            topics.append(statement)
            values.append(_answer(answer, number))
        return cls.from_arrays(
            people,
            topics,
            np.array(values, dtype=np.int8),
            all_participants=all_participants,
            all_statements=all_statements,
            moderated_out=moderated_out,
            meta=meta,
        )

    @classmethod
    def from_matrix(
        cls,
        matrix: npt.ArrayLike,
        *,
        participants: Ids | None = None,
        statements: Ids | None = None,
        moderated_out: Ids = (),
        meta: Ids = (),
    ) -> Votes:
        """Votes from a participants × statements matrix, NaN where somebody has not answered."""
        table = np.asarray(matrix, dtype=float)
        if table.ndim != 2:
            raise ValueError(f"the matrix must have two dimensions, not {table.ndim}")
        rows, columns = np.nonzero(~np.isnan(table))
        column_ids = as_ids(range(table.shape[1]) if statements is None else statements)
        return cls.from_positions(
            rows,
            columns,
            table[rows, columns],
            participants=range(table.shape[0]) if participants is None else participants,
            statements=column_ids,
            moderated_out=_mask(column_ids, moderated_out),
            meta=_mask(column_ids, meta),
        )

    @classmethod
    def from_positions(
        cls,
        rows: npt.NDArray[Any],
        columns: npt.NDArray[Any],
        values: npt.NDArray[Any],
        *,
        participants: Ids,
        statements: Ids,
        moderated_out: npt.NDArray[np.bool_] | None = None,
        meta: npt.NDArray[np.bool_] | None = None,
    ) -> Votes:
        """Votes from positions in the two lists of ids, the latest last; the fastest way.

        Sorted by counting, so linear in the number of votes. `moderated_out` and `meta` are
        masks over the statements. Raises `ValueError` for positions outside the lists.
        """
        check_lengths(rows=rows, columns=columns, values=values)
        row_ids, column_ids = as_ids(participants), as_ids(statements)
        n_rows, n_columns = len(row_ids), len(column_ids)
        for name, places, size in (("row", rows, n_rows), ("column", columns, n_columns)):
            if len(places) and not (places.min() >= 0 and places.max() < size):
                raise ValueError(f"a {name} position is outside 0 to {size - 1}")
        _check_values(values)
        # Rows are not kept; of the others a copy, so that the caller's arrays stay apart.
        rows, columns = rows.astype(np.int32, copy=False), columns.astype(np.int32)
        values = values.astype(np.int8)
        if _sorted_without_repeats(rows, columns):
            starts = np.zeros(n_rows + 1, dtype=np.int64)
            np.cumsum(np.bincount(rows, minlength=n_rows), out=starts[1:])
        else:
            starts, columns, values = _sorted_by_counting(rows, columns, values, n_rows, n_columns)
        nothing = np.zeros(n_columns, dtype=bool)
        rejected = nothing if moderated_out is None else np.asarray(moderated_out, dtype=bool)
        about_people = nothing if meta is None else np.asarray(meta, dtype=bool)
        check_lengths(statements=column_ids, moderated_out=rejected, meta=about_people)
        return cls(
            participants=read_only(row_ids),
            statements=read_only(column_ids),
            starts=read_only(starts),
            columns=read_only(columns),
            values=read_only(values),
            moderated_out=read_only(rejected),
            meta=read_only(about_people),
        )

    # Sizes and counts

    @property
    def n_participants(self) -> int:
        """Rows, people who said nothing included."""
        return len(self.participants)

    @property
    def n_statements(self) -> int:
        """Columns, moderated-out and meta statements included."""
        return len(self.statements)

    @property
    def n_votes(self) -> int:
        """Answers that stand: one for each person and statement at most."""
        return len(self.values)

    @property
    def left_out(self) -> npt.NDArray[np.bool_]:
        """For each statement: whether grouping ignores it (moderated out, or meta)."""
        return self.moderated_out | self.meta

    @property
    def rows(self) -> npt.NDArray[np.int32]:
        """Position of the participant, for each vote."""
        return np.repeat(np.arange(self.n_participants, dtype=np.int32), np.diff(self.starts))

    @property
    def answers_given(self) -> npt.NDArray[np.int64]:
        """For each participant: how many statements they answered."""
        return np.diff(self.starts)

    def tallies(self) -> Tallies:
        """Agree, disagree and not sure counted by statement."""
        return self._tallies

    @cached_property
    def _tallies(self) -> Tallies:
        size = self.n_statements
        cells = self.columns + size * (self.values + np.int32(1))
        table = np.bincount(cells, minlength=3 * size).reshape(3, size)
        disagree, not_sure, agree = (read_only(row) for row in table)
        return Tallies(agree=agree, disagree=disagree, not_sure=not_sure)

    def answers_of(self, participant: Any) -> dict[Any, Answer]:
        """What one person (by id) answered, by statement id. Raises `KeyError` for a stranger."""
        found = np.flatnonzero(self.participants == participant)
        if not len(found):
            raise KeyError(participant)
        own = slice(*self.starts[found[0] : found[0] + 2])
        answers = (Answer(value) for value in self.values[own].tolist())
        return dict(zip(self.statements[self.columns[own]].tolist(), answers, strict=True))

    # Parts

    def take(self, participants: npt.NDArray[Any]) -> Votes:
        """Some of the participants, by position (or by a mask), in the order given."""
        chosen = np.asarray(participants)
        if chosen.dtype == bool:
            chosen = np.flatnonzero(chosen)
        counts = self.answers_given[chosen]
        starts = np.zeros(len(chosen) + 1, dtype=np.int64)
        np.cumsum(counts, out=starts[1:])
        within = np.arange(starts[-1]) + np.repeat(self.starts[:-1][chosen] - starts[:-1], counts)
        return replace(
            self,
            participants=read_only(self.participants[chosen]),
            starts=read_only(starts),
            columns=read_only(self.columns.take(within)),
            values=read_only(self.values.take(within)),
        )

    def keep(self, votes: npt.NDArray[np.bool_]) -> Votes:
        """Only the votes of a mask (one truth value a vote); every participant stays a row."""
        kept = np.flatnonzero(votes)
        return replace(
            self,
            starts=read_only(kept.searchsorted(self.starts)),
            columns=read_only(self.columns.take(kept)),
            values=read_only(self.values.take(kept)),
        )

    def blocks(self, max_votes: int) -> Iterator[Votes]:
        """Consecutive participants, each block with about `max_votes` votes at most.

        Somebody with more votes than that makes a block of their own. Every block has all the
        statements, so sums over blocks are sums over everybody.
        """
        start = 0
        while start < self.n_participants:
            limit = self.starts[start] + max_votes
            stop = int(np.searchsorted(self.starts, limit, side="right")) - 1
            stop = min(max(stop, start + 1), self.n_participants)
            first, last = self.starts[start], self.starts[stop]
            yield replace(
                self,
                participants=self.participants[start:stop],
                starts=read_only(self.starts[start : stop + 1] - first),
                columns=self.columns[first:last],
                values=self.values[first:last],
            )
            start = stop

    def with_moderation(
        self, *, moderated_out: Ids | None = None, meta: Ids | None = None
    ) -> Votes:
        """The same votes with other statements (by id) moderated out, or marked as meta."""
        return replace(
            self,
            moderated_out=self.moderated_out
            if moderated_out is None
            else read_only(_mask(self.statements, moderated_out)),
            meta=self.meta if meta is None else read_only(_mask(self.statements, meta)),
        )


def _mask(ids: IdArray, named: Ids) -> npt.NDArray[np.bool_]:
    wanted = set(named)
    if not wanted:
        return np.zeros(len(ids), dtype=bool)
    return np.fromiter((value in wanted for value in ids.tolist()), dtype=bool, count=len(ids))


def _answer(given: Any, row: int) -> int:
    if isinstance(given, str):
        word = given.strip().lower()
        if word in ANSWER_WORDS:
            return int(ANSWER_WORDS[word])
    # Yes and no are not agree and disagree: False would read as "not sure".
    elif not isinstance(given, bool | np.bool_) and given in (-1, 0, 1):
        return int(given)
    raise InputError(
        f"{given!r} is not an answer: give -1, 0 or 1, or agree, disagree or not sure",
        line=row,
        column="answer",
    )


def _check_values(values: npt.NDArray[Any]) -> None:
    if values.dtype.kind == "i" and (not len(values) or -1 <= values.min() <= values.max() <= 1):
        return
    known = (values == 1) | (values == -1) | (values == 0)
    if values.dtype == bool:
        known = np.zeros_like(values)
    if not known.all():
        position = int(np.argmin(known))
        raise InputError(
            f"{values[position]} is not an answer: 1 is agree, -1 disagree, 0 not sure",
            line=position + 1,
            column="answer",
        )


def _sorted_by_counting(
    rows: npt.NDArray[np.int32],
    columns: npt.NDArray[np.int32],
    values: npt.NDArray[np.int8],
    n_rows: int,
    n_columns: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int8]]:
    """Starts, columns and values in compressed sparse rows; of several to one place the last.

    A matrix with one vote a row, read by column, is sorted by statement; those columns read by
    row are sorted by person as well. Both keep the order of what is equal.
    """
    by_column = sparse.csr_array(
        (values, columns, positions(len(rows) + 1)), shape=(len(rows), n_columns)
    ).tocsc()
    people = rows.take(by_column.indices)
    by_row = sparse.csc_array(
        (by_column.data, people, by_column.indptr), shape=(n_rows, n_columns)
    ).tocsr()
    starts, columns = by_row.indptr.astype(np.int64), by_row.indices.astype(np.int32, copy=False)
    values, repeated = by_row.data, np.zeros(len(rows), dtype=bool)
    np.equal(columns[1:], columns[:-1], out=repeated[:-1])
    repeated[starts[1:-1][starts[1:-1] > 0] - 1] = False  # the last of a person, and another's
    if repeated.any():
        last = np.flatnonzero(~repeated)
        starts, columns, values = last.searchsorted(starts), columns.take(last), values.take(last)
    return starts, columns, values


def _sorted_without_repeats(rows: npt.NDArray[np.int32], columns: npt.NDArray[np.int32]) -> bool:
    further = (rows[1:] == rows[:-1]) & (columns[1:] > columns[:-1])
    return bool(np.all((rows[1:] > rows[:-1]) | further))
