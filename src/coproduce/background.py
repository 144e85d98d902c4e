"""Work for the background worker that is asked for often, and done once for all the asking."""

from __future__ import annotations

import threading
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone


class Soon:
    """Have a task done for a conversation, once for all that happens in some seconds.

    It is done at the end of those seconds (settings.FIGURES_REST), so that nothing is missed.
    """

    def __init__(self, task: Any) -> None:
        self.task = task
        self._asked: dict[int, float] = {}
        self._asking = threading.Lock()

    def __call__(self, conversation: int) -> None:
        # Looked at only after the act that asks: a piece of work that is put down already may be
        # done before the act is kept, and would miss it.
        transaction.on_commit(partial(self._enqueue, conversation))

    def _is_asked(self, conversation: int) -> bool:
        return monotonic() - self._asked.get(conversation, -1e9) < settings.FIGURES_REST

    def _enqueue(self, conversation: int) -> None:
        # Noted only now: where a transaction comes to nothing, so does what it asked for.
        with self._asking:
            if self._is_asked(conversation):
                return
            self._asked[conversation] = monotonic()
        if settings.FIGURES_REST and self.task.get_backend().supports_defer:
            soon = timezone.now() + timedelta(seconds=settings.FIGURES_REST)
            self.task.using(run_after=soon).enqueue(conversation)
        else:
            self.task.enqueue(conversation)
