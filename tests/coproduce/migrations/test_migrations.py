"""The tests make their tables from the models; an installation makes them from the migrations."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say(settings):
    settings.MIGRATION_MODULES = {}
    call_command("makemigrations", "coproduce", check=True, dry_run=True, verbosity=0)
