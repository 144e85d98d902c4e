"""What words that are taken back leave behind in what was decided and done.

Called where words are erased (words/services/withdrawing.py), inside its transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from coproduce.decisions.models import Action, ActionCheck, RestsOn
from coproduce.decisions.queries.checking import words_under
from coproduce.decisions.standing import settle
from coproduce.ideas.models import Placement
from coproduce.statements.models import Statement
from coproduce.understanding.models import PassageSource

if TYPE_CHECKING:
    from coproduce.people.models import Participant


def flag_what_rested_on(words: Collection[int]) -> None:
    """Everything that rested on these words is looked at again; what they confirmed is settled."""
    clusters = Statement.objects.filter(pk__in=words).values("cluster")
    ideas = Placement.objects.held().filter(statement__cluster__in=clusters).values("idea")
    passages = PassageSource.objects.filter(words__in=words).values("passage")
    RestsOn.objects.held().filter(
        Q(words__in=words) | Q(idea__in=ideas) | Q(passage__in=passages), review_since=None
    ).exclude(reply__isnull=False, words__isnull=False).update(review_since=timezone.now())
    authors = ActionCheck.objects.filter(
        participant__words__in=words, ended_at=None
    ).select_related("participant__conversation", "action__owner_group")
    reasons = set(
        ActionCheck.objects.filter(words__in=words, ended_at=None).values_list("pk", flat=True)
    )
    for check in authors.distinct():
        # A dispute goes with its reason; a check goes with the words that gave the right to it.
        if check.pk in reasons or not words_under(check.participant, check.action):
            _end(check)


def end_checks_of(participant: Participant) -> None:
    """Somebody takes back everything: what they said of actions counts no more."""
    for check in participant.action_checks.filter(ended_at=None).select_related(
        "action__owner_group"
    ):
        _end(check)


def _end(check: ActionCheck) -> None:
    check.ended_at = timezone.now()
    check.save(update_fields=["ended_at"])
    settle(Action.objects.get(pk=check.action_id))
