"""The conversation that an operator names on the command line."""

from __future__ import annotations

from coproduce.conversations.models import Conversation
from coproduce.refused import Refused


def conversation_called(slug: str) -> Conversation:
    """The conversation with this short name. Raises Refused, and says which there are."""
    found = Conversation.objects.filter(slug=slug).prefetch_related("partner_groups").first()
    if found is None:
        there = ", ".join(Conversation.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Refused(f"There is no conversation {slug!r}. There are: {there or 'none yet'}.")
    return found
