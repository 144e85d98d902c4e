"""Moving public figures in the background, after answers have been counted."""

from __future__ import annotations

from time import monotonic, sleep

from django.conf import settings
from django_tasks import task

from coproduce.background import Soon
from coproduce.responses import figures

# The worker has other things to do as well: after this many seconds they have their turn.
A_TURN = 5.0
# After each figure it rests so many times as long as that took: a full room needs the processors.
RESTS = 3.0


@task()
def move_figures(conversation: int) -> None:
    """Move what is due, for one turn; what is left waits for the next."""
    began = monotonic()
    for key in figures.due_in(conversation):
        one = monotonic()
        figures.move_due([key])
        if settings.FIGURES_REST:
            sleep(min(A_TURN, RESTS * (monotonic() - one)))
        if monotonic() - began > A_TURN:
            move_figures.enqueue(conversation)
            return


move_figures_soon = Soon(move_figures)
