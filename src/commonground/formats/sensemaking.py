"""The statement tables that sense-making tools take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from commonground.formats.polis_export import Id, PolisStatement
from commonground.votes import Votes


def sensemaking_rows(
    statements: Iterable[PolisStatement], votes: Votes, groups: Mapping[Id, Iterable[str]]
) -> Iterator[Sequence[Any]]:
    """A header and one row for each statement that is not rejected, as sensemaking-tools reads it.

    comment-id, comment_text, agrees, disagrees, passes; with `groups` (the groups of each
    participant) also agree, disagree and pass counts for each group.
    """
    names = sorted({name for picked in groups.values() for name in picked})
    members = [
        np.array([name in groups.get(who, ()) for who in votes.participants.tolist()], dtype=bool)
        for name in names
    ]
    kinds = ("agree", "disagree", "pass")
    yield (
        "comment-id",
        "comment_text",
        *(("agrees", "disagrees", "passes") if not names else ()),
        *(f"{name}-{kind}-count" for name in names for kind in kinds),
    )
    counted = [votes.take(mask).tallies() for mask in members] or [votes.tallies()]
    column = {name: place for place, name in enumerate(votes.statements.tolist())}
    for one in statements:
        if one.moderated == -1 or one.id not in column:
            continue
        place = column[one.id]
        counts = (
            int(number[place])
            for tally in counted
            for number in (tally.agree, tally.disagree, tally.not_sure)
        )
        yield (one.id, one.text, *counts)
