"""What reaches a statement: decisions, actions and replies pass down to the words under them.

They rest on a line, on an idea or on words; a line reaches the words under it, an idea the
statements in it, and each of these every statement that was put together with them. A reply to
words that nobody else can read reaches these words alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from coproduce.decisions.models import Action, Decision, Reply, RestsOn
from coproduce.ideas.models import Placement
from coproduce.prepared import Prepared
from coproduce.statements.models import Statement
from coproduce.understanding.models import PassageSource
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

# More than this many are asked by their conversations, in as many questions to the database.
BY_KEYS = 400


@dataclass
class Reached:
    """What reaches one statement, each once, the oldest first."""

    decisions: list[Decision] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.decisions or self.actions or self.replies)


def decisions_under(statements: Sequence[Statement]) -> dict[int, Reached]:
    """By the key of each statement: everything that reaches it now.

    With a decision come all its actions, also those that rest on something of their own besides.
    What was corrected is not among them; what took its place is.
    """
    reached: dict[int, Reached] = {one.pk: Reached() for one in statements}
    rests = list(_grounds(statements)) if _anything_rests(statements) else []
    if not rests:
        return reached
    by_decision = _actions_of({one.decision_id for one in rests if one.decision_id})
    clusters, alone = _clusters(statements, rests)
    in_cluster: dict[int, list[int]] = defaultdict(list)
    for statement in statements:
        in_cluster[statement.cluster_id].append(statement.pk)
    for one in sorted(rests, key=_when):
        if one.reply_id and one.words_id in alone:
            if one.words_id in reached:
                _add(reached[one.words_id], one, by_decision)
            continue
        for cluster in clusters[one.pk]:
            for key in in_cluster.get(cluster, ()):
                _add(reached[key], one, by_decision)
    return reached


_grounds_of = Prepared(
    lambda conversation: (
        RestsOn.objects.held().filter(conversation_id=conversation).order_by().values_list("pk")[:1]
    ),
    "conversation",
)


def _anything_rests(statements: Sequence[Statement]) -> bool:
    """Whether anything was decided or replied at all. While people say things, nothing is."""
    conversations = {one.conversation_id for one in statements}
    return len(conversations) > 1 or any(
        _grounds_of.rows(conversation=conversation) for conversation in conversations
    )


def _grounds(statements: Sequence[Statement]) -> QuerySet[RestsOn]:
    held = RestsOn.objects.held().select_related(
        "decision", "action__decision", "action__owner_group", "reply"
    )
    # Where a decision stands is read from its steps.
    held = held.prefetch_related("decision__steps", "action__steps")
    if len(statements) > BY_KEYS:
        return held.filter(conversation__in={one.conversation_id for one in statements})
    clusters = {one.cluster_id for one in statements}
    words = Statement.objects.filter(cluster__in=clusters).values("pk")
    return held.filter(
        Q(words__in=words)
        | Q(
            idea__in=Placement.objects.held().filter(statement__cluster__in=clusters).values("idea")
        )
        | Q(passage__in=PassageSource.objects.filter(words__in=words).values("passage"))
    )


def _clusters(
    statements: Sequence[Statement], rests: list[RestsOn]
) -> tuple[dict[int, set[int]], set[int]]:
    """By ground, the clusters that it reaches, as far as these statements stand in them.

    And the words that something rests on, and that only who wrote them can read.
    """
    wanted = {one.cluster_id for one in statements}
    by_words: dict[int, set[int]] = defaultdict(set)
    by_idea: dict[int, set[int]] = defaultdict(set)
    by_passage: dict[int, set[int]] = defaultdict(set)
    many = len(statements) > BY_KEYS
    here: Collection[int] = {one.conversation_id for one in statements} if many else wanted
    scope = "conversation__in" if many else "cluster__in"
    alone = set()
    for key, cluster, standing in Statement.objects.filter(
        **{scope: here}, pk__in=[one.words_id for one in rests if one.words_id]
    ).values_list("pk", "cluster_id", "words__standing"):
        by_words[key].add(cluster)
        if standing != Standing.SHOWN:
            alone.add(key)
    for idea, cluster in (
        Placement.objects.held()
        .filter(
            **{f"statement__{scope}": here},
            idea__in={one.idea_id for one in rests if one.idea_id},
        )
        .values_list("idea_id", "statement__cluster_id")
    ):
        by_idea[idea].add(cluster)
    for passage, cluster in PassageSource.objects.filter(
        **{f"words__statement__{scope}": here},
        passage__in={one.passage_id for one in rests if one.passage_id},
    ).values_list("passage_id", "words__statement__cluster_id"):
        by_passage[passage].add(cluster)
    found: dict[int, set[int]] = {}
    for one in rests:
        if one.words_id:
            found[one.pk] = by_words[one.words_id]
        elif one.idea_id:
            found[one.pk] = by_idea[one.idea_id]
        else:
            found[one.pk] = by_passage[one.passage_id or 0]
    return found, alone


def has_own_grounds() -> Exists:
    """Whether an action rests on something of its own."""
    return Exists(RestsOn.objects.held().filter(action=OuterRef("pk")))


def _actions_of(decisions: Collection[int]) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = defaultdict(list)
    for action in (
        Action.objects.filter(decision__in=decisions)
        .select_related("decision", "owner_group")
        .prefetch_related("steps")
        .order_by("made_at", "pk")
    ):
        assert action.decision_id is not None
        found[action.decision_id].append(action)
    return found


def _when(one: RestsOn) -> tuple[str, int]:
    thing = one.decision or one.action or one.reply
    assert thing is not None
    return thing.made_at.isoformat(), one.pk


def _add(reached: Reached, one: RestsOn, by_decision: dict[int, list[Action]]) -> None:
    if one.decision is not None:
        if one.decision not in reached.decisions:
            reached.decisions.append(one.decision)
            for action in by_decision.get(one.decision.pk, ()):
                if action not in reached.actions:
                    reached.actions.append(action)
    elif one.action is not None:
        if one.action not in reached.actions:
            reached.actions.append(one.action)
    elif one.reply is not None and one.reply not in reached.replies:
        reached.replies.append(one.reply)
