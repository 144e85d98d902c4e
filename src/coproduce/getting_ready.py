"""What a web process keeps, worked out before somebody asks for it.

The first who say something would be shown what is like their words by its letters alone, and the
first who listen would wait a tenth of a second for how far statements were heard; the first one of
a process, or after a decision, up to half a second for the area and final reports (docs/decisions,
79). So each web process looks after it by itself.
"""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from coproduce.area.queries.view import area_view
from coproduce.conversations.models import Doing
from coproduce.conversations.queries import newest_that_allow
from coproduce.reports.queries.annual import MOST_KEPT, final_without_words, reports
from coproduce.responses.queries.heard import heard_here
from coproduce.statements.getting_ready import warm_up

log = logging.getLogger(__name__)

EVERY = 30.0  # seconds
# The latest of those that are answered now. Of the others, the first who listens reads it.
MOST_HEARD = 20


def get_ready() -> None:
    """Nothing rests on it: what fails here is done when it is needed."""
    try:
        area_view()
        # With what was frozen, which the others leave unread.
        for report in reports().filter(final_at__isnull=False).defer(None)[:MOST_KEPT]:
            final_without_words(report)
    except DatabaseError as problem:
        log.warning("Getting ready the page of the area failed: %s", problem)


def read_what_was_heard() -> None:
    """How far the statements of conversations that are answered now have been heard."""
    try:
        for one in newest_that_allow(Doing.ANSWER, MOST_HEARD):
            heard_here(one.pk)
    except DatabaseError as problem:
        log.warning("Getting ready what was heard failed: %s", problem)


def keep_ready_in_background() -> threading.Thread:
    """`get_ready` now and from time to time, and the others once, beside the requests."""

    def run() -> None:
        is_warm = False
        while True:
            try:
                if not is_warm:
                    warm_up()
                    read_what_was_heard()
                    is_warm = True
                get_ready()
            finally:
                connection.close()
            threading.Event().wait(EVERY)

    thread = threading.Thread(target=run, name="keep-ready", daemon=True)
    thread.start()
    return thread
