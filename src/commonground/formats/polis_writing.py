"""Writing `polis-export/1`, as a zip or a folder."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from commonground.errors import InputError
from commonground.formats.polis_convention import CONVENTION, KEY, sidecar
from commonground.formats.polis_export import Id, PolisStatement, VoteEvents, check_unique
from commonground.indexing import IdArray, as_ids, sorted_ids
from commonground.votes import Votes

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The same content gives the same zip, byte for byte."""


def write_polis(
    target: str | Path | BinaryIO,
    *,
    statements: Iterable[PolisStatement],
    events: VoteEvents,
    participants: Iterable[Id] | None = None,
    topic: str = "",
    url: str = "",
    description: str = "",
    groups: Mapping[Id, int] | None = None,
) -> None:
    """Write format.json, summary.csv, comments.csv, votes.csv and participant-votes.csv.

    Where a statement is meta, comments.csv has the column is-meta of the legacy dialect as well.
    With `groups`, also comment-groups.csv: how each opinion group answered each statement.
    `target`: a path that ends in .zip, a stream (a zip is written to it), or a folder, which is
    made. `participants`: everybody, those without votes too; without it those who voted.
    `groups`: the opinion group of each participant that has one, from 0 up. Times that are not
    known stay blank.

    Raises `InputError` for two statements with one id, and `ValueError` for a vote on a statement,
    or by a participant, that is not given.
    """
    listed = tuple(statements)
    check_unique(listed, "statements")
    everybody = (
        sorted_ids(set(events.participants.tolist()))
        if participants is None
        else as_ids(participants)
    )
    votes = Votes.from_arrays(
        events.participants,
        events.statements,
        events.answers,
        all_participants=everybody,
        all_statements=as_ids([statement.id for statement in listed]),
    )
    in_groups = dict(groups or {})
    summary = [
        ("topic", topic),
        ("url", url),
        ("voters", int((votes.answers_given > 0).sum())),
        ("voters-in-conv", len(in_groups) or int((votes.answers_given > 0).sum())),
        ("commenters", len({one.author for one in listed if one.author is not None})),
        ("comments", len(listed)),
        ("groups", len(set(in_groups.values()))),
        ("conversation-description", description),
        (KEY, CONVENTION),
    ]
    files = {
        "format.json": sidecar(),
        "summary.csv": _csv(summary),
        "comments.csv": _csv(_comments(listed, votes)),
        "votes.csv": _csv(_events(events)),
        "participant-votes.csv": _csv(_matrix(listed, votes, in_groups)),
    }
    if in_groups:
        files["comment-groups.csv"] = _csv(_by_group(listed, votes, in_groups))
    _store(target, files)


def _comments(statements: Sequence[PolisStatement], votes: Votes) -> Iterable[Sequence[Any]]:
    # The current dialect has no such column, and grouping cannot be repeated without it.
    with_meta = any(one.is_meta for one in statements)
    yield (
        "timestamp",
        "datetime",
        "comment-id",
        "author-id",
        "agrees",
        "disagrees",
        "moderated",
        *(("is-meta",) if with_meta else ()),
        "comment-body",
    )
    counted = votes.tallies()
    for one, agrees, disagrees in zip(statements, counted.agree, counted.disagree, strict=True):
        yield (
            *_moment(one.created),
            one.id,
            "" if one.author is None else one.author,
            int(agrees),
            int(disagrees),
            one.moderated,
            *((str(bool(one.is_meta)).lower(),) if with_meta else ()),
            one.text,
        )


def _events(events: VoteEvents) -> Iterable[Sequence[Any]]:
    yield "timestamp", "datetime", "comment-id", "voter-id", "vote"
    times: Iterable[int | None] = (
        [None] * len(events) if events.times is None else events.times.tolist()
    )
    for time, what, who, vote in zip(
        times,
        events.statements.tolist(),
        events.participants.tolist(),
        events.answers.tolist(),
        strict=True,
    ):
        yield (*_moment(time), what, who, vote)


def _matrix(
    statements: Sequence[PolisStatement], votes: Votes, groups: Mapping[Id, int]
) -> Iterable[Sequence[Any]]:
    yield (
        "participant",
        "group-id",
        "n-comments",
        "n-votes",
        "n-agree",
        "n-disagree",
        *(one.id for one in statements),
    )
    written: dict[Id, int] = {}
    for one in statements:
        if one.author is not None:
            written[one.author] = written.get(one.author, 0) + 1
    people: IdArray = votes.participants
    for row, who in enumerate(people.tolist()):
        own = slice(votes.starts[row], votes.starts[row + 1])
        values = votes.values[own]
        cells: list[Any] = [""] * len(statements)
        for column, value in zip(votes.columns[own].tolist(), values.tolist(), strict=True):
            cells[column] = value
        yield (
            who,
            groups.get(who, ""),
            written.get(who, 0),
            len(values),
            int(np.count_nonzero(values == 1)),
            int(np.count_nonzero(values == -1)),
            *cells,
        )


def _by_group(
    statements: Sequence[PolisStatement], votes: Votes, groups: Mapping[Id, int]
) -> Iterable[Sequence[Any]]:
    """Latest answers by statement: of everybody, then of each group, named a, b, c as by Polis."""
    numbers = sorted(set(groups.values()))
    place = {number: at for at, number in enumerate(numbers)}
    own = np.array(
        [place[groups[who]] if who in groups else -1 for who in votes.participants.tolist()],
        dtype=np.int64,
    )
    counts = np.zeros((len(numbers) + 1, len(statements), 3), dtype=np.int64)
    np.add.at(counts[0], (votes.columns, votes.values + 1), 1)
    grouped = own[votes.rows] >= 0
    rows, columns, values = (one[grouped] for one in (votes.rows, votes.columns, votes.values))
    np.add.at(counts, (own[rows] + 1, columns, values + 1), 1)
    whats = ("votes", "agrees", "disagrees", "passes")
    names = [chr(ord("a") + at) if at < 26 else str(number) for number, at in place.items()]
    yield (
        "comment-id",
        "comment",
        *(f"total-{what}" for what in whats),
        *(f"group-{name}-{what}" for name in names for what in whats),
    )
    for column, one in enumerate(statements):
        cells = [
            int(cell)
            for disagree, passed, agree in counts[:, column]
            for cell in (disagree + passed + agree, agree, disagree, passed)
        ]
        yield (one.id, one.text, *cells)


def _moment(milliseconds: int | None) -> tuple[int | str, str]:
    """Unix seconds, and the same as JavaScript writes a date, in UTC."""
    if milliseconds is None:
        return "", ""
    seconds = milliseconds // 1000
    when = datetime.fromtimestamp(seconds, UTC)
    return seconds, (
        f"{_DAYS[when.weekday()]} {_MONTHS[when.month - 1]} {when:%d %Y %H:%M:%S} "
        "GMT+0000 (Coordinated Universal Time)"
    )


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    content = io.StringIO()
    csv.writer(content, lineterminator="\n").writerows(rows)
    return content.getvalue()


def _store(target: str | Path | BinaryIO, files: Mapping[str, str]) -> None:
    if isinstance(target, str | Path) and Path(target).suffix.lower() != ".zip":
        folder = Path(target)
        if folder.exists() and not folder.is_dir():
            raise InputError(
                "this is a file; name a folder, or a file that ends in .zip", path=target
            )
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")
        return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content.encode())
