"""Combined wordings: one sentence of a facilitator for several statements, shown as such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.ideas.models import Placement, Wording
from coproduce.refused import Refused
from coproduce.statements.models import Statement
from coproduce.understanding.models import Draft
from coproduce.understanding.services.writing import hold_draft, move_on

if TYPE_CHECKING:
    from coproduce.audit.models import Entry
    from coproduce.ideas.models import Idea
    from coproduce.people.models import TeamMember

MOST_LETTERS = 600


@transaction.atomic
def word_together(
    *,
    member: TeamMember,
    revision: int,
    idea: Idea,
    text: str,
    statements: Sequence[int],
    replaces: Wording | None = None,
) -> Wording:
    """Write one wording for statements of an idea. Their own words stay, one tap away.

    `statements` are keys of statements that stand in the idea. A new text for a wording is a new
    wording that replaces it. Raises Refused or Overtaken.
    """
    draft = hold_draft(member, revision)
    if idea.conversation_id != member.conversation_id or idea.retired_at is not None:
        raise PermissionError(f"{idea} is not an idea of {member}'s conversation.")
    text = text.strip()
    if not text:
        raise Refused("Write the wording.", field="text")
    if len(text) > MOST_LETTERS:
        raise Refused(f"Write at most {MOST_LETTERS} letters.", field="text")
    rests_on = list(
        Statement.objects.filter(
            pk__in=Placement.objects.held().filter(idea=idea).values("statement"),
            words_id__in=statements,
        ).shown()
    )
    if not rests_on:
        raise Refused("Choose the words that the wording rests on.", field="statements")
    _each_stands_once(idea, rests_on, replaces)
    now = timezone.now()
    if replaces is not None:
        _end(replaces, idea)
    wording = Wording.objects.create(
        conversation=draft.conversation,
        idea=idea,
        text=text,
        position=0 if replaces is None else replaces.position,
        by=member.account,
        at=now,
        replaces=replaces,
    )
    wording.rests_on.set(rests_on)
    move_on(draft, member)
    record(
        conversation=draft.conversation,
        act="word_together",
        by=member.account,
        about=f"idea {idea.pk}",
        details={
            "wording": wording.pk,
            "replaces": replaces.pk if replaces else None,
            "rests_on": sorted(statement.ref for statement in rests_on),
        },
    )
    return wording


@transaction.atomic
def end_wording(*, member: TeamMember, revision: int, wording: Wording) -> None:
    """Take a wording out of the draft: the words stand by themselves again."""
    draft = hold_draft(member, revision)
    if wording.conversation_id != member.conversation_id:
        raise PermissionError("This wording is not of the member's conversation.")
    _end(wording, wording.idea)
    move_on(draft, member)
    record(
        conversation=draft.conversation,
        act="end_wording",
        by=member.account,
        about=f"idea {wording.idea_id}",
        details={"wording": wording.pk},
    )


@transaction.atomic
def undo_wording(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Undo writing a wording or taking it out: what stood before stands again."""
    draft, _ = Draft.objects.get_or_create(conversation=by.conversation)
    draft = hold_draft(by, draft.revision)
    wording = Wording.objects.select_related("idea").get(pk=entry.details["wording"])
    if entry.act == "word_together":
        _end(wording, wording.idea)
        again = wording.replaces
    else:
        again = wording
    if again is not None:
        if again.idea.retired_at is not None:
            raise Refused("The idea of this wording was taken away. Bring the idea back first.")
        if again.ended_at is None:
            raise Refused("This wording stands again already.")
        _each_stands_once(again.idea, list(again.rests_on.shown()), again)
        again.ended_at = None
        again.save(update_fields=["ended_at"])
    move_on(draft, by)
    record(
        conversation=draft.conversation,
        act="undo_wording",
        by=by.account,
        about=f"idea {wording.idea_id}",
        reason=reason,
        details={"wording": wording.pk},
        undoes=entry,
    )


def _each_stands_once(idea: Idea, rests_on: list[Statement], replaces: Wording | None) -> None:
    clusters = {statement.cluster_id for statement in rests_on}
    others = idea.wordings.filter(ended_at=None, rests_on__cluster__in=clusters)
    if replaces is not None:
        others = others.exclude(pk=replaces.pk)
    other = others.first()
    if other is not None:
        raise Refused(
            f"Some of these words stand under another wording of this idea: “{other.text}”. "
            "Words stand under one wording in an idea.",
            field="statements",
        )


def _end(wording: Wording, idea: Idea) -> None:
    if wording.idea_id != idea.pk or not wording.is_current:
        raise Refused("This wording was changed meanwhile. Load the page again.")
    wording.ended_at = timezone.now()
    wording.save(update_fields=["ended_at"])
