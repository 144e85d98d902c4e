"""Which statements somebody who takes part can reach."""

from __future__ import annotations

from django.db.models import Q

from coproduce.people.models import Participant
from coproduce.prepared import PreparedModels
from coproduce.statements.models import Statement
from coproduce.statements.reading import to_read, with_what_is_masked
from coproduce.words.models import Standing

_reached = PreparedModels(
    lambda conversation, ref, participant: (
        to_read()
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


def statement(participant: Participant, ref: str) -> Statement | None:
    """A shown statement of their conversation, or their own until they take it back."""
    found = _reached.first(
        conversation=participant.conversation_id, ref=ref, participant=participant.pk
    )
    if found is not None:
        with_what_is_masked(found).conversation = participant.conversation
    return found
