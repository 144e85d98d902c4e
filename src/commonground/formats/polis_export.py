"""What a Polis export holds, read or to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonground.errors import InputError
from commonground.indexing import IdArray, as_ids, sorted_ids
from commonground.votes import Votes

Id = int | str


@dataclass(frozen=True, slots=True)
class PolisStatement:
    """One statement (Polis: comment).

    `created`: Unix time in milliseconds. `moderated`: 1 accepted, 0 not looked at, -1 rejected.
    `is_meta`: it asks about the person; None where the file does not say (current exports never
    do). `is_seed`: written by those who run the conversation; None where the file does not say.
    """

    id: Id
    text: str
    author: Id | None = None
    created: int | None = None
    moderated: int = 0
    is_meta: bool | None = None
    is_seed: bool | None = None


@dataclass(frozen=True, eq=False, slots=True)
class VoteEvents:
    """Votes in the order in which they were given; one entry an event in each array.

    `answers`: 1 agree, 0 pass (not sure), -1 disagree. `times`: Unix milliseconds, or None where
    they are not known. The last event of a person on a statement counts.
    """

    participants: IdArray
    statements: IdArray
    answers: NDArray[np.int8]
    times: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        size = len(self.participants)
        for name in ("statements", "answers", "times"):
            column = getattr(self, name)
            if column is not None and len(column) != size:
                raise ValueError(f"{name}: {len(column)} votes where participants has {size}")
        if not np.isin(self.answers, (-1, 0, 1)).all():
            raise ValueError("answers: expected 1 (agree), 0 (not sure) or -1 (disagree)")

    @classmethod
    def of(
        cls,
        participants: ArrayLike,
        statements: ArrayLike,
        answers: ArrayLike,
        times: ArrayLike | None = None,
    ) -> VoteEvents:
        """From lists or arrays, sorted by time where times are given."""
        events = cls(
            as_ids(participants),  # type: ignore[arg-type]
            as_ids(statements),  # type: ignore[arg-type]
            np.asarray(answers, dtype=np.int8),
            None if times is None else np.asarray(times, dtype=np.int64),
        )
        if events.times is None:
            return events
        order = np.argsort(events.times, kind="stable")
        return cls(
            events.participants[order],
            events.statements[order],
            events.answers[order],
            events.times[order],
        )

    def __len__(self) -> int:
        return len(self.answers)


@dataclass(frozen=True, eq=False, slots=True)
class PolisExport:
    """A conversation as Polis exports it.

    `dialect`: "polis-export/1" or "legacy". `summary`: the rows of summary.csv.
    `participants`: everybody named, those without a vote too. `groups`: Polis' own opinion group
    of each participant that has one. `warnings`: what does not fit together, in words.
    """

    dialect: str
    summary: Mapping[str, str]
    statements: tuple[PolisStatement, ...]
    events: VoteEvents
    participants: IdArray
    groups: Mapping[Id, int]
    warnings: tuple[str, ...] = ()

    def votes(self) -> Votes:
        """The latest answers, with rejected and meta statements marked.

        Statements are sorted by id, and include those that have votes but no text.
        """
        return latest_votes(self.statements, self.events, self.participants)

    def texts(self) -> dict[Id, str]:
        """The text of each statement by its id."""
        return {statement.id: statement.text for statement in self.statements}


def latest_votes(
    statements: Sequence[PolisStatement], events: VoteEvents, participants: IdArray
) -> Votes:
    """The latest answer of each participant to each statement, listed or not."""
    known: set[Any] = {statement.id for statement in statements}
    return Votes.from_arrays(
        events.participants,
        events.statements,
        events.answers,
        all_participants=participants,
        all_statements=sorted_ids(known | set(events.statements.tolist())),
        moderated_out=[one.id for one in statements if one.moderated == -1],
        meta=[one.id for one in statements if one.is_meta],
    )


def check_unique(statements: tuple[PolisStatement, ...], path: object) -> None:
    """Raise `InputError` where two statements have the same id."""
    seen: set[Id] = set()
    for statement in statements:
        if statement.id in seen:
            raise InputError(f"the statement {statement.id} is there twice", path=path)
        seen.add(statement.id)


def same_kind(
    events: VoteEvents, statements: tuple[PolisStatement, ...]
) -> tuple[VoteEvents, tuple[PolisStatement, ...]]:
    """Ids of statements as numbers in the answers and in the list, or as texts in both.

    A file whose ids are all whole numbers is read as numbers; beside another that has a "3b", "3"
    is a text in both, and still the same statement.
    """
    numbers = all(isinstance(statement.id, int) for statement in statements)
    if numbers == (events.statements.dtype.kind in "iu") or not len(events):
        return events, statements
    return (
        replace(events, statements=as_ids([str(one) for one in events.statements.tolist()])),
        tuple(replace(one, id=str(one.id)) for one in statements),
    )
