"""The order of ideas, and of the statements in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from coproduce.audit.services import record
from coproduce.ideas.models import Idea, Placement
from coproduce.ideas.queries import order_in, places_in
from coproduce.ideas.services.holding import changed, hold_idea
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.clusters import arrangement_changed
from coproduce.statements.models import Cluster, Statement

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


@transaction.atomic
def move_in_idea(
    *,
    statement: Statement,
    idea: Idea,
    by: TeamMember,
    up: bool,
    past: str | None = None,
    revision: int | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> None:
    """Let a statement, with those it was put together with, change places with its neighbour.

    `past`: the reference of the neighbour on the page of the person who moves it. Raises
    Meanwhile where another one stands there now. Statements that are not shown keep their places.
    """
    idea = hold_idea(idea, by, revision=revision)
    statement = Statement.objects.select_related("words").get(pk=statement.pk)
    if statement.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    places = places_in(idea)
    order = order_in(idea, places)
    if statement.cluster_id not in order:
        raise Meanwhile(f"This statement does not stand in “{idea.name}” any more.")
    there = order.index(statement.cluster_id) + (-1 if up else 1)
    neighbour = order[there] if 0 <= there < len(order) else None
    seen = Statement.objects.filter(conversation=by.conversation, words__ref=past or "").first()
    if past and (seen is None or seen.cluster_id != neighbour):
        raise Meanwhile(
            f"Somebody has changed the order in “{idea.name}” meanwhile. Nothing was overwritten. "
            "Look again and send it once more if you still want it."
        )
    if neighbour is None:
        raise Refused(f"This statement is the {'first' if up else 'last'} one already.")
    here = statement.cluster_id
    places[here], places[neighbour] = places[neighbour], places[here]
    _keep_places(idea, places)
    changed(idea)
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act="move_in_idea",
        by=by.account,
        about=statement.ref,
        reason=reason,
        details={
            "idea": idea.pk,
            "statement": statement.pk,
            # By key: the log names no second statement, which may be set apart one day.
            "past": Cluster.objects.get(pk=neighbour).listed_id,
            "way": "up" if up else "down",
        },
        undoes=undoes,
    )


def _keep_places(idea: Idea, places: dict[int, int]) -> None:
    held = Placement.objects.held().filter(idea=idea)
    Placement.objects.bulk_update(
        [
            Placement(pk=key, position=places[cluster])
            for key, cluster, position in held.values_list(
                "pk", "statement__cluster_id", "position"
            )
            if position != places[cluster]
        ],
        ["position"],
    )
