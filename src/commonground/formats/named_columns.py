"""CSV with named columns: one row for each answer, and who is in which partner group."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from commonground.errors import InputError
from commonground.formats.event_rows import NUMBERS_AND_WORDS, Places, events_from
from commonground.formats.polis_convention import declared_apart
from commonground.formats.polis_export import PolisStatement, VoteEvents
from commonground.formats.sources import Limits, read_text
from commonground.formats.statement_rows import statements_from
from commonground.formats.tables import Table, ids


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called. None: one of the usual names is looked for."""

    participant: str | None = None
    statement: str | None = None
    answer: str | None = None
    time: str | None = None

    def names(self, role: str) -> tuple[str, ...]:
        """The names that a column with this role may have."""
        chosen = getattr(self, role)
        return USUAL_NAMES[role] if chosen is None else (chosen,)


USUAL_NAMES = {
    "participant": ("participant", "participant_id", "voter-id", "user_id", "voter", "person"),
    "statement": ("statement", "statement_id", "comment-id", "comment_id"),
    "answer": ("answer", "vote", "vote_value"),
    "time": ("time", "timestamp"),
}

_GROUP_NAMES = ("groups", "group", "partner group", "partner_group")


def read_csv_events(
    path: str | Path, columns: Columns | None = None, *, limits: Limits | None = None
) -> VoteEvents:
    """Answers from a CSV with a row for each: who, to which statement, what, and when if known.

    An answer is agree, disagree, not sure (or pass, unsure), or 1, -1, 0. Times are whole numbers
    or such as 2026-05-01T10:00:00Z. Values stand between commas, or semicolons or tabs where the
    first line has no comma. Raises `InputError` with the line and column for anything else, and
    for a first line that declares another convention.
    """
    text, start = declared_apart(read_text(path, limits), path)
    return csv_events(Table(text, path, start=start, separator=None), columns or Columns())


def csv_events(table: Table, columns: Columns) -> VoteEvents:
    """See `read_csv_events`."""
    who, what, said = (
        table.place(*columns.names(role)) for role in ("participant", "statement", "answer")
    )
    find = table.find if columns.time is None else table.place
    return events_from(
        table,
        Places(who, what, said, find(*columns.names("time"))),
        answers=NUMBERS_AND_WORDS,
        expected="an answer: agree, disagree, not sure, or 1, -1, 0",
    )


def write_csv_events(stream: TextIO, events: VoteEvents) -> None:
    """Write answers as `read_csv_events` takes them, with times where they are known."""
    words = {1: "agree", 0: "not sure", -1: "disagree"}
    rows: list[list[Any]] = [
        events.participants.tolist(),
        events.statements.tolist(),
        [words[answer] for answer in events.answers.tolist()],
    ]
    header = ["participant", "statement", "answer"]
    if events.times is not None:
        rows.append(events.times.tolist())
        header.append("time")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(zip(*rows, strict=True))


def read_memberships(
    path: str | Path, *, participant: str | None = None, limits: Limits | None = None
) -> dict[Any, frozenset[str]]:
    """The partner groups of each participant, from a CSV with the columns participant and group.

    Several groups: several rows, or one cell with semicolons between them. A blank cell: no group
    given. The file may be the same that holds the answers.
    """
    table = Table(read_text(path, limits), path, separator=None)
    who = table.place(*Columns(participant=participant).names("participant"))
    group = table.place(*_GROUP_NAMES)
    names: list[str] = []
    picked: list[set[str]] = []
    for row in table:
        name = row.values[who].strip()
        if not name:
            raise table.wrong(row, who, "an id")
        names.append(name)
        picked.append({one.strip() for one in row.values[group].split(";") if one.strip()})
    found: dict[Any, set[str]] = {}
    for one, groups in zip(ids(names).tolist(), picked, strict=True):
        found.setdefault(one, set()).update(groups)
    return {one: frozenset(groups) for one, groups in found.items()}


def matched_memberships(
    groups: Mapping[Any, frozenset[str]], participants: Iterable[Any]
) -> dict[Any, frozenset[str]]:
    """The same by the ids that the answers have: 7 and "7" in two files are one person.

    Somebody who is not among `participants` keeps the id of the file.
    """
    own = {str(one): one for one in participants}
    return {own.get(str(one), one): picked for one, picked in groups.items()}


def read_statements(
    path: str | Path, *, limits: Limits | None = None
) -> tuple[PolisStatement, ...]:
    """Statements from a CSV with a text, and an id where there is one (otherwise 0, 1, …).

    Also read, where they are there: moderated (1 accepted, 0 not looked at, -1 rejected), is-meta
    and is-seed (true or false), author-id and timestamp. So comments.csv of Polis serves too.
    Raises `InputError` for a file of answers, whose column "statement" holds ids and no texts.
    """
    table = Table(read_text(path, limits), path, separator=None)
    text = table.place(
        "text", "statement", "comment-body", "comment_text", "comment", "survey_text"
    )
    roles = [table.find(*USUAL_NAMES[role]) for role in ("participant", "answer")]
    if text == table.find("statement") and None not in roles:
        raise InputError(
            "this file has a row for each answer; expected one with a row for each statement, with "
            "its text in a column 'text'",
            path=path,
            line=table.header_line,
        )
    return statements_from(
        table,
        text=text,
        own=table.find("id", "statement_id", "comment-id", "comment_id"),
        moderated=1,
        blank=False,
    )
