"""A server is killed while it makes a file. The next one makes it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.service.serving import ROOT

MAKE = """
import json
import django
from django.conf import settings
django.setup()
from django.core.management import call_command
settings.MIGRATION_MODULES = {name: None for name in
    ("coproduce", "auth", "contenttypes", "sessions", "django_tasks_db", "axes")}
call_command("migrate", run_syncdb=True, verbosity=0)
from benchmarks.service import world
from coproduce.reports.services import ask_for
from coproduce.reports.wanted import Wanted
made = world.make_conversation("large")
world.add_statements(made, world.add_people(made, 24), 300)
print(json.dumps([ask_for(wanted=Wanted("pack", conversation=made)).pk for _ in range(3)]))
"""
# A worker whose pack stops after its first part, until it is killed.
STOPS = """
import time
import django
django.setup()
from coproduce.reports import producing
whole = producing.Progress.__call__
def once(self, done, total):
    whole(self, done, total)
    if done:
        time.sleep(600)
producing.Progress.__call__ = once
from coproduce.__main__ import main
main(["work"])
"""
LOOK = """
import json
import django
django.setup()
from coproduce.reports.models import ProducedFile, Production
print(json.dumps([
    [[one.state, one.done] for one in Production.objects.all()],
    [len(one.content) > 1000 for one in ProducedFile.objects.all()],
]))
"""


@pytest.fixture
def run(tmp_path):
    variables = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "coproduce.settings",
        "COPRODUCE_DATA": str(tmp_path),
        "COPRODUCE_DATABASE": f"sqlite:///{tmp_path / 'killed.sqlite3'}",
        "COPRODUCE_SECRET_KEY": "only-for-this-test",
    }
    started = []

    def start(program: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def told(run, program):
    process = run(program)
    out, problem = process.communicate(timeout=120)
    assert process.returncode == 0, problem[-2000:]
    return json.loads(out.splitlines()[-1])


def wait_for(run, state, worker):
    for _ in range(120):
        found = told(run, LOOK)
        if found[0] and all(one == state for one, _ in found[0]):
            return found
        assert worker.poll() is None, worker.communicate()[1][-2000:]
        time.sleep(0.25)
    raise AssertionError(found)


def test_a_pack_that_a_killed_worker_began_is_made_by_the_next(run):
    if not Path("/proc/self/stat").exists():
        pytest.skip("knowing that a process is gone needs Linux")
    asked = told(run, MAKE)
    assert len(set(asked)) == 1
    first = run(STOPS)
    for _ in range(120):
        (production,) = told(run, LOOK)[0]
        if production == ["working", 1]:
            break
        time.sleep(0.25)
    assert production == ["working", 1]
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert told(run, LOOK) == [[["working", 1]], []]
    second = run("from coproduce.__main__ import main; main(['work'])")
    assert wait_for(run, "ready", second) == [[["ready", 1]], [True]]
