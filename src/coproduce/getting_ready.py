"""What a process keeps of the area and of final reports, worked out before somebody asks for it.

The first request of a process, or after a decision, would wait for it up to half a second
(docs/decisions, 79). So each web process looks after it by itself.
"""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection

from coproduce.area.queries.view import area_view
from coproduce.reports.queries.annual import MOST_KEPT, final_without_words, reports

log = logging.getLogger(__name__)

EVERY = 30.0  # seconds


def get_ready() -> None:
    """Nothing rests on it: what fails here is done when it is needed."""
    try:
        area_view()
        # With what was frozen, which the others leave unread.
        for report in reports().filter(final_at__isnull=False).defer(None)[:MOST_KEPT]:
            final_without_words(report)
    except DatabaseError as problem:
        log.warning("Getting ready the page of the area failed: %s", problem)


def keep_ready_in_background() -> threading.Thread:
    """`get_ready` now and from time to time, beside the requests."""

    def run() -> None:
        while True:
            try:
                get_ready()
            finally:
                connection.close()
            threading.Event().wait(EVERY)

    thread = threading.Thread(target=run, name="keep-ready", daemon=True)
    thread.start()
    return thread
