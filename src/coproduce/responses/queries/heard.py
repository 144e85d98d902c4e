"""How far every statement of a conversation has been heard, for choosing what to ask next.

A web process keeps this for some seconds (settings.HEARD_FOR): a choice that is drawn by chance
needs no newer counts, and 500 phones ask for it at once. Nothing of it is ever shown.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from time import monotonic

import numpy as np
from django.conf import settings
from django.db.models import F, Sum
from numpy.typing import NDArray

from commonground.routing import Heard
from coproduce.conversations.models import Conversation
from coproduce.responses.models import Tally
from coproduce.statements.models import Statement
from coproduce.words.models import Standing

MOST_GROUPS = 12


@dataclass(frozen=True)
class HeardHere:
    """One row for each cluster that can be listed: the statement to show, and its counts.

    `rows`: the row of each cluster.
    """

    statements: NDArray[np.int64]
    clusters: NDArray[np.int64]
    rows: dict[int, int]
    heard: Heard


_kept: dict[int, tuple[float, HeardHere]] = {}
_refreshing = threading.Lock()


def heard_here(conversation: Conversation, *, fresh: bool = False) -> HeardHere:
    """What has been heard so far; `fresh` reads it again whatever its age."""
    now = monotonic()
    kept = _kept.get(conversation.pk)
    if kept and not fresh and now - kept[0] < settings.HEARD_FOR:
        return kept[1]
    # One request reads it again; meanwhile the others go on from what there is.
    if kept and not fresh and _refreshing.locked():
        return kept[1]
    with _refreshing:
        found = _read(conversation)
        _kept[conversation.pk] = (monotonic(), found)
    return found


def _read(conversation: Conversation) -> HeardHere:
    listed: dict[int, int] = {}
    for statement, cluster, listed_by_team in (
        Statement.objects.filter(
            conversation=conversation,
            words__standing=Standing.SHOWN,
            question__retired_at=None,
        )
        .order_by("pk")
        .values_list("pk", "cluster_id", "cluster__listed_id")
    ):
        # The listed statement stands for its cluster; where it is not shown, another does.
        if cluster not in listed or statement == listed_by_team:
            listed[cluster] = statement
    row_of = {cluster: row for row, cluster in enumerate(listed)}
    answers = np.zeros((len(listed), 3), dtype=np.int64)
    # People of each partner group, by what is counted of them: all, agreeing, not agreeing.
    by_group = np.zeros((3, len(listed), MOST_GROUPS), dtype=np.int64)
    people = F("agree") + F("disagree") + F("not_sure") + F("mixed")
    bits = [group.bit for group in conversation.partner_groups.all()]
    # Added up by the database, which is quicker than reading every tally.
    sums = [
        Sum("agree"),
        Sum("disagree"),
        Sum(F("not_sure") + F("mixed")),
        *(
            Sum(counted * (F("membership").bitand(1 << bit) / (1 << bit)))
            for counted in (people, F("agree"), F("disagree"))
            for bit in bits
        ),
    ]
    added = (
        Tally.objects.filter(cluster__conversation=conversation)
        .values("cluster_id")
        .annotate(**{f"sum_{place}": one for place, one in enumerate(sums)})
        .values_list("cluster_id", *(f"sum_{place}" for place in range(len(sums))))
    )
    for cluster, *counts in added:
        row = row_of.get(cluster)
        if row is not None:
            answers[row] = counts[:3]
            by_group[:, row, bits] = np.reshape(counts[3:], (3, len(bits)))
    heard = Heard.of(
        agree=answers[:, 0],
        disagree=answers[:, 1],
        not_sure=answers[:, 2],
        by_group=by_group[0],
        groups=[str(bit) for bit in range(MOST_GROUPS)],
        agree_by_group=by_group[1],
        disagree_by_group=by_group[2],
    )
    return HeardHere(
        statements=np.array(list(listed.values()), dtype=np.int64),
        clusters=np.array(list(listed), dtype=np.int64),
        rows=row_of,
        heard=heard,
    )


def forget_all() -> None:
    """Drop what this process keeps, for tests and benchmarks."""
    _kept.clear()
