"""What replies said before they were corrected."""

from __future__ import annotations

from collections.abc import Iterable

from coproduce.decisions.models import Reply


def with_earlier(replies: Iterable[Reply]) -> None:
    """Put what stood before at hand for those that were corrected, in one question or none."""
    corrected = [one for one in replies if one.replaces_id]
    if not corrected:
        return
    before = {
        one.pk: one
        for one in Reply.objects.filter(
            conversation__in={one.conversation_id for one in corrected}
        ).exclude(ended_at=None)
    }
    for one in (*corrected, *before.values()):
        if one.replaces_id in before:
            one.replaces = before[one.replaces_id]
