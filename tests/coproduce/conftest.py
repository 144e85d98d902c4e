import os

import pytest

from coproduce.ideas import suggesting
from coproduce.people.models import Role
from coproduce.statements import likeness
from tests.coproduce.cast import make_conversation, make_member
from tests.coproduce.own_database import address  # noqa: F401 (a fixture)
from tests.coproduce.several_connections import (  # noqa: F401 (fixtures)
    empty_tables,
    several_connections,
)

ASK_A_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what asks the database: the rest was run on SQLite, and is the same."""
    if not os.environ.get("COPRODUCE_DATABASE", "").startswith("postgres"):
        return
    left_out = [one for one in items if not asks_the_database(one)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [one for one in items if asks_the_database(one)]


def asks_the_database(item):
    marked = any(item.get_closest_marker(name) for name in ("django_db", "database"))
    return marked or not ASK_A_DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test has conversations of its own, under keys that an earlier test has used."""
    likeness.forget_all()
    suggesting.forget_all()


@pytest.fixture
def school():
    return make_conversation()


@pytest.fixture
def hal(school, client):
    """A facilitator of the school's conversation, signed in on `client`."""
    member = make_member(school, "Hal", Role.FACILITATOR)
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return member
