"""Which ideas may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.ideas.models import Idea, Wording

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


def idea(conversation: Conversation, key: int, *, taken_away: bool = False) -> Idea | None:
    """An idea of this conversation; with `taken_away`, also one that somebody took away."""
    found = Idea.objects.all() if taken_away else Idea.objects.kept()
    return found.filter(conversation=conversation, pk=key).select_related("question").first()


def wording(conversation: Conversation, key: int) -> Wording | None:
    """A wording of this conversation that stands now."""
    return Wording.objects.filter(conversation=conversation, pk=key, ended_at=None).first()
