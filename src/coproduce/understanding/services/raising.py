"""Questions that people raised, published as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.refused import Refused
from coproduce.understanding.models import RaisedQuestion
from coproduce.understanding.services.writing import hold_draft, move_on
from coproduce.words.services import tidy

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

MOST_LETTERS = 500


@transaction.atomic
def raise_question(*, member: TeamMember, revision: int, text: str) -> RaisedQuestion:
    """Type in a question that people raised in a room. It stands last."""
    draft = hold_draft(member, revision)
    text = tidy(text)
    if not text:
        raise Refused("Write the question.", field="text")
    if len(text) > MOST_LETTERS:
        raise Refused(f"Write at most {MOST_LETTERS} letters.", field="text")
    last = draft.conversation.raised_questions.order_by("-position").first()
    raised = RaisedQuestion.objects.create(
        conversation=draft.conversation, text=text, position=last.position + 1 if last else 0
    )
    move_on(draft, member)
    record(
        conversation=draft.conversation,
        act="raise_question",
        by=member.account,
        about=f"raised question {raised.pk}",
    )
    return raised


@transaction.atomic
def retire_raised(*, member: TeamMember, revision: int, raised: RaisedQuestion) -> None:
    """Take a question out of the draft. What is published with it stands."""
    draft = hold_draft(member, revision)
    _is_ours(member, raised)
    raised.retired_at = timezone.now()
    raised.save(update_fields=["retired_at"])
    move_on(draft, member)
    record(
        conversation=draft.conversation,
        act="retire_raised_question",
        by=member.account,
        about=f"raised question {raised.pk}",
    )


@transaction.atomic
def move_raised(*, member: TeamMember, revision: int, raised: RaisedQuestion, up: bool) -> None:
    """Move a question one place up or down."""
    draft = hold_draft(member, revision)
    _is_ours(member, raised)
    kept = list(draft.conversation.raised_questions.filter(retired_at=None))
    place = next(i for i, one in enumerate(kept) if one.pk == raised.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(kept):
        return
    kept[place], kept[other] = kept[other], kept[place]
    for position, one in enumerate(kept):
        one.position = position
    RaisedQuestion.objects.bulk_update(kept, ["position"])
    move_on(draft, member)


def _is_ours(member: TeamMember, raised: RaisedQuestion) -> None:
    if raised.conversation_id != member.conversation_id or raised.retired_at is not None:
        raise PermissionError("This question is not of the member's conversation.")
