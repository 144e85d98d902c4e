"""Reading Polis exports: current ("polis-export/1") and legacy, as a folder or a zip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from commonground.errors import InputError
from commonground.formats.polis_checks import contradictions
from commonground.formats.polis_convention import FORMAT, KEY, check_declaration, check_sidecar
from commonground.formats.polis_export import (
    PolisExport,
    PolisStatement,
    VoteEvents,
    check_unique,
)
from commonground.formats.polis_matrix import Matrix, read_matrix
from commonground.formats.polis_votes import read_events
from commonground.formats.sources import Limits, Source, opened
from commonground.formats.tables import Table, as_texts, ids
from commonground.indexing import IdArray, sorted_ids

_MATRICES = ("participant-votes.csv", "participants-votes.csv")

_MILLISECONDS_FROM = 10**11
"""Times from here on are milliseconds: in seconds this would be the year 5138."""


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
    matrix = None if matrix_name is None else read_matrix(source, matrix_name)
    if "votes.csv" in source:
        table = source.text("votes.csv")
        events = _in_milliseconds(read_events(table, source.where("votes.csv")))
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
    events, statements = _same_kind(events, statements)
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
    author, created = table.find("author-id"), table.find("timestamp")
    moderated = table.find("moderated")
    meta, seed = table.find("is-meta"), table.find("is-seed")
    rows = list(table)
    if table.joined:
        warnings.append(
            f"{table.joined} statements in comments.csv were not in quotes; what came after a "
            "comma was put back."
        )
    names = ids(row.values[own].strip() for row in rows).tolist()
    authors = [None if author is None else row.values[author].strip() or None for row in rows]
    whole = ids(name for name in authors if name is not None).dtype.kind == "i"
    statements = []
    for row, name, who in zip(rows, names, authors, strict=True):
        standing = table.optional_number(row, moderated) or 0
        if moderated is not None and standing not in (-1, 0, 1):
            raise table.wrong(row, moderated, "1 (accepted), 0 (not looked at) or -1 (rejected)")
        if name == "":
            raise table.wrong(row, own, "an id")
        time = table.optional_number(row, created)
        statements.append(
            PolisStatement(
                id=name,
                text=row.values[text],
                author=int(who) if who is not None and whole else who,
                created=None if time is None else _milliseconds(time),
                moderated=standing,
                is_meta=_truth(table, row.values, meta),
                is_seed=_truth(table, row.values, seed),
            )
        )
    found = tuple(statements)
    check_unique(found, table.path)
    return found


def _truth(table: Table, values: Sequence[str], place: int | None) -> bool | None:
    if place is None:
        return None
    return values[place].strip().lower() in ("true", "t", "1", "yes")


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


def _milliseconds(time: int) -> int:
    return time if abs(time) >= _MILLISECONDS_FROM else time * 1000


def _in_milliseconds(events: VoteEvents) -> VoteEvents:
    times = events.times
    if times is None or not len(times) or np.abs(times).max() >= _MILLISECONDS_FROM:
        return events
    return VoteEvents(events.participants, events.statements, events.answers, times * 1000)


def _same_kind(
    events: VoteEvents, statements: tuple[PolisStatement, ...]
) -> tuple[VoteEvents, tuple[PolisStatement, ...]]:
    """Ids of statements as numbers in all files, or as texts in all."""
    numbers = all(isinstance(statement.id, int) for statement in statements)
    if numbers == (events.statements.dtype.kind in "iu") or not len(events):
        return events, statements
    return (
        VoteEvents(events.participants, as_texts(events.statements), events.answers, events.times),
        tuple(
            PolisStatement(
                str(one.id),
                one.text,
                one.author,
                one.created,
                one.moderated,
                one.is_meta,
                one.is_seed,
            )
            for one in statements
        ),
    )


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
