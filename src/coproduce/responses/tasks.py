"""Moving public figures in the background, after answers have been counted."""

from __future__ import annotations

from time import monotonic

from django_tasks import task

from coproduce.background import Soon
from coproduce.responses import figures

# The worker has other things to do as well, and rests between pieces of work where pages need the
# processors (commands/work.py): after this many seconds it is another piece.
A_TURN = 1.0


@task()
def move_figures(conversation: int) -> None:
    """Move what is due, for one turn; what is left waits for the next."""
    due = figures.due_in(conversation)
    began = monotonic()
    for key in due:
        figures.move_due([key])
        if monotonic() - began > A_TURN:
            move_figures.enqueue(conversation)
            return


move_figures_soon = Soon(move_figures)
