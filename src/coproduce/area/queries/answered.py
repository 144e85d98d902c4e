"""Which ideas of the area have a decision or a reply.

Forty thousand grounds are read for it where an area has fifty large conversations. So a process
keeps what it worked out (keys of ideas, and nothing else) until a ground, a decision, a reply or a
version comes or ends.
"""

from __future__ import annotations

import threading
from collections.abc import Collection

from django.db.models import Count, Max

from coproduce.decisions.models import Decision, Reply, RestsOn
from coproduce.understanding.models import Version

Stamp = tuple[object, ...]

_kept: list[tuple[Stamp, frozenset[int]]] = []
_keeping = threading.Lock()


def answered_ideas(versions: Collection[int]) -> frozenset[int]:
    """Ideas that a decision or a reply rests on: whole, by a line, or by words under a line."""
    with _keeping:
        stamp = _stamp(versions)
        if not _kept or _kept[0][0] != stamp:
            _kept[:] = [(stamp, _read(versions))]
        return _kept[0][1]


def _stamp(versions: Collection[int]) -> Stamp:
    """Changes whenever what `_read` gives may."""
    told: list[object] = list(
        Version.objects.filter(pk__in=versions).order_by("pk").values_list("pk", "published_at")
    )
    ended = {"count": Count("pk"), "ended": Count("ended_at"), "last": Max("ended_at")}
    told += RestsOn.objects.aggregate(**ended, newest=Max("pk"), at=Max("at")).values()
    told += Decision.objects.aggregate(**ended).values()
    told += Reply.objects.aggregate(**ended).values()
    return tuple(told)


def _read(versions: Collection[int]) -> frozenset[int]:
    held = (
        RestsOn.objects.held()
        .filter(action=None)
        .exclude(decision__ended_at__isnull=False)
        .exclude(reply__ended_at__isnull=False)
        .order_by()
    )
    by_words = "words__passages__passage"
    by_lines = "passage__sources__words__passages__passage"
    found: set[int | None] = set(held.values_list("idea_id", flat=True).distinct())
    found |= set(held.values_list("passage__idea_id", flat=True).distinct())
    for way in (by_words, by_lines):
        reached = held.filter(**{f"{way}__version__in": versions})
        found |= set(reached.values_list(f"{way}__idea_id", flat=True).distinct())
    return frozenset(key for key in found if key is not None)
