"""Parquet: answers in columns, whole or in blocks of participants. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from commonground.errors import InputError, MissingColumnError, MissingExtraError
from commonground.formats.named_columns import Columns
from commonground.formats.polis_export import VoteEvents
from commonground.formats.tables import find_column
from commonground.formats.times import in_milliseconds, moment
from commonground.indexing import IdArray, as_ids, sorted_ids
from commonground.votes import ANSWER_WORDS, Votes

if TYPE_CHECKING:
    from types import ModuleType

_WORDS = {word: int(answer) for word, answer in ANSWER_WORDS.items()}


def read_parquet_events(path: str | Path, columns: Columns | None = None) -> VoteEvents:
    """Answers from a Parquet file with a row for each; see `named_columns.read_csv_events`."""
    parquet = _parquet()
    with _opened(parquet, path) as file:
        names = _names(file, path, columns or Columns())
        table = file.read(columns=[name for name in names.values() if name is not None])
    events = _events(table, names, path, 0)
    times = None if events.times is None else in_milliseconds(events.times)
    return VoteEvents.of(events.participants, events.statements, events.answers, times)


def parquet_blocks(
    path: str | Path, columns: Columns | None = None, *, rows: int = 4_000_000
) -> Iterator[Votes]:
    """Consecutive participants of a file that is sorted by participant, about `rows` rows at once.

    Every block has all the statements, so sums over blocks are sums over everybody. The file is
    read twice: first its statements, then its answers. Raises `InputError` where a participant
    comes back after others, since a person's last answer could not be told then.
    """
    parquet = _parquet()
    with _opened(parquet, path) as file:
        names = _names(file, path, columns or Columns())
        wanted = [name for name in names.values() if name is not None]
        statements = _distinct(file, names["statement"])
        held: VoteEvents | None = None
        done: set[Any] = set()
        before = 0
        for batch in file.iter_batches(batch_size=rows, columns=wanted):
            events = _joined(held, _events(batch, names, path, before))
            before += batch.num_rows
            last = events.participants[-1]
            complete = int(np.argmax(events.participants == last))
            held = _part(events, slice(complete, None))
            if complete:
                yield _block(_part(events, slice(0, complete)), statements, done, path)
        if held is not None and len(held):
            yield _block(held, statements, done, path)


def write_parquet_events(path: str | Path, events: VoteEvents) -> None:
    """Write answers as 1, 0 and -1, with times where they are known."""
    parquet = _parquet()
    import pyarrow

    columns: dict[str, Any] = {
        "participant": events.participants,
        "statement": events.statements,
        "answer": events.answers,
    }
    if events.times is not None:
        columns["time"] = events.times
    parquet.write_table(pyarrow.table(columns), str(path))


def _parquet() -> ModuleType:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("Reading and writing Parquet", "parquet") from error
    return pyarrow.parquet  # type: ignore[no-any-return]


@contextmanager
def _opened(parquet: ModuleType, path: str | Path) -> Iterator[Any]:
    """The file while it is read; what is broken anywhere inside it raises `InputError`."""
    import pyarrow

    if not Path(path).is_file():
        raise InputError("there is no such file", path=path)
    try:
        with parquet.ParquetFile(str(path)) as file:
            yield file
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(
            f"this is not a Parquet file that can be read, or part of it is lost ({error})",
            path=path,
        ) from error


def _names(file: Any, path: object, columns: Columns) -> dict[str, str | None]:
    there = list(file.schema_arrow.names)
    names: dict[str, str | None] = {}
    for role in ("participant", "statement", "answer", "time"):
        wanted = columns.names(role)
        place = find_column(there, wanted)
        if place is None and (role != "time" or columns.time is not None):
            raise MissingColumnError(
                f"expected a column {' or '.join(map(repr, wanted))}; found: {', '.join(there)}",
                path=path,
            )
        names[role] = None if place is None else there[place]
    return names


def _events(table: Any, names: dict[str, str | None], path: object, before: int) -> VoteEvents:
    arrays: dict[str, Any] = {}
    for role, name in names.items():
        if name is None:
            continue
        column = table.column(name)
        if column.null_count:
            where = int(np.argmax(np.asarray(column.is_null())))
            raise InputError("a value is missing", path=path, line=before + where + 1, column=name)
        arrays[role] = column.to_numpy(zero_copy_only=False)
    answers = _answers(arrays["answer"], path, before, names["answer"])
    times = None if "time" not in arrays else _times(arrays["time"], path, before, names["time"])
    return VoteEvents(_ids(arrays["participant"]), _ids(arrays["statement"]), answers, times)


def _times(given: Any, path: object, before: int, column: str | None) -> NDArray[np.int64]:
    """As they are, not yet made milliseconds: what is small in one block is not in another."""
    values = np.asarray(given)
    if values.dtype.kind == "M":
        return values.astype("datetime64[ms]").astype(np.int64)
    if values.dtype.kind in "iu":
        return values.astype(np.int64)
    told = [moment(str(value)) for value in values.tolist()]
    if None in told:
        place = told.index(None)
        raise InputError(
            f"{values[place]!r} is not a time: a whole number, or such as 2026-05-01T10:00:00Z",
            path=path,
            line=before + place + 1,
            column=column,
        )
    return np.array(told, dtype=np.int64)


def _answers(given: Any, path: object, before: int, column: str | None) -> Any:
    values = np.asarray(given)
    if values.dtype.kind in "OUT":
        said = np.array([_WORDS.get(str(value).strip().lower(), 9) for value in values])
    else:
        said = values
    # Of true and false, false would read as "not sure".
    right = np.isin(said, (-1, 0, 1)) & (said.dtype != bool)
    if not right.all():
        place = int(np.argmin(right))
        raise InputError(
            f"{values[place : place + 1].tolist()[0]!r} is not an answer: agree, disagree, "
            "not sure, or 1, -1, 0",
            path=path,
            line=before + place + 1,
            column=column,
        )
    return said.astype(np.int8)


def _ids(values: Any) -> IdArray:
    array = np.asarray(values)
    return as_ids(array.tolist()) if array.dtype == object else array


def _distinct(file: Any, name: str | None) -> IdArray:
    found: set[Any] = set()
    for batch in file.iter_batches(batch_size=4_000_000, columns=[name]):
        found.update(batch.column(0).unique().to_pylist())
    return sorted_ids(found)


def _part(events: VoteEvents, part: slice) -> VoteEvents:
    return VoteEvents(
        events.participants[part],
        events.statements[part],
        events.answers[part],
        None if events.times is None else events.times[part],
    )


def _joined(one: VoteEvents | None, other: VoteEvents) -> VoteEvents:
    if one is None or not len(one):
        return other
    return VoteEvents(
        np.concatenate([one.participants, other.participants]),
        np.concatenate([one.statements, other.statements]),
        np.concatenate([one.answers, other.answers]),
        None
        if one.times is None or other.times is None
        else np.concatenate([one.times, other.times]),
    )


def _block(events: VoteEvents, statements: IdArray, done: set[Any], path: object) -> Votes:
    people = np.unique(events.participants).tolist()
    again = done.intersection(people)
    if again:
        raise InputError(
            f"the participant {min(again, key=str)} comes back after others; sort the file by "
            "participant to read it in blocks",
            path=path,
        )
    done.update(people)
    return Votes.from_arrays(
        events.participants,
        events.statements,
        events.answers,
        times=events.times,
        all_statements=statements,
    )
