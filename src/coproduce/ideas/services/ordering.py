"""The order of ideas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from coproduce.audit.services import record
from coproduce.ideas.models import Idea
from coproduce.ideas.services.holding import changed, hold_idea
from coproduce.people.models import TeamMember
from coproduce.statements.clusters import arrangement_changed

if TYPE_CHECKING:
    from coproduce.audit.models import Entry


@transaction.atomic
def move_idea(
    *,
    idea: Idea,
    by: TeamMember,
    steps: int,
    revision: int | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> None:
    """Move an idea up (negative) or down among the ideas of its question."""
    idea = hold_idea(idea, by, revision=revision)
    order = list(
        Idea.objects.kept()
        .filter(question=idea.question_id)
        .order_by("position", "pk")
        .values_list("pk", flat=True)
    )
    here = order.index(idea.pk)
    there = max(0, min(len(order) - 1, here + steps))
    if there == here:
        return
    order.insert(there, order.pop(here))
    for position, key in enumerate(order):
        Idea.objects.filter(pk=key).exclude(position=position).update(position=position)
    changed(idea)
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act="move_idea",
        by=by.account,
        about=f"idea {idea.pk}",
        reason=reason,
        details={"idea": idea.pk, "name": idea.name, "steps": there - here},
        undoes=undoes,
    )
