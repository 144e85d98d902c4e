"""A database that several threads may use at once, as web processes do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections


@pytest.fixture
def several_connections(
    transactional_db, tmp_path: Path, django_db_blocker, settings
) -> Iterator[None]:
    """PostgreSQL as it is; SQLite in a file with the pragmas of the settings, not in memory.

    Its tests are marked with `django_db(transaction=True)`: what one thread does, others see.
    """
    settings.FIGURES_REST = 60.0
    if "sqlite" not in connections.settings["default"]["ENGINE"]:
        yield
        return
    with django_db_blocker.unblock():
        database = connections.settings["default"]
        in_memory, name = connections["default"], database["NAME"]
        database["NAME"] = str(tmp_path / "several.sqlite3")
        connections["default"] = connections.create_connection("default")
        try:
            call_command("migrate", run_syncdb=True, verbosity=0)
            yield
        finally:
            connections["default"].close()
            database["NAME"] = name
            connections["default"] = in_memory


def at_once(acts: Iterable[Callable[[], Any]], threads: int = 8) -> list[Any]:
    """Do all of these in threads that each have a connection; raise what any of them raises."""

    def own(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return [done.result() for done in [pool.submit(own, act) for act in acts]]
