"""Which statements somebody who takes part can reach."""

from __future__ import annotations

from django.db.models import Q

from coproduce.people.models import Participant
from coproduce.statements.models import Statement
from coproduce.words.models import Standing


def statement(participant: Participant, ref: str) -> Statement | None:
    """A shown statement of their conversation, or their own until they take it back."""
    found = (
        Statement.objects.with_words()
        .select_related("cluster")
        .filter(conversation_id=participant.conversation_id, words__ref=ref)
        .filter(
            Q(words__standing=Standing.SHOWN)
            | Q(words__participant=participant) & ~Q(words__standing=Standing.WITHDRAWN)
        )
        .first()
    )
    if found is not None:
        found.conversation = participant.conversation
    return found
