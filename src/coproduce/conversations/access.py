"""Which conversations may be reached, by whom."""

from __future__ import annotations

from coproduce.conversations.models import Conversation, KeyTurn


def opened(slug: str) -> Conversation | None:
    """A conversation that has been opened: its public and taking-part pages exist."""
    conversation = Conversation.objects.filter(slug=slug).prefetch_related("partner_groups").first()
    return None if conversation is None or conversation.is_draft else conversation


def key_turn(conversation: Conversation, key: int) -> KeyTurn | None:
    """A key of this conversation that waits for its second."""
    return (
        conversation.key_turns.filter(pk=key, second_at=None, ended_at=None)
        .select_related("first_by__account", "first_by__partner_group")
        .first()
    )
