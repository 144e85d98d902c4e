import pytest

from coproduce.ideas import suggesting
from coproduce.people.models import Role
from coproduce.statements import likeness
from tests.coproduce.cast import make_conversation, make_member


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
