"""Reading Polis exports: current ("polis-export/1") and legacy, as a folder or a zip."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from commonground.errors import InputError
from commonground.formats.polis_checks import contradictions
from commonground.formats.polis_convention import FORMAT, KEY, check_declaration, check_sidecar
from commonground.formats.polis_export import (
    PolisExport,
    PolisStatement,
    VoteEvents,
    same_kind,
)
from commonground.formats.polis_matrix import Matrix, read_matrix
from commonground.formats.polis_votes import read_events
from commonground.formats.sources import Limits, Source, opened
from commonground.formats.statement_rows import statements_from
from commonground.formats.tables import Table
from commonground.indexing import IdArray, sorted_ids

_MATRICES = ("participant-votes.csv", "participants-votes.csv")


def read_polis(given: str | Path | BinaryIO, *, limits: Limits | None = None) -> PolisExport:
    """Read a Polis export from a folder, a zip, or a stream that holds a zip.

    Needs comments.csv and either votes.csv or the matrix of participants and votes. Raises
    `InputError` with the file, line and column for what cannot be used, and for a file that
    declares another vote convention than agree=+1. What contradicts itself is told in `warnings`.
    """
    with opened(given, limits) as source:
        return _read(source)


def _read(source: Source) -> PolisExport:
    current = check_sidecar(source)
    summary = _summary(source) if "summary.csv" in source else {}
    if "comments.csv" not in source:
        raise InputError(
            "there is no comments.csv; expected the files of a Polis export, found: "
            + (", ".join(source.names[:10]) or "nothing"),
            path=source.name,
        )
    warnings: list[str] = []
    statements = _statements(source, warnings)
    matrix_name = next((name for name in _MATRICES if name in source), None)
    matrix = (
        None
        if matrix_name is None
        else read_matrix(source.text(matrix_name), source.where(matrix_name))
    )
    if "votes.csv" in source:
        events = read_events(source.text("votes.csv"), source.where("votes.csv"))
    elif matrix is not None:
        events = matrix.events
        warnings.append(
            f"There is no votes.csv: the latest votes are taken from {matrix_name}, without times."
        )
    else:
        raise InputError(
            "there is no votes.csv and no participant-votes.csv; export all files, not the "
            "statements alone",
            path=source.name,
        )
    events, statements = same_kind(events, statements)
    participants, groups = _everybody(events, matrix)
    export = PolisExport(
        dialect=FORMAT
        if current or KEY in summary or matrix_name == "participant-votes.csv"
        else "legacy",
        summary=summary,
        statements=statements,
        events=events,
        participants=participants,
        groups=groups,
    )
    warnings += contradictions(
        export, _declared_totals(source), matrix if "votes.csv" in source else None
    )
    return PolisExport(
        export.dialect,
        summary,
        statements,
        events,
        participants,
        groups,
        tuple(warnings),
    )


def _summary(source: Source) -> dict[str, str]:
    table = Table("key,value\n" + source.text("summary.csv"), source.where("summary.csv"), start=-1)
    summary: dict[str, str] = {}
    for row in table:
        summary[row.values[0].strip()] = row.values[1]
        if row.values[0].strip() == KEY:
            check_declaration(row.values[1], path=table.path, line=row.line)
    return summary


def _comments(source: Source) -> Table:
    return Table(source.text("comments.csv"), source.where("comments.csv"), rest_in_last=True)


def _statements(source: Source, warnings: list[str]) -> tuple[PolisStatement, ...]:
    table = _comments(source)
    own, text = table.place("comment-id"), table.place("comment-body", "comment_text", "comment")
    found = statements_from(table, own=own, text=text)
    if table.joined:
        warnings.append(
            f"{table.joined} statements in comments.csv were not in quotes; what came after a "
            "comma was put back."
        )
    return found


def _declared_totals(source: Source) -> dict[str, tuple[int, int]]:
    """Agrees and disagrees of each statement (by its id as text) as comments.csv has them."""
    table = _comments(source)
    own, agrees, against = table.place("comment-id"), table.find("agrees"), table.find("disagrees")
    if agrees is None or against is None:
        return {}
    return {
        row.values[own].strip(): (
            table.whole_number(row, agrees),
            table.whole_number(row, against),
        )
        for row in table
    }


def _everybody(
    events: VoteEvents, matrix: Matrix | None
) -> tuple[IdArray, Mapping[int | str, int]]:
    voted = set(events.participants.tolist())
    if matrix is None:
        return sorted_ids(voted), {}
    named = matrix.participants.tolist()
    if voted and {type(one) for one in voted} != {type(one) for one in named}:
        return sorted_ids(voted), {}
    return sorted_ids(voted | set(named)), matrix.groups
