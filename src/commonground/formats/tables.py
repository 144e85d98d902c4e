"""CSV with named columns, and errors that say which line and which column."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from commonground.errors import InputError, MissingColumnError
from commonground.formats.sources import lines_of
from commonground.formats.times import moment
from commonground.indexing import IdArray, as_ids

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

LONGEST_NUMBER = 18
"""Digits of an id up to which it is read as a whole number."""

_SEPARATORS = (",", ";", "\t")
_NEVER_CLOSED = "unexpected end of data"
"""What Python's reader says of a quote that is still open where the file ends."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its values, and the line on which it starts (1 is the first)."""

    line: int
    values: list[str]


class Table:
    """A CSV table: its header, and its rows read one by one.

    `start`: how many lines the header comes after. Raises `InputError` for an empty file, a column
    that is named twice, or a row with too few or too many values; `rest_in_last` takes values too
    many for commas in the last column, and `joined` says how often. `separator` stands between
    values; None takes the semicolon or tab of a first line that has no comma.
    """

    def __init__(
        self,
        text: str,
        path: object,
        *,
        start: int = 0,
        rest_in_last: bool = False,
        separator: str | None = ",",
    ) -> None:
        self.path = path
        self.text = text
        self.separator = separator_of(text) if separator is None else separator
        self.joined = 0
        self._start = start
        self._rest_in_last = rest_in_last
        self._rows = self._records(text)
        header = next(self._rows, None)
        if header is None:
            raise InputError("the file is empty; expected a line with the columns", path=path)
        self.header = [name.strip() for name in header.values]
        self.header_line = header.line
        for place, name in enumerate(self.header):
            if name and name in self.header[:place]:
                raise InputError(f"the column {name!r} is there twice", path=path, line=header.line)

    def place(self, *names: str) -> int:
        """Where the column is that has one of these names. Raises `InputError` where none is."""
        found = self.find(*names)
        if found is None:
            wanted = " or ".join(repr(name) for name in names)
            there = ", ".join(self.header[:12]) + (", …" if len(self.header) > 12 else "")
            raise MissingColumnError(
                f"expected a column {wanted}; found: {there}",
                path=self.path,
                line=self.header_line,
            )
        return found

    def find(self, *names: str) -> int | None:
        """Where the column is that has one of these names, or None; see `find_column`."""
        return find_column(self.header, names)

    def __iter__(self) -> Iterator[Row]:
        width = len(self.header)
        for row in self._rows:
            if len(row.values) == width:
                yield row
                continue
            if len(row.values) > width and self._rest_in_last:
                self.joined += 1
                yield Row(row.line, [*row.values[: width - 1], ",".join(row.values[width - 1 :])])
                continue
            raise InputError(
                f"{len(row.values)} values where the first line names {width} columns; "
                "a text with commas, quotes or line breaks must stand in double quotes",
                path=self.path,
                line=row.line,
            )

    def _records(self, text: str) -> Iterator[Row]:
        if "\0" in text:
            line = self._start + text.count("\n", 0, text.index("\0")) + 1
            raise InputError(
                "this is not text: it has a character of value 0", path=self.path, line=line
            )
        reader = csv.reader(lines_of(text), strict=True, delimiter=self.separator)
        before = 0
        while True:
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise InputError(
                    "a double quote is opened in this row and never closed"
                    if str(error) == _NEVER_CLOSED
                    else f"this line cannot be read as CSV: {error}",
                    path=self.path,
                    line=self._start + before + 1,
                ) from error
            line, before = self._start + before + 1, reader.line_num
            if values:
                yield Row(line, values)

    def whole_number(self, row: Row, place: int) -> int:
        """A value as a whole number. Raises `InputError` naming the line and column."""
        try:
            return int(row.values[place])
        except ValueError:
            raise self.wrong(row, place, "a whole number") from None

    def optional_number(self, row: Row, place: int | None) -> int | None:
        """A value as a whole number, None where it is blank or there is no such column."""
        if place is None or not row.values[place].strip():
            return None
        return self.whole_number(row, place)

    def optional_moment(self, row: Row, place: int | None) -> int | None:
        """A value as a time (see `moment`), None where it is blank or there is no such column."""
        if place is None or not row.values[place].strip():
            return None
        when = moment(row.values[place])
        if when is None:
            raise self.wrong(row, place, "a time: a whole number, or such as 2026-05-01T10:00:00Z")
        return when

    def wrong(self, row: Row, place: int, expected: str) -> InputError:
        """The error for a value that is not what was expected."""
        return InputError(
            f"{row.values[place]!r} is not {expected}",
            path=self.path,
            line=row.line,
            column=self.header[place],
        )


def find_column(header: Sequence[str], names: Iterable[str]) -> int | None:
    """Where the first of these names is in a header, or None.

    A column that is called exactly so comes before one with other capitals or with spaces,
    hyphens and underscores in each other's place ("Participant ID" for "participant_id").
    """
    wanted = list(names)
    exact = next((header.index(name) for name in wanted if name in header), None)
    if exact is not None:
        return exact
    loosely = [_loosely(name) for name in header]
    return next(
        (loosely.index(_loosely(name)) for name in wanted if _loosely(name) in loosely), None
    )


def separator_of(text: str) -> str:
    """What stands between the names in the first line: a comma; else a semicolon, else a tab."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return next((one for one in _SEPARATORS if one in first), ",")


def _loosely(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().lower())


def ids(values: Iterable[str]) -> IdArray:
    """Ids as whole numbers when all of them are, otherwise as texts."""
    texts = list(values)
    if all(_is_number(text) for text in texts):
        return np.array([int(text) for text in texts], dtype=np.int64)
    return as_ids(texts)


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdigit()
        and len(text) <= LONGEST_NUMBER
        and (text[0] != "0" or text == "0")
    )
