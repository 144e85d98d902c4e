"""Two connections to one file: one writes, the other waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler, OperationalError

from coproduce.sqlite.base import DatabaseWrapper


def connect(file: Path, timeout: float) -> DatabaseWrapper:
    made = ConnectionHandler(
        {
            "default": {
                "ENGINE": "coproduce.sqlite",
                "NAME": str(file),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": timeout,
                    "init_command": "PRAGMA journal_mode=WAL",
                },
            }
        }
    )["default"]
    assert isinstance(made, DatabaseWrapper)
    made.inc_thread_sharing()
    return made


@pytest.fixture
def file(tmp_path: Path, django_db_blocker) -> Iterator[Path]:
    file = tmp_path / "room.sqlite3"
    with django_db_blocker.unblock():
        first = connect(file, 5)
        with first.cursor() as cursor:
            cursor.execute("CREATE TABLE said (words TEXT)")
        first.close()
        yield file


def begin(connection: DatabaseWrapper) -> None:
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection: DatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


def say(connection: DatabaseWrapper, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO said VALUES (%s)", [words])


def test_who_waits_writes_after_the_other_has_finished(file: Path) -> None:
    amina, ben = connect(file, 20), connect(file, 20)
    begin(amina)
    waits = threading.Event()

    def bens() -> None:
        waits.set()
        begin(ben)
        say(ben, "Ben's")
        end(ben)

    thread = threading.Thread(target=bens)
    thread.start()
    waits.wait()
    say(amina, "Amina's")
    assert thread.is_alive()
    end(amina)
    thread.join(20)
    with amina.cursor() as cursor:
        cursor.execute("SELECT words FROM said ORDER BY rowid")
        assert cursor.fetchall() == [("Amina's",), ("Ben's",)]
    amina.close()
    ben.close()


def test_nobody_waits_without_end(file: Path) -> None:
    amina, ben = connect(file, 20), connect(file, 0.05)
    begin(amina)
    with pytest.raises(OperationalError, match="locked"):
        begin(ben)
    end(amina)
    begin(ben)
    say(ben, "Ben's, later")
    end(ben)
    amina.close()
    ben.close()


def test_a_write_outside_a_transaction_waits_as_sqlite_does(file: Path) -> None:
    amina = connect(file, 7)
    begin(amina)
    end(amina)
    with amina.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (7000,)
    amina.close()


def test_another_problem_is_told_at_once(file: Path) -> None:
    amina = connect(file, 20)
    begin(amina)
    # A transaction inside a transaction is a mistake, and no waiting helps.
    with pytest.raises(OperationalError, match="within a transaction"):
        amina._start_transaction_under_autocommit()
    end(amina)
    amina.close()
