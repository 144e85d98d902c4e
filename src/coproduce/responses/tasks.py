"""Moving public figures in the background, after answers have been counted."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from coproduce.responses import figures

# The worker has other things to do as well: after this many seconds they have their turn.
A_TURN = 5.0

_asked: dict[int, float] = {}
_asking = threading.Lock()


def move_figures_soon(conversation: int) -> None:
    """Have the figures of a conversation looked at, once for all the answers of some seconds.

    The look comes at the end of those seconds (settings.FIGURES_REST), so that none is missed.
    """
    now = monotonic()
    with _asking:
        if now - _asked.get(conversation, -1e9) < settings.FIGURES_REST:
            return
        _asked[conversation] = now
    transaction.on_commit(partial(_enqueue, conversation))


def _enqueue(conversation: int) -> None:
    if settings.FIGURES_REST and move_figures.get_backend().supports_defer:
        soon = timezone.now() + timedelta(seconds=settings.FIGURES_REST)
        move_figures.using(run_after=soon).enqueue(conversation)
    else:
        move_figures.enqueue(conversation)


@task()
def move_figures(conversation: int) -> None:
    """Move what is due, for one turn; what is left waits for the next."""
    began = monotonic()
    for key in figures.due_in(conversation):
        figures.move_due([key])
        if monotonic() - began > A_TURN:
            move_figures.enqueue(conversation)
            return
