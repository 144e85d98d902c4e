"""Reading whatever somebody has: a Polis export, a CSV or a Parquet file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonground.errors import InputError
from commonground.formats.named_columns import Columns, only_known, read_csv_events, read_statements
from commonground.formats.parquet import read_parquet_events
from commonground.formats.polis_export import Id, PolisStatement, VoteEvents, latest_votes
from commonground.formats.polis_reading import read_polis
from commonground.formats.sources import Limits
from commonground.indexing import IdArray, sorted_ids
from commonground.votes import Votes


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
    """Read answers by the kind of file: a folder or .zip (Polis), .csv, .parquet.

    `columns`: what the columns of a CSV or Parquet file are called. `statements`: a CSV with the
    texts, for files that have none.
    """
    ending = Path(path).suffix.lower()
    if Path(path).is_dir() or ending == ".zip":
        export = read_polis(path, limits=limits)
        return Answers(
            export.statements,
            export.events,
            export.participants,
            export.groups,
            export.summary,
            export.warnings,
        )
    if ending == ".csv":
        events = read_csv_events(path, columns, limits=limits)
    elif ending in (".parquet", ".pq"):
        events = read_parquet_events(path, columns)
    else:
        raise InputError(
            "expected a folder, or a file that ends in .zip, .csv or .parquet", path=path
        )
    if statements is None:
        named: list[Any] = sorted_ids(set(events.statements.tolist())).tolist()
        listed = tuple(PolisStatement(name, "") for name in named)
    else:
        listed = read_statements(statements, limits=limits)
        only_known(events, listed, statements)
    return Answers(listed, events, sorted_ids(set(events.participants.tolist())))
