"""Writing the draft, so that two people at once do not overwrite each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.ideas.models import Idea
from coproduce.people.access import require_role
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.understanding.models import Draft

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

WRITERS = (Role.ORGANISER, Role.FACILITATOR)
FIELDS = ("title", "introduction", "how_it_was_done", "asked", "order", "what_changed")


class Overtaken(Refused):
    """Somebody else saved the draft meanwhile. What was typed is still in the form."""


def hold_draft(member: TeamMember, revision: int) -> Draft:
    """The draft for a change, if it is still at `revision`. Call inside a transaction.

    Raises PermissionError, Refused once the conversation is closed, or Overtaken.
    """
    require_role(member, *WRITERS)
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    if conversation.is_closed:
        raise Refused("The conversation is closed. What is published stands as it is.")
    draft, _ = Draft.objects.get_or_create(conversation=conversation)
    if draft.revision != revision:
        who = draft.changed_by.name if draft.changed_by else "Somebody"
        raise Overtaken(
            f"{who} saved the draft while you were writing. What you typed is still here and is "
            "not saved. Compare it with what is saved now, then save yours again."
        )
    return draft


def move_on(draft: Draft, member: TeamMember) -> None:
    """Save the draft as its next revision, by this member."""
    draft.revision += 1
    draft.changed_at = timezone.now()
    draft.changed_by = member.account
    draft.save()


@transaction.atomic
def edit_draft(
    *,
    member: TeamMember,
    revision: int,
    title: str,
    introduction: str,
    how_it_was_done: str,
    asked: int | None,
    order: str,
    what_changed: str = "",
) -> Draft:
    """Save what the organisers write around people's words."""
    draft = hold_draft(member, revision)
    given = (title.strip(), introduction.strip(), how_it_was_done.strip(), asked, order)
    values = dict(zip(FIELDS, (*given, what_changed.strip()), strict=True))
    changed = [name for name, value in values.items() if getattr(draft, name) != value]
    if not changed:
        return draft
    for name, value in values.items():
        setattr(draft, name, value)
    move_on(draft, member)
    record(
        conversation=draft.conversation,
        act="edit_draft",
        by=member.account,
        about="draft",
        details={"fields": changed, "revision": draft.revision},
    )
    return draft


@transaction.atomic
def summarise_idea(*, member: TeamMember, revision: int, idea: Idea, summary: str) -> Draft:
    """Write the sentence or two that stand under an idea's heading."""
    draft = hold_draft(member, revision)
    if idea.conversation_id != member.conversation_id or idea.retired_at is not None:
        raise PermissionError(f"{idea} is not an idea of {member}'s conversation.")
    if idea.summary == summary.strip():
        return draft
    before, idea.summary = idea.summary, summary.strip()
    Idea.objects.filter(pk=idea.pk).update(summary=idea.summary, revision=F("revision") + 1)
    move_on(draft, member)
    record(
        conversation=draft.conversation,
        act="summarise_idea",
        by=member.account,
        about=f"idea {idea.pk}",
        details={
            "idea": idea.pk,
            "name": idea.name,
            "name_before": idea.name,
            "summary_before": before,
            "revision": draft.revision,
        },
    )
    return draft
