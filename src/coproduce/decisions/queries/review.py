"""What rests on words that were taken back, until the team has looked at it again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from coproduce.decisions.models import RestsOn


@dataclass(frozen=True)
class ToLookAtAgain:
    """Keys of decisions, replies and actions."""

    decisions: frozenset[int]
    replies: frozenset[int]
    actions: frozenset[int]


def to_look_at_again(
    *,
    decisions: Collection[int] = (),
    replies: Collection[int] = (),
    actions: Collection[int] = (),
) -> ToLookAtAgain:
    """Those among these that rest on words that were taken back; in one question, or none."""
    if not (decisions or replies or actions):
        return ToLookAtAgain(frozenset(), frozenset(), frozenset())
    rows = list(
        RestsOn.objects.held()
        .filter(Q(decision__in=decisions) | Q(reply__in=replies) | Q(action__in=actions))
        .exclude(review_since=None)
        .values_list("decision_id", "reply_id", "action_id")
    )
    return ToLookAtAgain(
        decisions=frozenset(decision for decision, _, _ in rows if decision),
        replies=frozenset(reply for _, reply, _ in rows if reply),
        actions=frozenset(action for _, _, action in rows if action),
    )
