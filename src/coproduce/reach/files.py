"""The two kinds of file that an installation loads: benchmarks, and the embedding map.

The first line names the columns. What is wrong is said by line and column, all of it at once.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from coproduce.exchange.statement_import.tables import MOST_BYTES, Row, Table, read_table
from coproduce.reach.models import Benchmark, Involved, MapEntry, Stage
from coproduce.refused import Refused

BENCHMARK_COLUMNS = ("kind", "key", "people", "source", "as_of")
MAP_COLUMNS = ("name", "kind", "stage", "group", "how", "source", "note")
MAP_MAY_LACK = frozenset({"source", "note"})

RowRead = TypeVar("RowRead")

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
MOST_PEOPLE = 2_000_000_000


@dataclass(frozen=True)
class Problem:
    """What is wrong, where a person finds it in their file, and what to do."""

    line: int
    column: str
    says: str

    def __str__(self) -> str:
        where = f"Line {self.line}, column {self.column}" if self.column else f"Line {self.line}"
        return f"{where}: {self.says}"


class FileProblems(Refused):
    """The file must be mended first. Nothing was loaded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = f"{len(problems)} things" if len(problems) > 1 else "One thing"
        super().__init__(
            f"{first} to mend first. Nothing was loaded.\n" + "\n".join(map(str, problems)),
            field="file",
        )


@dataclass(frozen=True)
class BenchmarkRow:
    kind: str
    key: str
    people: int
    source: str
    as_of: datetime.date


@dataclass(frozen=True)
class MapRow:
    name: str
    kind: str
    stage: str
    group_key: str
    group_label: str
    how: str
    source: str
    note: str


def parse_benchmarks(name: str, content: bytes) -> tuple[str, list[BenchmarkRow]]:
    """The digest of the file, and its rows. Raises FileProblems with everything that is wrong."""
    table, cells = _read(name, content, BENCHMARK_COLUMNS, frozenset())
    reader = _Reader(table, cells)
    rows: list[BenchmarkRow] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows[1:]:
        reader.at(row)
        kind = reader.choice("kind", Benchmark.Kind.values)
        key = reader.key("key")
        made = BenchmarkRow(
            kind,
            key,
            reader.people("people"),
            reader.text("source", 200),
            reader.date("as_of"),
        )
        if (kind, key) in seen and kind and key:
            reader.wrong(
                "key", f"{kind} {key} stands in line {seen[kind, key]} already. Keep one of them."
            )
        seen.setdefault((kind, key), row.line)
        rows.append(made)
    return table.digest, reader.all_right(rows)


def parse_map(name: str, content: bytes) -> list[MapRow]:
    """The rows of a map file. Raises FileProblems with everything that is wrong."""
    table, cells = _read(name, content, MAP_COLUMNS, MAP_MAY_LACK)
    reader = _Reader(table, cells)
    rows: list[MapRow] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows[1:]:
        reader.at(row)
        label = reader.text("group", 80)
        made = MapRow(
            name=reader.text("name", 200),
            kind=reader.choice("kind", MapEntry.Kind.values),
            stage=reader.choice("stage", Stage.values),
            group_key=as_key(label),
            group_label=label,
            how=reader.choice("how", Involved.values),
            source=reader.text("source", 200, needed=False),
            note=reader.text("note", 300, needed=False),
        )
        place = (made.name, made.kind, made.stage, made.group_key)
        if all(place) and place in seen:
            reader.wrong(
                "group", f"This stage and group stand in line {seen[place]} already. Keep one."
            )
        seen.setdefault(place, row.line)
        rows.append(made)
    return reader.all_right(rows)


def as_key(label: str) -> str:
    """The key of a partner group from how a file names it: "Parent carers" is parent_carers."""
    return re.sub(r"[^a-z0-9]+", "_", label.strip().lower()).strip("_")[:40]


def _read(
    name: str, content: bytes, columns: Sequence[str], may_lack: frozenset[str]
) -> tuple[Table, dict[str, int]]:
    if not content.strip():
        raise Refused(
            "The file is empty. Its first line names the columns: " + ",".join(columns) + ".",
            field="file",
        )
    if len(content) > MOST_BYTES:
        raise Refused("The file is larger than 10 megabytes.", field="file")
    table = read_table(name, content)
    heads = [cell.strip().lower() for cell in table.rows[0].cells]
    while heads and not heads[-1]:
        heads.pop()
    lacking = [column for column in columns if column not in heads and column not in may_lack]
    unknown = [head or "(empty)" for head in heads if head not in columns]
    twice = sorted({head for head in heads if heads.count(head) > 1 and head in columns})
    if lacking or unknown or twice:
        says = [f"The first line must name the columns {', '.join(columns)}."]
        if lacking:
            says.append(f"Missing: {', '.join(lacking)}.")
        if unknown:
            says.append(f"Not known: {', '.join(unknown)}.")
        if twice:
            says.append(f"Named twice: {', '.join(twice)}.")
        raise FileProblems([Problem(table.rows[0].line, "", " ".join(says))])
    if len(table.rows) < 2:
        raise FileProblems(
            [Problem(table.rows[0].line + 1, "", "There is nothing under the columns' names.")]
        )
    return table, {head: place for place, head in enumerate(heads)}


class _Reader:
    """Reads one row after the other, and collects what is wrong."""

    def __init__(self, table: Table, places: dict[str, int]) -> None:
        self.table = table
        self.places = places
        self.problems: list[Problem] = []
        self.row = table.rows[0]

    def at(self, row: Row) -> None:
        self.row = row
        beyond = [cell for cell in row.cells[max(self.places.values()) + 1 :] if cell.strip()]
        if beyond:
            self.wrong("", "There are more cells than columns. Put quotation marks round commas.")

    def wrong(self, column: str, says: str) -> None:
        self.problems.append(Problem(self.row.line, column, says))

    def all_right(self, rows: list[RowRead]) -> list[RowRead]:
        if self.problems:
            raise FileProblems(self.problems)
        return rows

    def text(self, column: str, longest: int, *, needed: bool = True) -> str:
        text = self.row.cell(self.places.get(column)).strip()
        if needed and not text:
            self.wrong(column, "This is empty.")
        elif len(text) > longest:
            self.wrong(column, f"This is longer than {longest} characters.")
        return text

    def key(self, column: str) -> str:
        text = self.text(column, 40)
        if text and not _KEY.fullmatch(text):
            self.wrong(
                column,
                f"“{text}” is not a key. A key has small letters, numbers, - and _, such as "
                "parent_carers or mid-devon.",
            )
        return text

    def choice(self, column: str, choices: Sequence[str]) -> str:
        text = self.text(column, 40)
        if text and text not in choices:
            self.wrong(column, f"“{text}” is not one of {', '.join(choices)}.")
        return text

    def people(self, column: str) -> int:
        text = self.text(column, 20)
        plain = text.replace(",", "").replace(" ", "")
        if text and not (plain.isascii() and plain.isdecimal() and 0 < int(plain) <= MOST_PEOPLE):
            self.wrong(column, f"“{text}” is not a number of people. Write it as 1250.")
            return 0
        return int(plain) if text else 0

    def date(self, column: str) -> datetime.date:
        text = self.text(column, 30)
        try:
            # A spreadsheet adds the time of day to a date.
            return datetime.date.fromisoformat(text.removesuffix(" 00:00:00"))
        except ValueError:
            if text:
                self.wrong(column, f"“{text}” is not a date. Write it as 2024-03-14.")
            return datetime.date.min
