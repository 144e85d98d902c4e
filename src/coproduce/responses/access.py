"""Which statements somebody who takes part can reach."""

from __future__ import annotations

from django.db.models import Q

from coproduce.people.models import Participant
from coproduce.prepared import PreparedModels
from coproduce.statements.models import Statement
from coproduce.statements.reading import with_what_is_masked
from coproduce.words.models import Standing

_reached = PreparedModels(
    lambda conversation, ref, participant: (
        Statement.objects.select_related("words__kept_text")
        .filter(conversation_id=conversation, words__ref=ref)
        .filter(
            Q(words__standing=Standing.SHOWN)
            | Q(words__participant_id=participant) & ~Q(words__standing=Standing.WITHDRAWN)
        )
    ),
    "conversation",
    "ref",
    "participant",
)


def statement(participant: Participant, ref: str, *, to_read: bool = True) -> Statement | None:
    """A shown statement of their conversation, or their own until they take it back.

    `to_read` false: nobody is shown its words now, so that what is masked in them is not asked for.
    """
    found = _reached.first(
        conversation=participant.conversation_id, ref=ref, participant=participant.pk
    )
    if found is not None:
        if to_read:
            with_what_is_masked(found)
        found.conversation = participant.conversation
    return found
