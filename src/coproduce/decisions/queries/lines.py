"""Which lines of versions nothing reaches: the rule by which an idea has its answer, or waits.

What is said about one line, or to one person, answers for that line and for whatever was put
together with it, not for the rest of an idea. So an idea has its answer when something rests on it
whole, or when every line of it is reached (ADR 83).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from coproduce.words.models import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.understanding.models import PassageSource


def still_waiting(sources: QuerySet[PassageSource], told: Collection[int]) -> set[int]:
    """Of the lines that these sources stand under, those that still wait, by key.

    `told`: words that something rests on, or on an earlier line of them. It reaches what was put
    together with them. A line waits while some of its words that can be read are not reached: where
    all of them were taken back or are not shown, nothing could rest on it.
    """
    needed: dict[int, set[int | None]] = defaultdict(set)
    reached: dict[int, set[int | None]] = defaultdict(set)
    for passage, words, standing, cluster in sources.order_by().values_list(
        "passage_id", "words_id", "words__standing", "words__statement__cluster_id"
    ):
        if words in told:
            reached[passage].add(cluster)
        elif standing == Standing.SHOWN:
            needed[passage].add(cluster)
    return {passage for passage, clusters in needed.items() if clusters - reached[passage]}
