"""Bring the database and the files of pages up to date."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from coproduce.commands import DONE, Problem

HELP = """Bring the database and the files of pages up to date.

Run it after each update, before the pages are served. It changes nothing when all is in order, and
it can be run on several machines at once."""

LOCK_OF_MIGRATION = 0x636F70726F  # any number that all processes agree on


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all goes well")


def act(options: argparse.Namespace) -> int:
    migrate()
    collect_static()
    if not options.quiet:
        print("Ready: the database and the files of pages are up to date.")
    return DONE


def migrate() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, connection

    settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        connection.ensure_connection()
    except OperationalError as problem:
        runs = ", and that PostgreSQL runs" if connection.vendor == "postgresql" else ""
        raise Problem(
            f"The database cannot be reached: {str(problem).strip().splitlines()[0]}\n"
            f"Look at COPRODUCE_DATABASE{runs}."
        ) from problem
    _require_a_whole_history()
    if connection.vendor != "postgresql":
        call_command("migrate", verbosity=0, interactive=False)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_OF_MIGRATION])
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_OF_MIGRATION])


def _require_a_whole_history() -> None:
    """The migrations of the time before the first release are one now: all of them, or none."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    for migration in loader.replacements.values():
        if (
            0
            < len(set(migration.replaces) & set(loader.applied_migrations))
            < len(migration.replaces)
        ):
            raise Problem(
                "This database was made by Coproduce before its first release, and cannot be "
                "brought up to date. Choose another with --data FOLDER or COPRODUCE_DATABASE. "
                "What is in this one stays as it is."
            )


def collect_static() -> None:
    """Compress and fingerprint what the pages are drawn with, when it changed."""
    from django.conf import settings
    from django.core.management import call_command

    built = settings.PACKAGE / "static" / "built"
    if not (built / "main.css").exists():
        raise Problem(
            "The pages' styles are not built. In a checkout, ./run builds them; so does "
            "python3 tools/assets.py."
        )
    target = Path(settings.STATIC_ROOT)
    kept = target / "made-from.txt"
    now = _fingerprint(built)
    if kept.exists() and kept.read_text() == now and (target / "staticfiles.json").exists():
        return
    target.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    kept.write_text(now)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
