"""Reading votes.csv: one row for each time that somebody voted."""

from __future__ import annotations

from commonground.formats.event_rows import NUMBERS, Places, events_from
from commonground.formats.polis_convention import declared_apart
from commonground.formats.polis_export import VoteEvents
from commonground.formats.tables import Table


def read_events(text: str, path: object) -> VoteEvents:
    """Vote events from votes.csv, or from the votes that Polis' own import takes.

    Columns: comment-id, voter-id, vote and (optional) timestamp, or comment_id, user_id,
    vote_value. A first line "# vote-convention: …" is checked. Sorted by time where times are
    given; rows of the same time keep their order. Times below 10^11 are seconds.
    """
    text, start = declared_apart(text, path)
    table = Table(text, path, start=start)
    places = Places(
        who=table.place("voter-id", "user_id", "participant"),
        what=table.place("comment-id", "comment_id"),
        said=table.place("vote", "vote_value"),
        when=table.find("timestamp"),
    )
    return events_from(
        table,
        places,
        answers=NUMBERS,
        expected="a vote: 1 (agree), 0 (pass) or -1 (disagree)",
        seconds_from=0,
    )
