"""Who took part, against benchmarks, and whom to invite next. Made of public numbers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from commonground.agreement import Stance
from commonground.rounding import rounded_count
from coproduce.conversations.models import Area, Phase
from coproduce.genuineness.counts import AREAS, HEARD, TOOK_PART
from coproduce.genuineness.queries.shown import shown_counts
from coproduce.reach.models import Benchmark
from coproduce.reach.queries.map import groups_of_the_area
from coproduce.statements.models import Statement

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation

# From here on a share is near enough to that of the benchmark.
NEAR_ENOUGH = 0.8


@dataclass(frozen=True)
class Present:
    """A partner group or an area: how many took part, rounded, and what they are compared with.

    `ratio`: its share of the people here over its share of the people in the benchmarks; 1 is the
    same share. None below five people, and without benchmarks to compare with; `why_not` says so.
    `unanswered`: statements that fewer people of the group than are enough have answered.
    """

    kind: str
    key: str
    label: str
    people: int | None
    benchmark: Benchmark | None
    ratio: float | None
    why_not: str
    unanswered: int | None = None

    @property
    def told(self) -> str:
        return "not counted yet" if self.people is None else rounded_count(self.people)

    @property
    def in_words(self) -> str:
        if self.ratio is None:
            return self.why_not
        if self.ratio < NEAR_ENOUGH:
            return f"{self.ratio:.1f}: fewer than their share"
        if self.ratio > 1 / NEAR_ENOUGH:
            return f"{self.ratio:.1f}: more than their share"
        return f"{self.ratio:.1f}: about their share"

    @property
    def is_known_to_be_few(self) -> bool:
        """A few or none are here, or fewer than their share; what cannot be told is not few."""
        return self.people == 0 or (self.ratio is not None and self.ratio < NEAR_ENOUGH)

    @property
    def invite_order(self) -> tuple[int, float, float]:
        """Whom to invite first: a few or none, then the smallest share, then the most unanswered.

        What cannot be compared stands between those under their share and those about it.
        """
        if self.people == 0:
            return (0, 0.0, -float(self.unanswered or 0))
        if self.ratio is not None and self.ratio < NEAR_ENOUGH:
            return (1, self.ratio, -float(self.unanswered or 0))
        return (
            3 if self.ratio is not None else 2,
            self.ratio or 0.0,
            -float(self.unanswered or 0),
        )


@dataclass(frozen=True)
class Who:
    groups: tuple[Present, ...]
    areas: tuple[Present, ...]
    statements: int | None

    @property
    def invite_next(self) -> list[Present]:
        """Partner groups and areas of which a few or none, or fewer than their share, are here."""
        found = sorted((*self.groups, *self.areas), key=lambda one: one.invite_order)
        return [one for one in found if one.invite_order[0] < 3 and one.people is not None]

    @property
    def sources(self) -> list[Benchmark]:
        return [one.benchmark for one in (*self.groups, *self.areas) if one.benchmark is not None]


def benchmarks_now() -> dict[tuple[str, str], Benchmark]:
    """The number in use for each partner group and area: the latest of those loaded."""
    return {
        (one.kind, one.key): one
        for one in Benchmark.objects.filter(file__ended_at=None).order_by("as_of", "file_id", "pk")
    }


def keys_in_use() -> list[tuple[str, list[tuple[str, str]]]]:
    """By kind of benchmark, in words: key and label of each partner group and area here."""
    areas: dict[str, str] = {}
    for key, label in (
        Area.objects.exclude(conversation__phases=[Phase.DRAFT])
        .order_by("position", "pk")
        .values_list("key", "label")
    ):
        areas.setdefault(key, label)
    groups = list(groups_of_the_area())
    return [
        (Benchmark.Kind.PARTNER_GROUP.value, groups),
        (Benchmark.Kind.AREA.value, list(areas.items())),
    ]


def who_took_part(conversation: Conversation) -> Who:
    """In a number of questions to the database that does not grow."""
    shown = shown_counts(conversation)
    benchmarks = benchmarks_now()
    heard = shown.counts.get(HEARD)
    answered = dict(heard["by_group"]) if heard else {}
    statements = heard["statements"] if heard else None
    groups = _compared(
        Benchmark.Kind.PARTNER_GROUP,
        [(g.key, g.label) for g in conversation.partner_groups.all() if g.retired_at is None],
        shown.cells(TOOK_PART),
        benchmarks,
        {} if statements is None else {key: statements - n for key, n in answered.items()},
        statements,
    )
    areas = _compared(
        Benchmark.Kind.AREA,
        [(area.key, area.label) for area in conversation.areas.all()],
        shown.cells(AREAS),
        benchmarks,
    )
    return Who(groups, areas, statements)


def _compared(
    kind: str,
    named: Iterable[tuple[str, str]],
    people: Mapping[str, int],
    benchmarks: Mapping[tuple[str, str], Benchmark],
    unanswered: Mapping[str, int] | None = None,
    nobody_answered: int | None = None,
) -> tuple[Present, ...]:
    names = list(named)
    compared = [key for key, _ in names if (kind, key) in benchmarks]
    here = sum(people.get(key, 0) for key in compared)
    there = sum(benchmarks[kind, key].people for key in compared)
    found = []
    for key, label in names:
        benchmark = benchmarks.get((kind, key))
        number = people.get(key)
        ratio, why_not = None, ""
        if benchmark is None:
            why_not = "unknown: no benchmark"
        elif number is None:
            why_not = "unknown: not counted yet"
        elif not number:
            why_not = "none: fewer than five people"
        elif len(compared) < 2:
            why_not = "unknown: nothing else has a benchmark to compare with"
        else:
            ratio = (number / here) / (benchmark.people / there)
        found.append(
            Present(
                kind=kind,
                key=key,
                label=label,
                people=number,
                benchmark=benchmark,
                ratio=ratio,
                why_not=why_not,
                unanswered=None
                if unanswered is None or nobody_answered is None
                else unanswered.get(key, nobody_answered),
            )
        )
    return tuple(found)


def not_answered_by(conversation: Conversation, group_key: str) -> QuerySet[Statement]:
    """Shown statements, each listed one, that too few people of a partner group have answered.

    Worked out from the figures that are public. In the order of their references, which chance
    drew, so that nothing but this is told.
    """
    return (
        Statement.objects.filter(conversation=conversation, cluster__listed=F("pk"))
        .shown()
        .exclude(
            Q(cluster__figure__isnull=False)
            & ~Q(
                **{
                    f"cluster__figure__shown__groups__{group_key}__stance": (
                        Stance.TOO_FEW_TO_TELL.value
                    )
                }
            )
        )
        .with_words()
        .order_by("words__ref")
    )
