"""Getting ready to find alike statements, before the first person needs it."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from coproduce.conversations.models import Doing
from coproduce.conversations.queries import newest_that_allow
from coproduce.statements.likeness import MOST_CONVERSATIONS, index_of
from coproduce.statements.sentence_model import load_model

log = logging.getLogger(__name__)


def warm_up() -> None:
    """Index what the conversations hold that collect words now, and load the model.

    Whoever comes before it is done waits for no model: they are shown what is alike by its letters.
    Nothing rests on it: what fails here is done when it is needed.
    """
    try:
        for conversation in newest_that_allow(Doing.SAY, MOST_CONVERSATIONS):
            index_of(conversation.pk)
        load_model()
    except (DatabaseError, OSError, RuntimeError) as problem:
        log.warning("Getting ready to find alike statements failed: %s", problem)
