"""The server is killed again and again in a full room. What it acknowledged is always there."""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.service.serving import ROOT, Server
from django.conf import settings

MAKE = """
import json, os, sys
import django
from django.conf import settings
django.setup()
from django.core.management import call_command
settings.MIGRATION_MODULES = {name: None for name in
    ("coproduce", "auth", "contenttypes", "sessions", "django_tasks_db", "axes")}
call_command("migrate", run_syncdb=True, verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
from benchmarks.service import world
from benchmarks.service.phones import cookie
made = world.make_conversation("room", one_room=True)
people = world.add_people(made, 24)
world.add_statements(made, [], 60)
print(json.dumps([[key, cookie(made.pk, key)] for key in people]))
"""
COMPARE = """
import json, sys
import django
django.setup()
from benchmarks.service.room import Noted, lost
from django.db import transaction
answers, statements = json.load(sys.stdin)
noted = Noted(answers={tuple(one) for one in answers}, statements=set(statements))
from coproduce.people.models import Participant
from coproduce.responses.models import Tally
from coproduce.responses.tallies import rebuild
from coproduce.statements.models import Cluster
def tallies():
    rows = Tally.objects.values_list(
        "cluster", "membership", "agree", "disagree", "not_sure", "mixed")
    return sorted(row for row in rows if any(row[2:]))
before = tallies()
with transaction.atomic():
    rebuild(Cluster.objects.values_list("pk", flat=True))
print(json.dumps({"lost": lost(noted), "tallies_hold": tallies() == before}))
"""
KILLS = 3


@pytest.fixture
def address(tmp_path) -> Iterator[str]:
    """A database of its own, of the kind that the tests run on."""
    given = os.environ.get("COPRODUCE_DATABASE", "")
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    import psycopg

    name = f"killed_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"{given.rpartition('/')[0]}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def variables(data: Path, address: str) -> dict[str, str]:
    return {
        "COPRODUCE_DATA": str(data),
        "COPRODUCE_STATIC": str(data / "static"),
        "COPRODUCE_DATABASE": address,
        "COPRODUCE_SECRET_KEY": "only-for-this-test",
    }


def in_this_database(data: Path, address: str, program: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "coproduce.settings",
            **variables(data, address),
        },
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()[-1]


@pytest.mark.database
def test_nothing_acknowledged_is_lost_however_often_the_server_is_killed(tmp_path, address):
    if not Path("/proc/self/stat").exists():
        pytest.skip("finding every process of the server needs Linux")
    from benchmarks.service.room import Noted, Phone, fill

    people = json.loads(in_this_database(tmp_path, address, MAKE))
    noted = Noted()
    draw = random.Random(11)

    async def killed_in_the_middle(server: Server, phones: list[Phone], enough: int) -> None:
        busy = asyncio.create_task(fill(phones, 60, (0.0, 0.1)))
        for _ in range(3000):
            await asyncio.sleep(0.01)
            if len(noted.answers) >= enough:
                break
        await asyncio.to_thread(server.kill)
        busy.cancel()

    for kill in range(KILLS):
        answered = len(noted.answers)
        server = Server(tmp_path, **variables(tmp_path, address))
        phones = [
            Phone(
                server.port,
                "room",
                key,
                cookie,
                noted,
                seed=1000 * kill + key,
                has_script=bool(key % 2),
            )
            for key, cookie in people
        ]
        more = draw.randrange(5, 70)
        asyncio.run(killed_in_the_middle(server, phones, answered + more))
        assert len(noted.answers) >= answered + more
        given = json.dumps([sorted(noted.answers), sorted(noted.statements)])
        found = json.loads(in_this_database(tmp_path, address, COMPARE, given))
        assert found == {"lost": [], "tallies_hold": True}, f"kill {kill + 1}"
    assert noted.statements
