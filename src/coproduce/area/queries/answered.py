"""Which ideas of the area have a decision or a reply.

Forty thousand grounds are read for it where an area has fifty large conversations. So a process
keeps what it worked out (keys of ideas, and nothing else) until a ground, a decision, a reply or a
version comes or ends.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q

from coproduce.decisions.models import Decision, Reply, RestsOn
from coproduce.decisions.queries.lines import still_waiting
from coproduce.moderation.models import Look
from coproduce.prepared import Prepared, summed_up_in_all
from coproduce.statements.models import MergeLink
from coproduce.understanding.models import Passage, PassageSource, Version
from coproduce.words.models import Withdrawal

if TYPE_CHECKING:
    from django.db.models import QuerySet

Stamp = tuple[object, ...]

_kept: list[tuple[Stamp, frozenset[int]]] = []
_keeping = threading.Lock()


def answered_ideas(versions: Collection[int]) -> frozenset[int]:
    """Ideas of these versions that have a decision or a reply, whole or by every line of theirs.

    By the rule of `coproduce.decisions.queries.lines`, in a number of questions that does not grow.
    """
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
    newest = RestsOn.objects.order_by("-pk").values_list("pk", "at")
    told += newest[:1]
    told += [row for figures in _FIGURES for row in figures.rows()]
    return tuple(told)


def _ending(model: type[RestsOn | Decision | Reply]) -> list[Prepared[tuple[Any, ...]]]:
    """How many there are, how many of them ended, and when the last did.

    Of forty thousand rows the first is told by an index; the others look at those that ended only.
    """
    of_all = model._default_manager
    return [
        summed_up_in_all(of_all.all, count=Count("*")),
        summed_up_in_all(
            lambda: of_all.exclude(ended_at=None), count=Count("*"), last=Max("ended_at")
        ),
    ]


_FIGURES = (
    *_ending(RestsOn),
    *_ending(Decision),
    *_ending(Reply),
    # Words that were taken back, are shown or not, or stand together with others now.
    summed_up_in_all(Withdrawal.objects.all, count=Count("pk"), newest=Max("pk")),
    summed_up_in_all(Look.objects.all, newest=Max("pk"), undone=Count("undone_at")),
    summed_up_in_all(MergeLink.objects.all, newest=Max("pk"), cut=Count("cut_at")),
)


def _read(versions: Collection[int]) -> frozenset[int]:
    held = (
        RestsOn.objects.held()
        .for_everybody()
        .filter(action=None)
        .exclude(decision__ended_at__isnull=False)
        .exclude(reply__ended_at__isnull=False)
        .order_by()
    )
    whole = _keys(held, "idea_id")
    on_lines = held.filter(passage__version__in=versions)
    on_words = held.filter(words__isnull=False).values("words")
    earlier = held.filter(passage__isnull=False).exclude(passage__version__in=versions)
    under_earlier = PassageSource.objects.filter(passage__in=earlier.values("passage")).order_by()
    reached = (
        PassageSource.objects.filter(passage__version__in=versions)
        .filter(Q(words__in=on_words) | Q(words__in=under_earlier.values("words")))
        .order_by()
    )
    lines = _keys(on_lines, "passage_id")
    told = _keys(reached, "words_id")
    in_part = _keys(on_lines, "passage__idea_id") | _keys(reached, "passage__idea_id")
    waiting = _waiting(versions, in_part - whole, lines, told)
    return frozenset(whole | (in_part - waiting))


def _keys(rows: QuerySet[Any], name: str) -> set[int]:
    return {key for key in rows.values_list(name, flat=True).distinct() if key is not None}


def _waiting(
    versions: Collection[int], ideas: Collection[int], lines: Collection[int], told: Collection[int]
) -> set[int]:
    """Of these ideas, those with a line that waits."""
    of_line = {
        line: idea
        for line, idea in Passage.objects.filter(version__in=versions, idea__in=ideas)
        .exclude(kind=Passage.Kind.RAISED)
        .order_by()
        .values_list("pk", "idea_id")
        if line not in lines
    }
    sources = PassageSource.objects.filter(passage__version__in=versions, passage__idea__in=ideas)
    return {of_line[line] for line in still_waiting(sources, told) if line in of_line}
