"""The arrangement as the workbench shows it: clusters in ideas, and clusters in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from coproduce.conversations.models import Conversation, Question
from coproduce.ideas.models import Idea, Placement, StatementTag, Tag, Wording
from coproduce.ideas.nearness import near_ideas
from coproduce.paging import page_of, the_same_page
from coproduce.statements.models import Cluster, RoomMark, Statement
from coproduce.words.models import Standing

ON_A_PAGE = 10
SOURCE_KEPT = 200


@dataclass
class Slip:
    """A cluster as one slip of paper: the words that are listed, and how many were put together."""

    statement: Statement
    together: int
    ideas: dict[int, str]
    room_marks: int = 0
    tags: list[str] = field(default_factory=list)
    near: list[tuple[int, str]] = field(default_factory=list)
    # References of its neighbours in the idea that it is shown in, on other pages too.
    above: str = ""
    below: str = ""

    @property
    def seen(self) -> str:
        """The ideas in which it stands, for a form to say what its reader saw."""
        return ",".join(str(key) for key in sorted(self.ideas))


@dataclass(frozen=True)
class Counted:
    """The room marks of one thing together, and where they were counted."""

    count: int
    source: str


def counted(marks: Iterable[RoomMark]) -> Counted:
    rows = list(marks)
    sources = dict.fromkeys(row.source for row in rows)
    return Counted(sum(row.count for row in rows), "; ".join(sources)[:SOURCE_KEPT])


def ideas_of(conversation: Conversation, question: Question) -> QuerySet[Idea]:
    """The ideas of a question in order, each with how many clusters stand in it."""
    held = Q(
        placements__removed_at=None,
        placements__statement__cluster__listed__words__standing=Standing.SHOWN,
    )
    return (
        Idea.objects.kept()
        .filter(conversation=conversation, question=question)
        .annotate(statements=Count("placements__statement__cluster", filter=held, distinct=True))
        .order_by("position", "pk")
    )


def _clusters(conversation: int, question: int) -> QuerySet[Cluster]:
    return Cluster.objects.filter(
        conversation=conversation,
        listed__question=question,
        listed__words__standing=Standing.SHOWN,
    )


def _held() -> QuerySet[Placement]:
    return Placement.objects.held().filter(statement__cluster=OuterRef("pk"), idea__retired_at=None)


def in_none(conversation: Conversation, question: Question) -> QuerySet[Cluster]:
    return _clusters(conversation.pk, question.pk).exclude(Exists(_held())).order_by("pk")


def both_sides(
    conversation: Conversation, question: Question, idea: Idea | None, page: str | int | None
) -> tuple[Page[Slip], Page[Slip] | None]:
    """The workbench: clusters that stand in no idea, a page at a time, each with the ideas that are
    near; and the first clusters of an open idea. What is on their slips is read together."""
    loose: Page[Cluster] = page_of(
        in_none(conversation, question), page, size=ON_A_PAGE, turned=list
    )
    placed = None if idea is None else _Placed(idea, 1)
    slips = _slips([*loose, *([] if placed is None else placed.clusters)])
    in_no_idea, in_idea = slips[: len(loose)], slips[len(loose) :]
    near = near_ideas([slip.statement for slip in in_no_idea], conversation, question)
    for slip in in_no_idea:
        slip.near = near.get(slip.statement.pk, [])
    return (
        the_same_page(loose, in_no_idea),
        None if placed is None else placed.shown(in_idea),
    )


def places_in(idea: Idea) -> dict[int, int]:
    """Clusters with their positions in an idea, in order: those that are not shown too.

    A cluster stands where the first of its statements was placed. Each position is its own.
    """
    firsts: dict[int, tuple[int, int]] = {}
    for cluster, position, key in (
        Placement.objects.held()
        .filter(idea=idea)
        .values_list("statement__cluster_id", "position", "pk")
    ):
        firsts[cluster] = min(firsts.get(cluster, (position, key)), (position, key))
    places: dict[int, int] = {}
    last = -1
    for cluster in sorted(firsts, key=lambda one: firsts[one]):
        last = places[cluster] = max(firsts[cluster][0], last + 1)
    return places


def order_in(idea: Idea, places: Mapping[int, int]) -> list[int]:
    """The clusters of an idea that are shown, in the order of these places."""
    shown = _clusters(idea.conversation_id, idea.question_id).filter(pk__in=list(places))
    return sorted(shown.values_list("pk", flat=True), key=lambda key: places[key])


def page_with(statement: Statement, idea: Idea) -> int:
    """The page of an idea's statements on which this one stands; the first where it is gone."""
    order = order_in(idea, places_in(idea))
    return (
        order.index(statement.cluster_id) // ON_A_PAGE + 1 if statement.cluster_id in order else 1
    )


def slips_in_idea(idea: Idea, page: str | int | None) -> Page[Slip]:
    """Clusters of an idea in the order of their places, each with its neighbours."""
    placed = _Placed(idea, page)
    return placed.shown(_slips(placed.clusters))


class _Placed:
    """A page of the clusters of an idea, in order, and those beside it."""

    def __init__(self, idea: Idea, page: str | int | None) -> None:
        self._order = order_in(idea, places_in(idea))
        self._keys: Page[int] = page_of(self._order, page, size=ON_A_PAGE, turned=list)
        self._start = self._order.index(self._keys[0]) if len(self._keys) else 0
        around = self._order[max(0, self._start - 1) : self._start + len(self._keys) + 1]
        self._found = Cluster.objects.select_related("listed__words").in_bulk(around)

    @property
    def clusters(self) -> list[Cluster]:
        return [self._found[key] for key in self._keys]

    def shown(self, slips: list[Slip]) -> Page[Slip]:
        """The page, with the slips of its clusters, each with its neighbours."""
        refs = {key: one.listed.ref for key, one in self._found.items() if one.listed is not None}
        for at, slip in enumerate(slips, start=self._start):
            slip.above = refs[self._order[at - 1]] if at else ""
            slip.below = refs[self._order[at + 1]] if at + 1 < len(self._order) else ""
        return the_same_page(self._keys, slips)


def _slips(clusters: Sequence[Cluster]) -> list[Slip]:
    keys = [one.pk for one in clusters]
    listed = {
        one.pk: one
        for one in Statement.objects.filter(
            pk__in=[cluster.listed_id for cluster in clusters]
        ).with_words()
    }
    together: dict[int, int] = dict(
        Statement.objects.filter(cluster__in=keys, words__standing=Standing.SHOWN)
        .values_list("cluster_id")
        .annotate(Count("pk"))
    )
    ideas: dict[int, dict[int, str]] = defaultdict(dict)
    for cluster, idea, name in (
        Placement.objects.held()
        .filter(statement__cluster__in=keys, idea__retired_at=None)
        .order_by("idea__position", "idea_id")
        .values_list("statement__cluster_id", "idea_id", "idea__name")
    ):
        ideas[cluster][idea] = name
    marks: dict[int, int] = dict(
        RoomMark.objects.filter(statement__cluster__in=keys)
        .values_list("statement__cluster_id")
        .annotate(Sum("count"))
    )
    tags: dict[int, list[str]] = defaultdict(list)
    for cluster, tag in (
        StatementTag.objects.filter(statement__cluster__in=keys, lifted_at=None)
        .order_by("tag")
        .values_list("statement__cluster_id", "tag")
        .distinct()
    ):
        tags[cluster].append(str(Tag(tag).label))
    return [
        Slip(
            tags=tags[one.pk],
            statement=listed[one.listed_id],
            together=together.get(one.pk, 1),
            ideas=ideas[one.pk],
            room_marks=marks.get(one.pk, 0),
        )
        for one in clusters
    ]


def members_of(statement: Statement) -> list[Statement]:
    """The shown statements of a cluster, the listed one first."""
    listed = statement.cluster.listed_id
    found = list(
        Statement.objects.filter(cluster=statement.cluster_id).shown().with_words().order_by("pk")
    )
    return sorted(found, key=lambda one: one.pk != listed)


def shown_in_idea(idea: Idea) -> list[Statement]:
    """Every shown statement of the clusters that stand in an idea."""
    held = Placement.objects.held().filter(idea=idea).values("statement__cluster")
    return list(Statement.objects.filter(cluster__in=held).shown().with_words().order_by("pk"))


def wordings_to_review(conversation: Conversation) -> QuerySet[Wording]:
    """Combined wordings that rested on words which were taken back since, oldest first."""
    left = Q(rests_on__words__standing=Standing.SHOWN)
    return (
        Wording.objects.filter(
            conversation=conversation,
            ended_at=None,
            review_since__isnull=False,
            idea__retired_at=None,
        )
        .select_related("idea")
        .annotate(left=Count("rests_on", filter=left))
        .order_by("review_since", "pk")
    )
