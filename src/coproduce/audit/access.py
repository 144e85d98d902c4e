"""Which entries of the log may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.audit.models import Entry

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


def entry(conversation: Conversation, key: int) -> Entry | None:
    """An entry of this conversation that is not for the safeguarding lead alone."""
    return Entry.objects.filter(conversation=conversation, pk=key, for_safeguarding=False).first()
