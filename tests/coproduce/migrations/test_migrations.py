"""The tests make their tables from the models; an installation makes them from the migrations."""

import json
import re

import pytest
from django.core.management import call_command
from django.db import connection

from tests.coproduce.own_database import last_line_of, run_with

PREPARE = """
import django
django.setup()
from coproduce.commands import Problem
from coproduce.commands.prepare import migrate
try:
    migrate()
except Problem as problem:
    raise SystemExit(str(problem))
"""
SHAPES = """
import json
from django.db import connection
from tests.coproduce.migrations.test_migrations import shapes
print(json.dumps(shapes(connection)))
"""
AS_BEFORE = """
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
recorder = MigrationRecorder(connection)
[first] = MigrationLoader(connection).replacements.values()
recorder.migration_qs.filter(app="coproduce").delete()
for app, name in first.replaces[:{how_many}]:
    recorder.record_applied(app, name)
"""

# What a database says of one table: its columns, what is promised of them, and its indexes.
ASK = {
    "sqlite": ["SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL"],
    "postgresql": [
        """SELECT column_name, data_type, character_maximum_length, is_nullable, column_default,
            is_identity FROM information_schema.columns WHERE table_name = %s""",
        """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = %s::regclass""",
        "SELECT indexdef FROM pg_indexes WHERE tablename = %s",
    ],
}

# SQLite keeps a table as the one line it was made with.
SAID_TOGETHER = re.compile(r', (?=")|, (?=CONSTRAINT)|^CREATE TABLE "\w+" \(|\)$')


def shapes(connection) -> dict[str, list[str]]:
    """Our tables, and all that is said of each, in alphabetical order."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("coproduce_"):
                found[table] = []
                for question in ASK[connection.vendor]:
                    cursor.execute(question, [table])
                    for row in cursor.fetchall():
                        found[table] += SAID_TOGETHER.split(", ".join(map(str, row)))
                found[table].sort()  # the columns of a table may stand in another order
    return found


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say(settings):
    settings.MIGRATION_MODULES = {}
    call_command("makemigrations", "coproduce", check=True, dry_run=True, verbosity=0)


@pytest.mark.database
@pytest.mark.django_db
def test_tables_made_at_once_are_those_of_the_models(tmp_path, address):
    made = json.loads(last_line_of(tmp_path, address, PREPARE + SHAPES))
    assert len(made) > 70
    assert made == shapes(connection)


def test_a_data_folder_from_before_the_first_release_goes_on(tmp_path, address):
    last_line_of(tmp_path, address, PREPARE + AS_BEFORE.format(how_many=10) + "print()")
    again = run_with(tmp_path, address, PREPARE)
    assert (again.returncode, again.stderr) == (0, "")


def test_half_of_the_old_migrations_are_said_not_guessed(tmp_path, address):
    last_line_of(tmp_path, address, PREPARE + AS_BEFORE.format(how_many=9) + "print()")
    again = run_with(tmp_path, address, PREPARE)
    assert again.returncode == 1
    assert again.stderr.startswith(
        "This database was made by Coproduce before its first release, and cannot be brought up"
    )


def test_the_tables_go_again(tmp_path, address):
    back = "from django.core.management import call_command\n"
    back += "call_command('migrate', 'coproduce', 'zero', verbosity=0)\n"
    assert last_line_of(tmp_path, address, PREPARE + back + SHAPES) == "{}"
