"""You said, we did, or why not: for a conversation, and for all of them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from coproduce.conversations.models import Conversation
from coproduce.decisions.models import Action, Decision, Outcome, Reply
from coproduce.decisions.queries.ideas import IdeaOutcome, what_became_of_lines, with_steps
from coproduce.decisions.queries.review import to_look_at_again
from coproduce.ideas.models import StatementTag, Tag
from coproduce.statements.models import Statement
from coproduce.understanding.models import PassageSource, Version

if TYPE_CHECKING:
    from django.db.models import QuerySet

WHY_NOT = (Outcome.CANNOT, Outcome.NOT_OURS, Outcome.NOT_YET)


@dataclass(frozen=True)
class DoneAction:
    action: Action
    overdue: bool


@dataclass(frozen=True)
class DoneDecision:
    """A decision with what is done about it. `why_not`: it says no, not us, or not yet.

    `look_again`: words that it rests on were taken back, and the team has not looked at it since.
    """

    decision: Decision
    actions: tuple[DoneAction, ...]
    look_again: bool = False

    @property
    def why_not(self) -> bool:
        return self.decision.outcome in WHY_NOT


@dataclass(frozen=True)
class DoneIdea:
    """An idea of the latest version: what people said, and what was done about it, or why not."""

    outcome: IdeaOutcome
    decisions: tuple[DoneDecision, ...]
    replies_to_look_at: frozenset[int] = frozenset()

    @property
    def replies(self) -> tuple[Reply, ...]:
        return self.outcome.replies


@dataclass(frozen=True)
class SaidAndDone:
    """How many ideas have a decision, only a reply, or wait. Facts about the process."""

    ideas: tuple[IdeaOutcome, ...]
    settled: tuple[Decision, ...]

    @property
    def decided(self) -> int:
        return sum(idea.is_decided for idea in self.ideas if not idea.is_waiting)

    @property
    def replied(self) -> int:
        return sum(not idea.is_decided for idea in self.ideas if not idea.is_waiting)

    @property
    def waiting(self) -> int:
        return sum(idea.is_waiting for idea in self.ideas)

    @property
    def in_part(self) -> int:
        """Of those that wait, how many have a decision or a reply for some of their lines."""
        return sum(idea.is_partly_answered for idea in self.ideas)


def said_and_done(conversation: Conversation, today: datetime.date | None = None) -> SaidAndDone:
    """What became of every idea of the latest version, in its order. Bounded questions."""
    today = today or timezone.localdate()
    return SaidAndDone(
        tuple(what_became_of_lines(conversation, today)),
        tuple(settled_without_appeal([conversation.pk])),
    )


def with_what_is_done(
    outcomes: Collection[IdeaOutcome], today: datetime.date | None = None
) -> list[DoneIdea]:
    """These ideas (of one page) with their actions, and where their decisions stand."""
    with_steps(outcomes)
    decisions = {one.pk: one for outcome in outcomes for one in outcome.decisions}
    replies = {one.pk for outcome in outcomes for one in outcome.replies}
    actions = actions_of(decisions, today or timezone.localdate())
    again = to_look_at_again(decisions=decisions, replies=replies)
    return [
        DoneIdea(
            outcome,
            tuple(
                DoneDecision(one, actions.get(one.pk, ()), one.pk in again.decisions)
                for one in outcome.decisions
            ),
            again.replies,
        )
        for outcome in outcomes
    ]


def late_actions(conversations: Collection[int], today: datetime.date) -> QuerySet[Action]:
    """Actions past their day that nobody says are done, the longest late first."""
    return (
        Action.objects.filter(Action.overdue_on(today), conversation__in=conversations)
        .select_related("conversation")
        .order_by("due_on", "pk")
    )


def actions_of_no_decision(conversation: Conversation) -> QuerySet[Action]:
    """Actions that rest on what people said, without a decision between. Not those stopped."""
    return (
        Action.objects.filter(conversation=conversation, decision=None)
        .exclude(standing=Action.Standing.STOPPED)
        .order_by("due_on", "pk")
    )


def actions_of(
    decisions: Collection[int], today: datetime.date
) -> dict[int, tuple[DoneAction, ...]]:
    found: dict[int, list[DoneAction]] = defaultdict(list)
    for action in Action.objects.filter(decision__in=decisions).order_by("due_on", "pk"):
        assert action.decision_id is not None
        found[action.decision_id].append(DoneAction(action, action.is_overdue(today)))
    return {key: tuple(actions) for key, actions in found.items()}


def current_decisions() -> QuerySet[Decision]:
    """Decisions that stand, of conversations that are listed, the latest first."""
    return (
        Decision.objects.filter(ended_at=None, conversation__listed=True)
        .select_related("conversation")
        .prefetch_related("steps")
        .order_by("-decided_on", "-pk")
    )


def with_actions(decisions: Iterable[Decision]) -> list[DoneDecision]:
    some = list(decisions)
    keys = {one.pk for one in some}
    actions = actions_of(keys, timezone.localdate())
    again = to_look_at_again(decisions=keys)
    return [DoneDecision(one, actions.get(one.pk, ()), one.pk in again.decisions) for one in some]


def settled_without_appeal(conversations: Collection[int]) -> QuerySet[Decision]:
    """Problems that were settled without an appeal or a tribunal, the latest first."""
    return Decision.objects.filter(
        conversation__in=conversations, ended_at=None, settled_without_appeal=True
    ).order_by("-decided_on", "-pk")


def what_works(conversations: Collection[int]) -> QuerySet[Statement]:
    """Published words that a facilitator has marked as "this works well: keep it", each once.

    Of words that were put together the listed ones stand for all. By reference: chance drew it.
    """
    # Few are tagged. A database that has both to choose from begins with all that was said.
    tagged = {
        cluster
        for cluster, conversation in StatementTag.objects.filter(
            tag=Tag.WORKS_WELL, lifted_at=None
        ).values_list("statement__cluster", "statement__conversation")
        if conversation in conversations
    }
    newer = Version.objects.filter(
        conversation=OuterRef("passage__version__conversation"),
        number__gt=OuterRef("passage__version__number"),
    )
    published = PassageSource.objects.filter(words__statement__cluster=OuterRef("cluster")).filter(
        ~Exists(newer)
    )
    return (
        Statement.objects.filter(cluster__in=tagged, cluster__listed=F("pk"))
        .filter(Exists(published))
        .shown()
        .with_words()
        .select_related("conversation")
        .order_by("words__ref")
    )
