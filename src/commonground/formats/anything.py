"""Reading whatever somebody has: a Polis export, a CSV or a Parquet file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonground.errors import InputError
from commonground.formats.named_columns import Columns, csv_events, read_statements
from commonground.formats.parquet import read_parquet_events
from commonground.formats.polis_convention import declared_apart
from commonground.formats.polis_export import (
    Id,
    PolisStatement,
    VoteEvents,
    latest_votes,
    same_kind,
)
from commonground.formats.polis_matrix import is_matrix, read_matrix
from commonground.formats.polis_reading import read_polis
from commonground.formats.sources import Limits, read_text
from commonground.formats.tables import Table
from commonground.indexing import IdArray, sorted_ids
from commonground.votes import Votes

_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


@dataclass(frozen=True, eq=False, slots=True)
class Answers:
    """Who answered what, and what was asked.

    `statements`: without texts where the file has none. `participants`: everybody named.
    `polis_groups`: Polis' own opinion groups, where it gives them. `summary`: what a Polis export
    says of the whole conversation.
    """

    statements: tuple[PolisStatement, ...]
    events: VoteEvents
    participants: IdArray
    polis_groups: Mapping[Id, int] = field(default_factory=dict)
    summary: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def votes(self) -> Votes:
        """The latest answers; see `PolisExport.votes`."""
        return latest_votes(self.statements, self.events, self.participants)

    def texts(self) -> dict[Id, str]:
        """The text of each statement that has one, by its id."""
        return {one.id: one.text for one in self.statements if one.text}

    def with_every_statement(self) -> tuple[PolisStatement, ...]:
        """The statements, and after them those that have answers but are not listed."""
        listed: set[Any] = {one.id for one in self.statements}
        more = sorted_ids(set(self.events.statements.tolist()) - listed).tolist()
        return (*self.statements, *(PolisStatement(name, "") for name in more))


def read_answers(
    path: str | Path,
    *,
    columns: Columns | None = None,
    statements: str | Path | None = None,
    limits: Limits | None = None,
) -> Answers:
    """Read answers by the kind of file: a folder or .zip (Polis), .csv (or .tsv), .parquet.

    A CSV has a row for each answer (see `read_csv_events`), or is the matrix of participants of a
    Polis export. `columns`: what the columns of a CSV or Parquet file are called. `statements`: a
    CSV with the texts and what moderators made of them (see `read_statements`), for files that have
    none. Statements that are in no list take part as all others do.
    """
    ending = Path(path).suffix.lower()
    if Path(path).is_dir() or ending == ".zip":
        return _of_polis(path, statements, limits)
    if ending in (".csv", ".tsv"):
        text, start = declared_apart(read_text(path, limits), path)
        table = Table(text, path, start=start, separator=None)
        if columns in (None, Columns()) and is_matrix(table):
            matrix = read_matrix(text, path)
            return _listed(
                matrix.events,
                statements,
                limits,
                sorted_ids(matrix.participants.tolist()),
                matrix.groups,
            )
        events = csv_events(table, columns or Columns())
    elif ending in (".parquet", ".pq"):
        events = read_parquet_events(path, columns)
    elif ending in _SPREADSHEETS:
        raise InputError(
            "this is a spreadsheet; save the sheet with the answers as “CSV UTF-8”", path=path
        )
    else:
        raise InputError(
            "expected a folder, or a file that ends in .zip, .csv, .tsv or .parquet", path=path
        )
    return _listed(events, statements, limits, sorted_ids(set(events.participants.tolist())))


def _of_polis(path: str | Path, statements: str | Path | None, limits: Limits | None) -> Answers:
    if statements is not None:
        raise InputError(
            "a Polis export has its own statements; give no other list beside it", path=statements
        )
    export = read_polis(path, limits=limits)
    return Answers(
        export.statements,
        export.events,
        export.participants,
        export.groups,
        export.summary,
        export.warnings,
    )


def _listed(
    events: VoteEvents,
    statements: str | Path | None,
    limits: Limits | None,
    participants: IdArray,
    groups: Mapping[Id, int] | None = None,
) -> Answers:
    """The answers with the statements of a list, or else with those that were answered."""
    if statements is None:
        named: list[Any] = sorted_ids(set(events.statements.tolist())).tolist()
        listed = tuple(PolisStatement(name, "") for name in named)
        return Answers(listed, events, participants, groups or {})
    events, listed = same_kind(events, read_statements(statements, limits=limits))
    return Answers(
        listed, events, participants, groups or {}, warnings=_unlisted(events, listed, statements)
    )


def _unlisted(
    events: VoteEvents, listed: tuple[PolisStatement, ...], path: object
) -> tuple[str, ...]:
    """A warning where some answers are to statements that are not in the list.

    Raises `InputError` where all are: then it is the list of something else.
    """
    known = {statement.id for statement in listed}
    answered = set(events.statements.tolist())
    unknown = sorted_ids(answered - known).tolist()
    if not unknown:
        return ()
    if len(unknown) == len(answered):
        raise InputError(
            "no statement in this list has an answer; the answers are to "
            + ", ".join(map(str, unknown[:3])),
            path=path,
        )
    return (
        f"{len(unknown)} statements have answers but are not in {path}, the first is "
        f"{unknown[0]}. They are kept, without a text.",
    )
