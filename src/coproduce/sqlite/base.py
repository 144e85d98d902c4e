"""SQLite, for a full room: whoever waits to write looks again every millisecond.

SQLite has one writer at a time. Who finds it busy takes a nap and looks again, and SQLite's own
naps grow to a tenth of a second. In a full room many nap while nobody writes. A write takes two or
three milliseconds, so the naps here are short.
"""

from __future__ import annotations

import sqlite3
from time import monotonic, sleep

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

NAP = 0.001


class DatabaseWrapper(base.DatabaseWrapper):
    """Raises OperationalError after the `timeout` of the settings, as Django's own does."""

    def _start_transaction_under_autocommit(self) -> None:
        patience: float = self.settings_dict["OPTIONS"].get("timeout", 5)
        until = monotonic() + patience
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            while not self._has_begun(last_try=monotonic() >= until):
                sleep(NAP)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")

    def _has_begun(self, *, last_try: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as problem:
            busy = getattr(problem.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            if last_try or not busy:
                raise
            return False
        return True
