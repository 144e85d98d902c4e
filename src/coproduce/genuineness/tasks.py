"""Moving public counts in the background."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django_tasks import task

from coproduce.conversations.models import Conversation, Phase
from coproduce.genuineness.counts import move_public_counts


def move_counts_soon(conversation: int) -> None:
    """Have the counts of a conversation looked at, after this transaction."""
    transaction.on_commit(partial(move_counts.enqueue, conversation))


@task()
def move_counts(conversation: int) -> None:
    """Twice is the same as once."""
    found = Conversation.objects.filter(pk=conversation).first()
    # In one that is closed, people may have been deleted, and what was counted stands.
    if found is not None and not found.is_closed:
        move_public_counts(found)


def move_all_counts() -> None:
    """Ask for the counts of every conversation that is under way."""
    for key in (
        Conversation.objects.exclude(phases=[Phase.DRAFT])
        .exclude(phases=[Phase.CLOSED])
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        move_counts.enqueue(key)
