"""Getting ready to find alike statements, before the first person needs it."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from coproduce.conversations.models import Doing
from coproduce.conversations.queries import newest_that_allow
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
        for conversation in newest_that_allow(Doing.SAY, MOST_CONVERSATIONS):
            index_of(conversation.pk)
    except (DatabaseError, OSError, RuntimeError) as problem:
        log.warning("Getting ready to find alike statements failed: %s", problem)
