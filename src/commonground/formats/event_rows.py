"""Answers from a table with one row for each: who, to which statement, what, and when if known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.formats.polis_export import VoteEvents
from commonground.formats.sources import lines_of
from commonground.formats.tables import LONGEST_NUMBER, Row, Table, ids
from commonground.formats.times import SECONDS_FROM, in_milliseconds
from commonground.indexing import IdArray
from commonground.votes import ANSWER_WORDS

NUMBERS = {"1": 1, "+1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
"""Answers as numbers; with a point, as data frames write them where a cell is empty."""
NUMBERS_AND_WORDS = NUMBERS | {word: int(answer) for word, answer in ANSWER_WORDS.items()}

_LEADING_ZERO = re.compile(r'(?:^|[,;\t"])[+-]?0[0-9]', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns are; `when` is None where there is no such column."""

    who: int
    what: int
    said: int
    when: int | None


@dataclass(frozen=True, slots=True)
class _Rows:
    who: IdArray
    what: IdArray
    said: NDArray[np.int8]
    when: NDArray[np.int64] | None


def events_from(
    table: Table,
    places: Places,
    *,
    answers: Mapping[str, int],
    expected: str,
    seconds_from: int = SECONDS_FROM,
) -> VoteEvents:
    """The answers in the table, sorted by time where times are given (then by row).

    `answers`: what may stand for an answer, in small letters; `expected` says so in words.
    `seconds_from`: see `in_milliseconds`. Raises `InputError` with the line and column for any
    other answer, for a row without an id, and for one without a time where others have one.
    """
    rows = _quickly(table, places) or _row_by_row(table, places, answers, expected)
    times = None if rows.when is None else in_milliseconds(rows.when, seconds_from)
    return VoteEvents.of(rows.who, rows.what, rows.said, times)


def _quickly(table: Table, places: Places) -> _Rows | None:
    """With numpy's reader, where every value is a whole number; None where any is not.

    What it would read otherwise than `ids` does (07, -7, very long numbers) is left to the rows.
    """
    wanted = [p for p in (places.who, places.what, places.said, places.when) if p is not None]
    if table.text.count("\n") < 2 or _LEADING_ZERO.search(table.text):
        return None
    try:
        numbers = np.loadtxt(
            lines_of(table.text),
            dtype=np.int64,
            delimiter=table.separator,
            skiprows=1,
            usecols=wanted,
            quotechar='"',
            comments=None,
            ndmin=2,
        )
    except (ValueError, OverflowError):
        return None
    named, said = numbers[:, :2], numbers[:, 2]
    if not len(numbers) or not np.isin(said, (-1, 0, 1)).all():
        return None
    if named.min() < 0 or named.max() >= 10**LONGEST_NUMBER:
        return None
    return _Rows(
        np.ascontiguousarray(named[:, 0]),
        np.ascontiguousarray(named[:, 1]),
        said.astype(np.int8),
        None if places.when is None else np.ascontiguousarray(numbers[:, 3]),
    )


def _row_by_row(table: Table, places: Places, answers: Mapping[str, int], expected: str) -> _Rows:
    """Slower, for ids and answers that are texts; says where something is wrong."""
    people, topics, said = [], [], []
    times: list[int] = []
    without: Row | None = None
    for row in table:
        answer = answers.get(row.values[places.said].strip().lower())
        if answer is None:
            raise table.wrong(row, places.said, expected)
        for place in (places.who, places.what):
            if not row.values[place].strip():
                raise table.wrong(row, place, "an id")
        people.append(row.values[places.who].strip())
        topics.append(row.values[places.what].strip())
        said.append(answer)
        time = table.optional_moment(row, places.when)
        if time is None:
            without = without or row
        else:
            times.append(time)
    if times and without is not None and places.when is not None:
        raise table.wrong(without, places.when, "a time, and other rows have one")
    return _Rows(
        ids(people),
        ids(topics),
        np.array(said, dtype=np.int8),
        np.array(times, dtype=np.int64) if places.when is not None and without is None else None,
    )
