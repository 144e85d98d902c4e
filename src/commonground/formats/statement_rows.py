"""Statements from a table: their texts, and what moderators made of them where the table says."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from commonground.formats.polis_export import PolisStatement, check_unique
from commonground.formats.tables import Row, Table, ids
from commonground.formats.times import MILLISECONDS_FROM

_TRUE = ("true", "t", "1", "1.0", "yes")
_FALSE = ("false", "f", "0", "0.0", "no")
_ABOUT = ("moderated", "is-meta", "is-seed", "author-id", "timestamp")


def statements_from(
    table: Table, *, own: int | None, text: int, moderated: int = 0, blank: bool = True
) -> tuple[PolisStatement, ...]:
    """The statements of a table, in its order.

    `own` and `text`: where ids and texts stand; without ids the statements are 0, 1, … The columns
    moderated, is-meta, is-seed, author-id and timestamp are read where they are there; `moderated`
    is what a statement is without the first. `blank`: whether a text may be blank; otherwise only
    that of a statement that moderators rejected may. Raises `InputError` with line and column.
    """
    standing, author = table.find("moderated"), table.find("author-id")
    meta, seed, created = table.find("is-meta"), table.find("is-seed"), table.find("timestamp")
    rows = list(table)
    names: Sequence[Any] = (
        range(len(rows)) if own is None else ids(row.values[own].strip() for row in rows).tolist()
    )
    authors = [None if author is None else row.values[author].strip() or None for row in rows]
    whole = ids(name for name in authors if name is not None).dtype.kind == "i"
    statements = []
    for row, name, who in zip(rows, names, authors, strict=True):
        if own is not None and name == "":
            raise table.wrong(row, own, "an id")
        stands = table.optional_number(row, standing)
        if stands not in (None, -1, 0, 1):
            assert standing is not None
            raise table.wrong(row, standing, "1 (accepted), 0 (not looked at) or -1 (rejected)")
        if not blank and stands != -1 and not row.values[text].strip():
            raise table.wrong(row, text, "a text")
        time = table.optional_moment(row, created)
        statements.append(
            PolisStatement(
                id=name,
                text=row.values[text],
                author=int(who) if who is not None and whole else who,
                created=time if time is None or abs(time) >= MILLISECONDS_FROM else time * 1000,
                moderated=moderated if stands is None else stands,
                is_meta=_truth(table, row, meta),
                is_seed=_truth(table, row, seed),
            )
        )
    found = tuple(statements)
    check_unique(found, table.path)
    return found


def write_statements(stream: TextIO, statements: Iterable[PolisStatement]) -> None:
    """Write statements as `read_statements` takes them, with all that is known of each.

    One that has no text is left out, unless moderators rejected it.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("id", "text", *_ABOUT))
    for one in statements:
        if one.text.strip() or one.moderated == -1:
            about = (one.moderated, one.is_meta, one.is_seed, one.author, one.created)
            writer.writerow((one.id, one.text, *("" if it is None else it for it in about)))


def _truth(table: Table, row: Row, place: int | None) -> bool | None:
    if place is None or not row.values[place].strip():
        return None
    said = row.values[place].strip().lower()
    if said not in _TRUE + _FALSE:
        raise table.wrong(row, place, "true or false")
    return said in _TRUE
