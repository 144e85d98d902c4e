"""Who is asked if an action is done: people whose words it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from coproduce.decisions.models import Action, ActionCheck, RestsOn
from coproduce.decisions.queries.under import has_own_grounds
from coproduce.ideas.models import Placement
from coproduce.statements.models import Statement
from coproduce.understanding.models import PassageSource
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    from coproduce.people.models import Participant

ASKED_ABOUT = (Action.Standing.SAID_DONE, Action.Standing.DONE, Action.Standing.DISPUTED)


def words_under(participant: Participant, action: Action) -> list[str]:
    """How the person's own words that the action rests on were given; empty where none does."""
    grounds = RestsOn.objects.held().filter(action=action)
    if not grounds.exists():
        grounds = RestsOn.objects.held().filter(decision=action.decision_id, decision__isnull=False)
    clusters = Statement.objects.filter(
        Q(pk__in=grounds.exclude(words=None).values("words"))
        | Q(
            pk__in=Placement.objects.held()
            .filter(idea__in=grounds.exclude(idea=None).values("idea"))
            .values("statement")
        )
        | Q(
            pk__in=PassageSource.objects.filter(
                passage__in=grounds.exclude(passage=None).values("passage")
            ).values("words")
        )
    ).values("cluster")
    return list(
        Words.objects.filter(participant=participant)
        .exclude(standing=Standing.WITHDRAWN)
        .filter(
            Q(statement__cluster__in=clusters)
            | Q(pk__in=grounds.exclude(words=None).values("words"))
        )
        .order_by("pk")
        .values_list("how_given", flat=True)
    )


@dataclass(frozen=True)
class ToCheck:
    """An action that a person is asked about, and what they said of it, if anything."""

    action: Action
    check: ActionCheck | None


def actions_to_check(participant: Participant) -> list[ToCheck]:
    """Actions that are said to be done and rest on this person's words, the latest due first."""
    mine = participant.words.exclude(standing=Standing.WITHDRAWN)
    clusters = Statement.objects.filter(pk__in=mine.values("pk")).values("cluster")
    words = Statement.objects.filter(cluster__in=clusters).values("pk")
    # Read first: inside the question for actions, the database looks all of it up for each action.
    grounds = (
        RestsOn.objects.held()
        .filter(conversation=participant.conversation_id)
        .filter(
            Q(words__in=words)
            | Q(words__in=mine.values("pk"))
            | Q(
                idea__in=Placement.objects.held()
                .filter(statement__cluster__in=clusters)
                .values("idea")
            )
            | Q(passage__in=PassageSource.objects.filter(words__in=words).values("passage"))
        )
        .values_list("action_id", "decision_id")
    )
    own = {action for action, _ in grounds if action is not None}
    decisions = {decision for _, decision in grounds if decision is not None}
    actions = (
        Action.objects.filter(conversation=participant.conversation_id, standing__in=ASKED_ABOUT)
        .filter(Q(pk__in=own) | Q(~has_own_grounds(), decision__in=decisions))
        .select_related("decision", "owner_group")
        .prefetch_related("steps")
        .order_by("-due_on", "-pk")
    )
    return with_checks(participant, list(actions))


def with_checks(participant: Participant, actions: Sequence[Action]) -> list[ToCheck]:
    said = {
        check.action_id: check
        for check in ActionCheck.objects.filter(
            participant=participant, action__in=actions, ended_at=None
        ).select_related("words__kept_text")
    }
    return [ToCheck(action, said.get(action.pk)) for action in actions]
