"""What happened to what somebody said: one way through the records, in order of time."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from coproduce.decisions.models import Action, Decision, Reply
from coproduce.decisions.queries.earlier import with_earlier
from coproduce.decisions.queries.review import ToLookAtAgain, to_look_at_again
from coproduce.decisions.queries.under import Reached, decisions_under
from coproduce.ideas.models import Placement
from coproduce.responses.models import Figure
from coproduce.statements.models import Statement
from coproduce.understanding.document import Line
from coproduce.understanding.figures import ShownFigure
from coproduce.understanding.models import Passage, PassageSource

if TYPE_CHECKING:
    from coproduce.understanding.models import Version


@dataclass(frozen=True)
class LineOnTheWay:
    """A line of the latest version that has the words, as it was published."""

    passage: Passage
    line: Line

    @property
    def version(self) -> Version:
        return self.passage.version


@dataclass(frozen=True)
class Answered:
    """A decision, a reply or an action that reaches the words: exactly one of them.

    `look_again`: it rests on words, perhaps of somebody else, that were taken back.
    """

    on: datetime.date
    decision: Decision | None = None
    reply: Reply | None = None
    action: Action | None = None
    overdue: bool = False
    look_again: bool = False


@dataclass(frozen=True)
class Journey:
    """`figure`: what may be shown now of the answers, where the caller asked for live figures.

    `together`: how many other shown statements say the same. `answered`: what reaches the words,
    the oldest first.
    """

    statement: Statement
    figure: ShownFigure | None
    labels: dict[str, str]
    together: int
    ideas: tuple[str, ...]
    lines: tuple[LineOnTheWay, ...]
    answered: tuple[Answered, ...]
    promised: datetime.date | None
    today: datetime.date = field(default_factory=timezone.localdate)

    @property
    def who_answered(self) -> str:
        """By which partner groups, in words: "Agreed by parent carers. Divided: schools." """
        return self.figure.in_words(self.labels) if self.figure else ""

    @property
    def said_on(self) -> datetime.date:
        """Words that were said later can be put together with some that have an answer already."""
        return timezone.localdate(self.statement.words.given_at)

    @property
    def is_waiting(self) -> bool:
        """It is published, and nothing was decided or replied so far."""
        return bool(self.lines) and not self.answered

    @property
    def days_late(self) -> int:
        if not self.is_waiting or self.promised is None:
            return 0
        return max(0, (self.today - self.promised).days)


def journey_of(statement: Statement, *, live: bool = False) -> Journey:
    """The way of one statement. `live`: see `journeys_of`."""
    return journeys_of([statement], live=live)[statement.pk]


def journeys_of(
    statements: Sequence[Statement],
    *,
    live: bool = False,
    known: Mapping[int, Reached] | None = None,
) -> dict[int, Journey]:
    """By the key of each statement. As many questions to the database for 30 as for one.

    Without `live` what others answered is told as it was published, and not before. `live` is
    for who has given their own answer and may see totals: then the public figures of today.
    Statements must have `conversation` at hand. Without statements nothing is asked. `known`: what
    `decisions_under` says of them all, where that was read already.
    """
    if not statements:
        return {}
    keys = [one.pk for one in statements]
    clusters = {one.cluster_id for one in statements}
    sizes = dict(
        Statement.objects.filter(cluster__in=clusters)
        .shown()
        .order_by()
        .values_list("cluster_id")
        .annotate(Count("pk"))
    )
    figures: dict[int, ShownFigure | None] = {}
    if live:
        figures = {
            cluster: ShownFigure.of(shown)
            for cluster, shown in Figure.objects.filter(cluster__in=clusters).values_list(
                "cluster_id", "shown"
            )
        }
    ideas = _ideas(clusters)
    lines = _lines(keys)
    reached = decisions_under(statements) if known is None else known
    with_earlier(reply for found in reached.values() for reply in found.replies)
    again = to_look_at_again(
        decisions={one.pk for found in reached.values() for one in found.decisions},
        replies={one.pk for found in reached.values() for one in found.replies},
        actions={one.pk for found in reached.values() for one in found.actions},
    )
    labels: dict[int, dict[str, str]] = {}
    today = timezone.localdate()
    journeys = {}
    for one in statements:
        conversation = one.conversation
        if conversation.pk not in labels:
            labels[conversation.pk] = {g.key: g.label for g in conversation.partner_groups.all()}
        found = reached[one.pk]
        journeys[one.pk] = Journey(
            statement=one,
            figure=figures.get(one.cluster_id),
            labels=labels[conversation.pk],
            together=sizes.get(one.cluster_id, 0) - one.words.is_shown,
            ideas=tuple(ideas.get(one.cluster_id, ())),
            lines=tuple(lines.get(one.pk, ())),
            answered=_in_order_of_time(found, again, today),
            promised=conversation.hear_back_by,
            today=today,
        )
    return journeys


def _ideas(clusters: Collection[int]) -> dict[int, list[str]]:
    ideas: dict[int, list[str]] = defaultdict(list)
    for cluster, name in (
        Placement.objects.held()
        .filter(statement__cluster__in=clusters, idea__retired_at=None)
        .order_by("idea__position", "idea", "pk")
        .values_list("statement__cluster_id", "idea__name")
    ):
        if name not in ideas[cluster]:
            ideas[cluster].append(name)
    return ideas


def _lines(words: Collection[int]) -> dict[int, list[LineOnTheWay]]:
    """By words: the lines of the latest version that rests on them."""
    lines: dict[int, list[LineOnTheWay]] = defaultdict(list)
    for source in (
        PassageSource.objects.filter(words__in=words)
        .select_related("passage__version")
        .defer("passage__version__frozen", "passage__version__counted")
        .order_by("-passage__version__number", "passage__position")
    ):
        passage, found = source.passage, lines[source.words_id]
        if not found or found[0].version.number == passage.version.number:
            found.append(LineOnTheWay(passage, _as_published(passage)))
    return lines


def _as_published(passage: Passage) -> Line:
    """The line without the words under it, which the page has."""
    figure = passage.figure
    agreed = figure.get("agreed")
    return Line(
        kind=passage.kind,
        text=passage.text,
        sources=(),
        figures=tuple(ShownFigure.from_dict(kept) for kept in figure.get("figures", [])),
        from_people=figure.get("from_people", False),
        wording_id=passage.wording_id,
        ref=passage.ref,
        agreed=ShownFigure.from_dict(agreed) if agreed else None,
    )


def _in_order_of_time(
    found: Reached, again: ToLookAtAgain, today: datetime.date
) -> tuple[Answered, ...]:
    """By the moment at which each was told; an action of a decision stands after it."""
    told = [
        *(
            (
                one.made_at,
                0,
                one.pk,
                Answered(one.decided_on, decision=one, look_again=one.pk in again.decisions),
            )
            for one in found.decisions
        ),
        *(
            (
                one.made_at,
                1,
                one.pk,
                Answered(
                    timezone.localdate(one.made_at), reply=one, look_again=one.pk in again.replies
                ),
            )
            for one in found.replies
        ),
        *(
            (
                one.made_at,
                2,
                one.pk,
                Answered(
                    timezone.localdate(one.made_at),
                    action=one,
                    overdue=one.is_overdue(today),
                    look_again=one.pk in again.actions,
                ),
            )
            for one in found.actions
        ),
    ]
    return tuple(answered for *_, answered in sorted(told, key=lambda entry: entry[:3]))
