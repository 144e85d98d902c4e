"""Reading the matrix of participants and their latest votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from commonground.errors import InputError
from commonground.formats.polis_export import Id, VoteEvents
from commonground.formats.tables import Table, ids
from commonground.indexing import IdArray

_ABOUT_PEOPLE = (
    "participant",
    "xid",
    "group-id",
    "n-comments",
    "n-votes",
    "n-agree",
    "n-disagree",
)


@dataclass(frozen=True, eq=False, slots=True)
class Matrix:
    """Everybody in the matrix, their latest votes (without times), and Polis' groups."""

    participants: IdArray
    events: VoteEvents
    groups: Mapping[Id, int]


def is_matrix(table: Table) -> bool:
    """Whether the columns are those of the matrix: people, their counts, and no single answers."""
    return table.find("participant") is not None and table.find("n-votes") is not None


def read_matrix(text: str, path: object) -> Matrix:
    """Read participant-votes.csv (legacy: participants-votes.csv)."""
    table = Table(text, path)
    own, group = table.place("participant"), table.find("group-id")
    topics = [p for p, column in enumerate(table.header) if column not in _ABOUT_PEOPLE]
    if not topics:
        raise InputError("expected a column for each statement", path=table.path, line=1)
    names, rows, columns, answers, in_group = [], [], [], [], []
    for number, row in enumerate(table):
        names.append(row.values[own].strip())
        in_group.append(table.optional_number(row, group))
        for column, place in enumerate(topics):
            value = row.values[place]
            if not value:
                continue
            if value not in ("1", "0", "-1"):
                raise table.wrong(row, place, "a vote: 1, 0, -1, or nothing for not voted")
            rows.append(number)
            columns.append(column)
            answers.append(int(value))
    people = ids(names)
    statements = ids(table.header[place] for place in topics)
    if len(set(names)) != len(names):
        twice = next(one for one in names if names.count(one) > 1)
        raise InputError(f"the participant {twice} is there twice", path=table.path)
    return Matrix(
        participants=people,
        events=VoteEvents(
            people[np.array(rows, dtype=np.int64)],
            statements[np.array(columns, dtype=np.int64)],
            np.array(answers, dtype=np.int8),
        ),
        groups={
            who: number
            for who, number in zip(people.tolist(), in_group, strict=True)
            if number is not None
        },
    )
