"""How far every statement of a conversation has been heard, for choosing what to ask next.

A web process keeps this for some seconds (settings.HEARD_FOR): a choice that is drawn by chance
needs no newer counts, and 500 phones ask for it at once. When it is older it is read again beside
the requests, so that nobody waits for it, and a process that starts reads it before it is asked.
Nothing of it is ever shown: whether a statement may be seen is looked up for each page.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from django.conf import settings
from django.db import DatabaseError, connection
from numpy.typing import NDArray
from scipy.sparse import csr_array

from commonground.routing import Heard, weights
from coproduce.prepared import Prepared
from coproduce.responses.models import Tally
from coproduce.statements.models import Statement
from coproduce.words.models import Standing

log = logging.getLogger(__name__)

MOST_GROUPS = 12
# So old (seconds) it may be while it is read again beside the requests: who comes first after a
# quiet hour is asked by the counts of an hour ago. The next one, a moment later, by those of now.
STILL_GOOD = 3600.0


@dataclass(frozen=True)
class HeardHere:
    """One row for each cluster that can be listed: the statement to show, and its counts.

    `rows`: the row of each cluster.
    """

    statements: NDArray[np.int64]
    clusters: NDArray[np.int64]
    rows: dict[int, int]
    heard: Heard
    _wanted: dict[tuple[int, int], NDArray[np.float64]] = field(default_factory=dict, compare=False)

    def wanted(self, membership: int, enough: int) -> NDArray[np.float64]:
        """The weight of each row for somebody of these partner groups (`commonground.routing`).

        Of these counts it is the same for all of them, so that it is worked out once.
        """
        found = self._wanted.get((membership, enough))
        if found is None:
            asker = [str(bit) for bit in range(MOST_GROUPS) if membership >> bit & 1]
            found = weights(self.heard, asker=asker, enough=enough)
            self._wanted[membership, enough] = found
        return found

    def among(self, clusters: Iterable[int]) -> NDArray[np.bool_]:
        """Which rows are of these clusters. Those that cannot be listed have none."""
        found = np.zeros(len(self.clusters), dtype=np.bool_)
        found[[row for one in clusters if (row := self.rows.get(one)) is not None]] = True
        return found


_kept: dict[int, tuple[float, HeardHere]] = {}
_refreshing = threading.Lock()


def heard_here(conversation: int, *, fresh: bool = False) -> HeardHere:
    """What has been heard so far; `fresh` reads it again whatever its age."""
    kept = None if fresh else _kept.get(conversation)
    if kept is None or not settings.HEARD_FOR or _is_older(kept[0], STILL_GOOD):
        return _read_again(conversation)
    if _is_older(kept[0], settings.HEARD_FOR) and _refreshing.acquire(blocking=False):
        _beside_requests(conversation)
    return kept[1]


def _is_older(moment: float, seconds: float) -> bool:
    return monotonic() - moment >= seconds


def _beside_requests(conversation: int) -> None:
    def run() -> None:
        try:
            _refresh(conversation)
        finally:
            connection.close()  # this thread's own

    try:
        threading.Thread(target=run, name="heard", daemon=True).start()
    except RuntimeError:  # no more threads now: the next request tries again
        _refreshing.release()


def _refresh(conversation: int) -> None:
    try:
        _read_again(conversation)
    except DatabaseError as problem:
        # The next request tries again; in the end one that waits for it, and fails by itself.
        log.warning("Counts of conversation %s could not be read again: %s", conversation, problem)
    finally:
        _refreshing.release()


def _read_again(conversation: int) -> HeardHere:
    found = _read(conversation)
    _kept[conversation] = (monotonic(), found)
    return found


_standing_for = Prepared(
    lambda conversation: (
        Statement.objects.filter(
            conversation_id=conversation,
            words__standing=Standing.SHOWN,
            question__retired_at=None,
        )
        .order_by("pk")
        .values_list("pk", "cluster_id", "cluster__listed_id")
    ),
    "conversation",
)
_tallies = Prepared(
    lambda conversation: (
        Tally.objects.filter(cluster__conversation_id=conversation)
        .order_by()
        .values_list("cluster_id", "membership", "agree", "disagree", "not_sure", "mixed")
    ),
    "conversation",
)


def _read(conversation: int) -> HeardHere:
    listed: dict[int, int] = {}
    for statement, cluster, listed_by_team in _standing_for.rows(conversation=conversation):
        # The listed statement stands for its cluster; where it is not shown, another does.
        if cluster not in listed or statement == listed_by_team:
            listed[cluster] = statement
    clusters = np.array(list(listed), dtype=np.int64)
    tallies = np.array(_tallies.rows(conversation=conversation), dtype=np.int64).reshape(-1, 6)
    tallies = tallies[np.isin(tallies[:, 0], clusters)]
    by_key = np.argsort(clusters)
    rows = by_key[np.searchsorted(clusters, tallies[:, 0], sorter=by_key)]
    agree, disagree, not_sure, mixed = tallies[:, 2:].T
    # 1 where the people of a tally are in the group of that bit.
    members = tallies[:, 1:2] >> np.arange(MOST_GROUPS) & 1
    counted = np.column_stack(
        [
            agree,
            disagree,
            not_sure + mixed,
            *(members * one[:, None] for one in (tallies[:, 2:].sum(axis=1), agree, disagree)),
        ]
    )
    # Added up here: the database takes longer over so many sums than over the rows themselves.
    of_cluster = csr_array(
        (np.ones(len(rows), dtype=np.int64), (rows, np.arange(len(rows)))),
        shape=(len(clusters), len(rows)),
    )
    answers, by_group = np.split(of_cluster @ counted, [3], axis=1)
    by_group = by_group.reshape(len(clusters), 3, MOST_GROUPS)
    return HeardHere(
        statements=np.array(list(listed.values()), dtype=np.int64),
        clusters=clusters,
        rows={cluster: row for row, cluster in enumerate(listed)},
        heard=Heard.of(
            agree=answers[:, 0],
            disagree=answers[:, 1],
            not_sure=answers[:, 2],
            by_group=by_group[:, 0],
            groups=[str(bit) for bit in range(MOST_GROUPS)],
            agree_by_group=by_group[:, 1],
            disagree_by_group=by_group[:, 2],
        ),
    )


def forget_all() -> None:
    """Drop what this process keeps, for tests and benchmarks."""
    _kept.clear()
