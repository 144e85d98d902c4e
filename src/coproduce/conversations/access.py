"""Which conversations may be reached, by whom."""

from __future__ import annotations

from time import monotonic

from django.conf import settings

from coproduce.conversations.models import Conversation, KeyTurn

_kept: dict[str, tuple[float, Conversation]] = {}


def opened(slug: str) -> Conversation | None:
    """A conversation that has been opened: its public and taking-part pages exist.

    A web process goes on from what it read for a second (settings.CONVERSATION_KEPT_FOR): every
    page of a full room asks for the same few rows. So pages only read it; team pages never get it.
    """
    kept = _kept.get(slug)
    if kept and monotonic() - kept[0] < settings.CONVERSATION_KEPT_FOR:
        return kept[1]
    read_at = monotonic()
    conversation = (
        Conversation.objects.filter(slug=slug)
        .prefetch_related("partner_groups", "questions")
        .first()
    )
    _kept.pop(slug, None)
    if conversation is None or conversation.is_draft:
        return None
    _kept[slug] = (read_at, conversation)
    return conversation


def forget_all() -> None:
    """Drop what this process keeps, for tests."""
    _kept.clear()


def key_turn(conversation: Conversation, key: int) -> KeyTurn | None:
    """A key of this conversation that waits for its second."""
    return (
        conversation.key_turns.filter(pk=key, second_at=None, ended_at=None)
        .select_related("first_by__account", "first_by__partner_group")
        .first()
    )
