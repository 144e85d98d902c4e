"""A database that several threads may use at once, as web processes do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory, django_db_setup, django_db_blocker) -> Path | None:
    """An SQLite file with all tables and no rows, to be copied. None for PostgreSQL."""
    if "sqlite" not in connections.settings["default"]["ENGINE"]:
        return None
    file = tmp_path_factory.mktemp("tables") / "empty.sqlite3"
    with django_db_blocker.unblock(), _default_in(file):
        call_command("migrate", run_syncdb=True, verbosity=0)
    return file


@contextmanager
def _default_in(file: Path) -> Iterator[None]:
    """The default database is this SQLite file, with the pragmas of the settings."""
    database = connections.settings["default"]
    in_memory, name = connections["default"], database["NAME"]
    database["NAME"] = str(file)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        database["NAME"] = name
        connections["default"] = in_memory


@pytest.fixture
def several_connections(
    transactional_db, empty_tables: Path | None, tmp_path: Path, django_db_blocker, settings
) -> Iterator[None]:
    """PostgreSQL as it is; SQLite in a file with the pragmas of the settings, not in memory.

    Its tests are marked with `django_db(transaction=True)`: what one thread does, others see.
    """
    settings.FIGURES_REST = 60.0
    if empty_tables is None:
        yield
        return
    file = tmp_path / "several.sqlite3"
    shutil.copyfile(empty_tables, file)
    with django_db_blocker.unblock(), _default_in(file):
        yield


def at_once(acts: Iterable[Callable[[], Any]], threads: int = 8) -> list[Any]:
    """Do all of these in threads that each have a connection; raise what any of them raises."""

    def own(act: Callable[[], Any]) -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return [done.result() for done in [pool.submit(own, act) for act in acts]]
