"""Reading votes.csv: one row for each time that somebody voted."""

from __future__ import annotations

import numpy as np

from commonground.formats.polis_convention import KEY, check_declaration
from commonground.formats.polis_export import VoteEvents
from commonground.formats.sources import lines_of
from commonground.formats.tables import Table, ids


def read_events(text: str, path: object) -> VoteEvents:
    """Vote events from votes.csv, or from the votes that Polis' own import takes.

    Columns: comment-id, voter-id, vote and (optional) timestamp, or comment_id, user_id,
    vote_value. A first line "# vote-convention: …" is checked. Sorted by time where times are
    given; rows of the same time keep their order.
    """
    start = 0
    if text.startswith(f"# {KEY}:"):
        first, _, text = text.partition("\n")
        check_declaration(first.partition(":")[2], path=path, line=1)
        start = 1
    table = Table(text, path, start=start)
    statement = table.place("comment-id", "comment_id")
    voter = table.place("voter-id", "user_id", "participant")
    vote, time = table.place("vote", "vote_value"), table.find("timestamp")
    return _quickly(text, (voter, statement, vote, time)) or _row_by_row(
        table, voter, statement, vote, time
    )


def _quickly(text: str, places: tuple[int, int, int, int | None]) -> VoteEvents | None:
    """With numpy's reader, where every value is a whole number; None where any is not."""
    wanted = [place for place in places if place is not None]
    if text.count("\n") < 2:
        return None
    try:
        numbers = np.loadtxt(
            lines_of(text),
            dtype=np.int64,
            delimiter=",",
            skiprows=1,
            usecols=wanted,
            quotechar='"',
            comments=None,
            ndmin=2,
        )
    except (ValueError, OverflowError):
        return None
    if not len(numbers) or not np.isin(numbers[:, 2], (-1, 0, 1)).all():
        return None
    times = numbers[:, 3] if places[3] is not None else None
    return VoteEvents.of(
        np.ascontiguousarray(numbers[:, 0]),
        np.ascontiguousarray(numbers[:, 1]),
        numbers[:, 2],
        times,
    )


def _row_by_row(
    table: Table, voter: int, statement: int, vote: int, time: int | None
) -> VoteEvents:
    """Slower, for ids that are texts; says where something is wrong."""
    people, topics, answers, times = [], [], [], []
    for row in table:
        answer = row.values[vote].strip()
        if answer not in ("1", "0", "-1", "+1"):
            raise table.wrong(row, vote, "a vote: 1 (agree), 0 (pass) or -1 (disagree)")
        for place in (voter, statement):
            if not row.values[place].strip():
                raise table.wrong(row, place, "an id")
        people.append(row.values[voter].strip())
        topics.append(row.values[statement].strip())
        answers.append(int(answer))
        times.append(table.optional_number(row, time))
    known = [moment for moment in times if moment is not None]
    return VoteEvents.of(
        ids(people),
        ids(topics),
        np.array(answers, dtype=np.int8),
        known if time is not None and len(known) == len(times) else None,
    )
