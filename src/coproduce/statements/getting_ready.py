"""Getting ready to find alike statements, before the first person needs it."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from coproduce.conversations.models import Conversation, Doing
from coproduce.statements.likeness import MOST_CONVERSATIONS, index_of
from coproduce.statements.sentence_model import vector_of

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Load the model, and index what the conversations hold that collect words now.

    Without this the first person after a start would wait a second or two for what is like their
    words. Nothing rests on it: what fails here is done when it is needed.
    """
    try:
        vector_of("ready")
        newest = Conversation.objects.exclude(phases=["closed"]).order_by("-pk")[:100]
        open_now = [one for one in newest if one.allows(Doing.SAY)][:MOST_CONVERSATIONS]
        for conversation in open_now:
            index_of(conversation.pk)
    except (DatabaseError, OSError, RuntimeError) as problem:
        log.warning("Getting ready to find alike statements failed: %s", problem)


def warm_up_in_background() -> threading.Thread:
    """`warm_up` beside the first requests; its database connection is closed at the end."""

    def run() -> None:
        try:
            warm_up()
        finally:
            connection.close()

    thread = threading.Thread(target=run, name="warm-up", daemon=True)
    thread.start()
    return thread
