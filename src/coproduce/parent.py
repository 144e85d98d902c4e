"""Processes that end with the one that started them."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys


def end_with_parent(by: signal.Signals = signal.SIGTERM) -> None:
    """Where the process that started this one is killed outright, Linux ends this one too.

    What lived on would hold the port against the next start.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, by)
        started_by = multiprocessing.parent_process()
        if started_by is not None and started_by.pid != os.getppid():  # it went before
            os.kill(os.getpid(), by)
