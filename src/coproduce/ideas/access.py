"""Which ideas may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.ideas.models import Idea

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


def idea(conversation: Conversation, key: int) -> Idea | None:
    return (
        Idea.objects.kept()
        .filter(conversation=conversation, pk=key)
        .select_related("question")
        .first()
    )
