"""Whose words may be told to be of which partner group (services/whose_words.py decides)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.genuineness.models import PublicCount

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

ABOUT = "whose words"
NO_GROUP = "No group given"
NOT_TOLD = "Not told, so that nobody can be picked out"
NOT_YET = "Not told yet"


def told_groups(conversation: Conversation) -> dict[str, list[str]]:
    """By reference, the keys of the partner groups of who wrote it; only where they may be told."""
    kept = PublicCount.objects.filter(conversation=conversation, about=ABOUT).first()
    return {} if kept is None else dict(kept.shown["told"])


def from_whom(conversation: Conversation) -> dict[str, str]:
    """By reference of every statement that was decided on: the partner group in words."""
    kept = PublicCount.objects.filter(conversation=conversation, about=ABOUT).first()
    if kept is None:
        return {}
    labels = {group.key: group.label for group in conversation.partner_groups.all()}
    said = {
        ref: " and ".join(labels.get(key, key) for key in keys) or NO_GROUP
        for ref, keys in kept.shown["told"].items()
    }
    return {**dict.fromkeys(kept.shown["not_told"], NOT_TOLD), **said}
