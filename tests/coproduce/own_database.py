"""A database of a test's own, and programs that are run in it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.service.serving import ROOT
from django.conf import settings


@pytest.fixture
def address(tmp_path) -> Iterator[str]:
    """An empty database of the kind that the tests run on, as COPRODUCE_DATABASE names it."""
    given = os.environ.get("COPRODUCE_DATABASE", "")
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield f"sqlite:///{tmp_path / 'own.sqlite3'}"
        return
    import psycopg

    name = f"own_{secrets.token_hex(4)}"
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


def run_with(
    data: Path, address: str, program: str, given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Python runs `program`, with `given` to read, on the database at `address`."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONIOENCODING": "utf-8",
            "DJANGO_SETTINGS_MODULE": "coproduce.settings",
            **variables(data, address),
        },
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def last_line_of(data: Path, address: str, program: str, given: str = "") -> str:
    """What `program` said last. It must end well."""
    done = run_with(data, address, program, given)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()[-1]
