"""The arrangement as the workbench shows it: clusters in ideas, and clusters in none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from commonground.duplicates import Relation
from commonground.ideas import nearest_ideas
from commonground.vectors import Vectors
from coproduce.conversations.models import Conversation, Question
from coproduce.ideas.models import Idea, Placement, StatementTag, Tag, Wording
from coproduce.paging import page_of
from coproduce.statements.likeness import index_of, vectors_of
from coproduce.statements.models import Cluster, RoomMark, Statement
from coproduce.words.models import Masking, Standing, WordsText, masked, masks_of

ON_A_PAGE = 10
ALL_COMPARED = 200


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


def _clusters(conversation: Conversation, question: Question) -> QuerySet[Cluster]:
    return Cluster.objects.filter(
        conversation=conversation,
        listed__question=question,
        listed__words__standing=Standing.SHOWN,
    )


def _held() -> QuerySet[Placement]:
    return Placement.objects.held().filter(statement__cluster=OuterRef("pk"), idea__retired_at=None)


def in_none(conversation: Conversation, question: Question) -> QuerySet[Cluster]:
    return _clusters(conversation, question).exclude(Exists(_held())).order_by("pk")


def in_idea(idea: Idea) -> QuerySet[Cluster]:
    return (
        _clusters(idea.conversation, idea.question)
        .filter(Exists(_held().filter(idea=idea)))
        .order_by("pk")
    )


def slips_in_none(
    conversation: Conversation, question: Question, page: str | int | None
) -> Page[Slip]:
    """Clusters that stand in no idea, a page at a time, each with the ideas that are near."""

    def turned(clusters: list[Cluster]) -> list[Slip]:
        slips = _slips(clusters, conversation)
        _find_near(slips, conversation, question)
        return slips

    return page_of(in_none(conversation, question), page, size=ON_A_PAGE, turned=turned)


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
    return sorted(in_idea(idea).values_list("pk", flat=True), key=lambda key: places[key])


def page_with(statement: Statement, idea: Idea) -> int:
    """The page of an idea's statements on which this one stands; the first where it is gone."""
    order = order_in(idea, places_in(idea))
    return (
        order.index(statement.cluster_id) // ON_A_PAGE + 1 if statement.cluster_id in order else 1
    )


def slips_in_idea(idea: Idea, page: str | int | None) -> Page[Slip]:
    """Clusters of an idea in the order of their places, each with its neighbours."""
    order = order_in(idea, places_in(idea))

    def turned(keys: list[int]) -> list[Slip]:
        start = order.index(keys[0]) if keys else 0
        around = order[max(0, start - 1) : start + len(keys) + 1]
        found = Cluster.objects.select_related("listed__words").in_bulk(around)
        refs = {key: one.listed.ref for key, one in found.items() if one.listed is not None}
        slips = _slips([found[key] for key in keys], idea.conversation)
        for at, slip in enumerate(slips, start=start):
            slip.above = refs[order[at - 1]] if at else ""
            slip.below = refs[order[at + 1]] if at + 1 < len(order) else ""
        return slips

    return page_of(order, page, size=ON_A_PAGE, turned=turned)


def _slips(clusters: Sequence[Cluster], conversation: Conversation) -> list[Slip]:
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


def _find_near(slips: Iterable[Slip], conversation: Conversation, question: Question) -> None:
    """The ideas whose words are nearest, two at most. Only as many as is quick are compared."""
    held = Placement.objects.held().filter(
        idea__question=question,
        idea__retired_at=None,
        statement__words__standing=Standing.SHOWN,
    )
    slips = list(slips)
    first = list(dict.fromkeys(held.values_list("statement_id", flat=True)[: 2 * ALL_COMPARED]))
    if not slips or not first:
        return
    keys = [slip.statement.pk for slip in slips]
    near: dict[int, list[int]] = dict.fromkeys(keys, first)
    vectors = vectors_of(keys)
    if len(first) > ALL_COMPARED:
        index = index_of(conversation.pk)
        for slip in slips:
            found = index.similar_to(
                slip.statement.text,
                vector=vectors.get(slip.statement.pk),
                limit=24,
                at_least=Relation.RELATED,
            )
            near[slip.statement.pk] = [int(str(one.second)) for one in found]
    wanted = {key for some in near.values() for key in some}
    placed: dict[int, set[int]] = defaultdict(set)
    names: dict[int, str] = {}
    for statement, idea, name in held.filter(statement__in=wanted).values_list(
        "statement_id", "idea_id", "idea__name"
    ):
        placed[statement].add(idea)
        names[idea] = name
    hidden = masks_of(Masking.objects.filter(words__in=list(placed)))
    texts = {
        key: masked(text, hidden.get(key, ()))
        for key, text in WordsText.objects.filter(words__in=list(placed)).values_list(
            "words_id", "text"
        )
    }
    vectors |= vectors_of(placed)
    for slip in slips:
        some = [key for key in near[slip.statement.pk] if key in texts]
        own = vectors.get(slip.statement.pk)
        with_vectors = own is not None and bool(some) and all(key in vectors for key in some)
        ideas = nearest_ideas(
            slip.statement.text,
            some,
            [texts[key] for key in some],
            cast("Mapping[Hashable, Collection[Hashable]]", placed),
            vector=own if with_vectors else None,
            vectors=stacked([vectors[key] for key in some]) if with_vectors else None,
            limit=2,
        )
        slip.near = [(int(str(one.idea)), names[int(str(one.idea))]) for one in ideas]


def stacked(vectors: list[Vectors]) -> Vectors:
    return np.stack(vectors)


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
