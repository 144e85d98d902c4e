"""Keeping a public count that was worked out while nothing was locked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from coproduce.conversations.models import Conversation, Phase
from coproduce.genuineness.models import PublicCount


@transaction.atomic
def keep_moved(
    before: PublicCount | None,
    *,
    conversation: Conversation,
    about: str,
    people: int,
    shown: dict[str, Any],
    memory: dict[str, Any],
) -> PublicCount:
    """The count as it now stands.

    `before`: what the new one was checked against, None where there was none. Where somebody else
    moved it meanwhile, theirs stands: two of them were not checked against each other. In a
    conversation that was closed meanwhile what was counted before stands: people may be gone.
    """
    values = {"people": people, "shown": shown, "memory": memory, "moved_at": timezone.now()}
    counts = PublicCount.objects.filter(conversation=conversation, about=about)
    if before is None:
        now, _ = counts.get_or_create(conversation=conversation, about=about, defaults=values)
        return now
    still = counts.filter(moved_at=before.moved_at)
    still.exclude(conversation__phases=[Phase.CLOSED]).update(**values)
    return counts.get()
