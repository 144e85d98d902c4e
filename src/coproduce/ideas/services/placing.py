"""Statements in ideas. A statement stands for its cluster; it may stand in several ideas."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.ideas.models import Idea, Placement
from coproduce.ideas.services.holding import hold_idea
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.access import require_arranging
from coproduce.statements.clusters import arrangement_changed
from coproduce.statements.models import Statement

if TYPE_CHECKING:
    from coproduce.audit.models import Entry


def stands_in(statement: Statement) -> dict[int, str]:
    """Ideas, by key with their names, in which a statement of this one's cluster stands."""
    return dict(
        Placement.objects.held()
        .filter(statement__cluster=statement.cluster_id, idea__retired_at=None)
        .order_by("idea__position", "idea_id")
        .values_list("idea_id", "idea__name")
    )


def _as_seen(statement: Statement, seen: Collection[int] | None) -> dict[int, str]:
    now = stands_in(statement)
    if seen is not None and set(now) != set(seen):
        where = ", ".join(f"“{name}”" for name in now.values()) or "no idea"
        raise Meanwhile(
            f"Somebody has moved this statement meanwhile. It stands in {where} now. "
            "Nothing was overwritten."
        )
    return now


@transaction.atomic
def place_in(
    *,
    statement: Statement,
    idea: Idea,
    by: TeamMember,
    out_of: Idea | None = None,
    seen: Collection[int] | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> Placement:
    """Put a statement in an idea; with `out_of`, move it from there.

    `seen`: keys of the ideas in which it stood on the page of the person who moves it. Raises
    Meanwhile where somebody else has moved it since.
    """
    idea = hold_idea(idea, by, revision=None)
    statement = Statement.objects.select_related("words").get(pk=statement.pk)
    if statement.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    if not statement.is_open:
        raise Meanwhile("This statement is not shown any more. Nothing was changed.")
    if statement.question_id != idea.question_id:
        raise Refused("This idea answers another question. Choose one of the same question.")
    now = _as_seen(statement, seen)
    if idea.pk in now:
        raise Meanwhile(f"This statement stands in “{idea.name}” already.")
    removed = _remove(statement, out_of) if out_of is not None else []
    last = idea.placements.aggregate(last=Max("position"))["last"]
    placement = Placement.objects.create(
        idea=idea,
        statement=statement,
        position=0 if last is None else last + 1,
        placed_by=by.account,
    )
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act="place_in",
        by=by.account,
        about=statement.ref,
        reason=reason,
        details={
            "placement": placement.pk,
            "removed": removed,
            "idea": idea.pk,
            "out_of": out_of.pk if out_of else None,
        },
        undoes=undoes,
    )
    return placement


@transaction.atomic
def remove_from(
    *,
    statement: Statement,
    idea: Idea,
    by: TeamMember,
    seen: Collection[int] | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> None:
    """Take a statement, with those it was put together with, out of an idea."""
    idea = hold_idea(idea, by, revision=None)
    if statement.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    if idea.pk not in _as_seen(statement, seen):
        raise Meanwhile(f"This statement does not stand in “{idea.name}” any more.")
    removed = _remove(statement, idea)
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act="remove_from",
        by=by.account,
        about=statement.ref,
        reason=reason,
        details={"placement": None, "removed": removed, "idea": idea.pk},
        undoes=undoes,
    )


def _remove(statement: Statement, idea: Idea) -> list[int]:
    here = Placement.objects.held().filter(idea=idea, statement__cluster=statement.cluster_id)
    keys = list(here.values_list("pk", flat=True))
    Placement.objects.filter(pk__in=keys).update(removed_at=timezone.now())
    return keys


@transaction.atomic
def put_back(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Undo a placement, a move or a removal: the placements stand as they did before it."""
    require_arranging(by)
    placement = Placement.objects.filter(pk=entry.details["placement"]).first()
    if placement is not None:
        held = Placement.objects.held().filter(
            idea=placement.idea_id, statement=placement.statement_id
        )
        if not held.update(removed_at=timezone.now()):
            raise Meanwhile("Somebody has moved this statement since. Nothing was changed.")
    again = restore(entry.details["removed"], by)
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act="put_back",
        by=by.account,
        about=entry.about,
        reason=reason,
        details={"placements": again},
        undoes=entry,
    )


def restore(keys: Sequence[int], by: TeamMember) -> list[int]:
    """New placements like ones that were removed, where the idea stands and has none."""
    made = []
    for old in Placement.objects.filter(pk__in=keys, idea__retired_at=None).order_by("pk"):
        taken = Placement.objects.held().filter(idea=old.idea_id, statement=old.statement_id)
        if not taken.exists():
            made.append(
                Placement.objects.create(
                    idea_id=old.idea_id,
                    statement_id=old.statement_id,
                    position=old.position,
                    placed_by=by.account,
                ).pk
            )
    return made
