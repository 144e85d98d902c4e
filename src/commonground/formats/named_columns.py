"""CSV with named columns: one row for each answer, and who is in which partner group."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from commonground.errors import InputError
from commonground.formats.polis_convention import KEY, check_declaration
from commonground.formats.polis_export import PolisStatement, VoteEvents, check_unique
from commonground.formats.sources import Limits, read_text
from commonground.formats.tables import Table, ids
from commonground.votes import ANSWER_WORDS


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
    "participant": ("participant", "voter-id", "user_id", "voter", "person"),
    "statement": ("statement", "comment-id", "comment_id"),
    "answer": ("answer", "vote", "vote_value"),
    "time": ("time", "timestamp"),
}

_ANSWERS = {"1": 1, "+1": 1, "0": 0, "-1": -1} | {
    word: int(answer) for word, answer in ANSWER_WORDS.items()
}

_GROUP_NAMES = ("groups", "group", "partner group", "partner_group")


def read_csv_events(
    path: str | Path, columns: Columns | None = None, *, limits: Limits | None = None
) -> VoteEvents:
    """Answers from a CSV with a row for each: who, to which statement, what, and when if known.

    An answer is agree, disagree, not sure (or pass), or 1, -1, 0. Raises `InputError` with the
    line and column for anything else, and for a first line that declares another convention.
    """
    columns = columns or Columns()
    text, start = read_text(path, limits), 0
    if text.startswith(f"# {KEY}:"):
        first, _, text = text.partition("\n")
        check_declaration(first.partition(":")[2], path=path, line=1)
        start = 1
    table = Table(text, path, start=start)
    who, what, said = (
        table.place(*columns.names(r)) for r in ("participant", "statement", "answer")
    )
    when = table.find(*columns.names("time"))
    if columns.time is not None and when is None:
        table.place(columns.time)
    people, topics, answers, times = [], [], [], []
    for row in table:
        answer = _ANSWERS.get(row.values[said].strip().lower())
        if answer is None:
            raise table.wrong(row, said, "an answer: agree, disagree, not sure, or 1, -1, 0")
        for place in (who, what):
            if not row.values[place].strip():
                raise table.wrong(row, place, "an id")
        people.append(row.values[who].strip())
        topics.append(row.values[what].strip())
        answers.append(answer)
        times.append(table.optional_number(row, when))
    known = [time for time in times if time is not None]
    return VoteEvents.of(
        ids(people),
        ids(topics),
        np.array(answers, dtype=np.int8),
        known if when is not None and len(known) == len(times) else None,
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
    table = Table(read_text(path, limits), path)
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


def read_statements(
    path: str | Path, *, limits: Limits | None = None
) -> tuple[PolisStatement, ...]:
    """Statements from a CSV with a text, and an id where there is one (otherwise 0, 1, …)."""
    table = Table(read_text(path, limits), path)
    text = table.place(
        "text", "statement", "comment-body", "comment_text", "comment", "survey_text"
    )
    own = table.find("id", "statement_id", "comment-id", "comment_id")
    rows = list(table)
    numbers: Iterable[Any] = (
        range(len(rows)) if own is None else ids(row.values[own].strip() for row in rows).tolist()
    )
    for row in rows:
        if not row.values[text].strip():
            raise table.wrong(row, text, "a text")
        if own is not None and not row.values[own].strip():
            raise table.wrong(row, own, "an id")
    found = tuple(
        PolisStatement(number, row.values[text], moderated=1)
        for number, row in zip(numbers, rows, strict=True)
    )
    check_unique(found, path)
    return found


def only_known(events: VoteEvents, statements: Iterable[PolisStatement], path: object) -> None:
    """Raise `InputError` where there are answers to statements that are not in the list."""
    known = {str(statement.id) for statement in statements}
    unknown = sorted({str(one) for one in set(events.statements.tolist())} - known)
    if unknown:
        raise InputError(
            f"{len(unknown)} statements have answers but no text, the first is {unknown[0]}",
            path=path,
        )
