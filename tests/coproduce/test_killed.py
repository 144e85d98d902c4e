"""The server is killed in the middle of a full room. What it acknowledged is there."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.service.serving import ROOT, Server

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
rebuild(Cluster.objects.values_list("pk", flat=True))
print(json.dumps({"lost": lost(noted), "tallies_hold": tallies() == before}))
"""


def in_this_database(data: Path, program: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "coproduce.settings",
            "COPRODUCE_DATA": str(data),
            "COPRODUCE_STATIC": str(data / "static"),
            "COPRODUCE_DATABASE": f"sqlite:///{data / 'killed.sqlite3'}",
            "COPRODUCE_SECRET_KEY": "only-for-this-test",
        },
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()[-1]


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path):
    if not Path("/proc/self/stat").exists():
        pytest.skip("finding every process of the server needs Linux")
    from benchmarks.service.room import Noted, Phone, fill

    people = json.loads(in_this_database(tmp_path, MAKE))
    noted = Noted()
    server = Server(
        tmp_path,
        COPRODUCE_STATIC=str(tmp_path / "static"),
        COPRODUCE_DATABASE=f"sqlite:///{tmp_path / 'killed.sqlite3'}",
        COPRODUCE_SECRET_KEY="only-for-this-test",
    )
    phones = [Phone(server.port, "room", key, cookie, noted, seed=key) for key, cookie in people]

    async def killed_in_the_middle() -> None:
        enough = 20
        busy = asyncio.create_task(fill(phones, 60, (0.0, 0.1)))
        for _ in range(500):
            await asyncio.sleep(0.1)
            if len(noted.answers) > enough and noted.statements:
                break
        await asyncio.to_thread(server.kill)
        busy.cancel()

    asyncio.run(killed_in_the_middle())
    assert len(noted.answers) > 20
    assert noted.statements
    given = json.dumps([sorted(noted.answers), sorted(noted.statements)])
    found = json.loads(in_this_database(tmp_path, COMPARE, given))
    assert found == {"lost": [], "tallies_hold": True}
