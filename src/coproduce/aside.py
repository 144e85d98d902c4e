"""Long arithmetic of the worker, where pages need the processors.

A process that runs at a low priority may be left waiting while it holds the database's one lock
for writing, and then pages wait for it. So the worker itself runs as pages do, and only its
arithmetic is put aside: to a thread that gets what others leave, and asks the database for nothing.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

Found = TypeVar("Found")

_aside: ThreadPoolExecutor | None = None


def put_arithmetic_aside() -> None:
    """From now on in this process; the worker asks for it when it starts."""
    global _aside
    if _aside is None:
        _aside = ThreadPoolExecutor(1, thread_name_prefix="aside", initializer=_give_way)


def _give_way() -> None:
    # Linux knows this of each thread; elsewhere the arithmetic stays beside the pages. Not a low
    # priority: a processor with such a thread counts as busy, and pages that wake up stand in line
    # at the other one.
    if sys.platform == "linux":
        with suppress(OSError):  # where the system lets nobody choose, it stays beside them too
            os.sched_setscheduler(threading.get_native_id(), os.SCHED_IDLE, os.sched_param(0))


def aside(arithmetic: Callable[[], Found]) -> Found:
    """What `arithmetic` finds. It must ask the database for nothing.

    In the worker it runs aside, while this thread waits; in a web process, here and now.
    """
    if _aside is None:
        return arithmetic()
    return _aside.submit(arithmetic).result()
