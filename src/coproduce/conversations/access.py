"""Which conversations may be reached, by whom."""

from __future__ import annotations

from coproduce.conversations.models import Conversation


def opened(slug: str) -> Conversation | None:
    """A conversation that has been opened: its public and taking-part pages exist."""
    conversation = Conversation.objects.filter(slug=slug).prefetch_related("partner_groups").first()
    return None if conversation is None or conversation.is_draft else conversation
