"""The server is killed again and again in a full room. What it acknowledged is always there."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

import pytest
from benchmarks.service.serving import Server

from tests.coproduce.own_database import last_line_of, variables

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


@pytest.mark.database
def test_nothing_acknowledged_is_lost_however_often_the_server_is_killed(tmp_path, address):
    if not Path("/proc/self/stat").exists():
        pytest.skip("finding every process of the server needs Linux")
    from benchmarks.service.room import Noted, Phone, fill

    people = json.loads(last_line_of(tmp_path, address, MAKE))
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
        found = json.loads(last_line_of(tmp_path, address, COMPARE, given))
        assert found == {"lost": [], "tallies_hold": True}, f"kill {kill + 1}"
    assert noted.statements
