"""A background worker."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep

from coproduce.commands import DONE

HELP = """Work through what pages leave for later: suggestions, mail, deletions.

`coproduce serve` starts one by itself. Start more, on any machine, when one is not enough."""

log = logging.getLogger(__name__)

# Far longer than any work of ours takes: what still runs then is left from a machine that went.
GIVEN_UP_AFTER = timedelta(hours=1)
LOOKED_AT_EVERY = 60.0
COUNTED_EVERY = 10  # minutes
# A rest follows each piece of work, as long as it took but no longer than this (seconds). So pages
# find a processor from the first second in which a room fills.
LONGEST_REST = 1.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--interval", type=float, default=1.0, help="seconds between looks for work (default: 1)"
    )


def act(options: argparse.Namespace) -> int:
    from django.core.management import call_command

    from coproduce.aside import put_arithmetic_aside
    from coproduce.memory import keep_what_is_loaded

    put_arithmetic_aside()
    keep_what_is_loaded()
    threading.Thread(target=_look_after_things, daemon=True).start()
    _rest_after_work()
    name = f"{socket.gethostname()[:36]}/{os.getpid()}/{secrets.token_hex(4)}"
    call_command(
        "db_worker",
        queue_name="*",
        interval=options.interval,
        worker_id=name,
        startup_delay=False,
        reload=False,
        verbosity=0,  # a line for each piece of work would bury the links above it
    )
    return DONE


def _rest_after_work() -> None:
    from django_tasks.signals import task_finished, task_started

    began = [monotonic()]

    def note_the_time(**about: object) -> None:
        began[0] = monotonic()

    def rest(**about: object) -> None:
        sleep(rest_after(monotonic() - began[0]))

    task_started.connect(note_the_time, weak=False)
    task_finished.connect(rest, weak=False)


def rest_after(took: float) -> float:
    """Seconds to rest after work that took so long."""
    return min(took, LONGEST_REST)


def _look_after_things() -> None:
    """What nobody asks for and has to happen: every minute, in every worker."""
    from django.db import close_old_connections

    stop = threading.Event()
    minutes = 0
    while True:
        look_after_things(minutes)
        minutes += 1
        close_old_connections()
        stop.wait(LOOKED_AT_EVERY)


def look_after_things(minutes: int = 0) -> None:
    """One minute's round. What fails is tried again the next time; the others go on."""
    from coproduce.genuineness.tasks import move_all_counts
    from coproduce.reports.services import make_ready_again
    from coproduce.telling.services import delete_due_addresses, send_what_is_due
    from coproduce.words.services.deleting import delete_what_is_due

    things: list[Callable[[], object]] = [
        reap,
        delete_what_is_due,
        delete_due_addresses,
        send_what_is_due,
        make_ready_again,
    ]
    if minutes % COUNTED_EVERY == 0:
        # Counts of people move with what many acts do, so that they are looked at by the clock.
        things.append(move_all_counts)
    for thing in things:
        try:
            thing()
        except Exception:
            log.exception("The background worker could not do this now: %s", thing)


def reap() -> int:
    """Give work back whose worker was killed in the middle of it; how many pieces.

    A worker of this machine is gone when its process is. Others are given an hour. All our work
    may be done twice without harm.
    """
    from django.utils import timezone
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    given_back = 0
    for result in DBTaskResult.objects.running():
        worker = result.worker_ids[-1] if result.worker_ids else ""
        too_long = result.started_at and result.started_at < timezone.now() - GIVEN_UP_AFTER
        if too_long or _is_gone(worker):
            given_back += DBTaskResult.objects.filter(
                pk=result.pk, status=TaskResultStatus.RUNNING, started_at=result.started_at
            ).update(status=TaskResultStatus.READY, started_at=None)
    return given_back


def _is_gone(worker: str) -> bool:
    machine, _, rest = worker.partition("/")
    process = rest.partition("/")[0]
    if machine != socket.gethostname()[:36] or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
