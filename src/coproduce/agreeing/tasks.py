"""Moving what is shown of wordings, in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task

from coproduce.agreeing import counts
from coproduce.conversations.models import Conversation as Conversations

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


def move_wordings_if_due(conversation: Conversation) -> None:
    """Call after an answer: the worker is asked only when somebody's figures may move."""
    if counts.due_in(conversation):
        transaction.on_commit(partial(move_wordings.enqueue, conversation.pk))


@task()
def move_wordings(conversation: int) -> None:
    """Twice is the same as once: what has moved is not due any more."""
    found = Conversations.objects.filter(pk=conversation).first()
    if found is not None:
        counts.move_due(found)
