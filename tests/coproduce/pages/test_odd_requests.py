"""Addresses and fields with what no keyboard types get a page, not a fault."""

import pytest

from coproduce.ideas.services import make_idea
from coproduce.people.models import Role
from tests.coproduce.cast import make_member, make_statement

pytestmark = pytest.mark.django_db

TEAM = "/team/c/getting-to-school"
HUGE = "9" * 30


@pytest.fixture
def page_of(school, client):
    member = make_member(school, "Grace", Role.ORGANISER, Role.FACILITATOR, Role.SAFEGUARDING)
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/s/%00/",
        "/l/a%00b/",
        "/slip/%00/",
        "/j/%00/",
        "/team/in/%00/",
        f"{TEAM}/connect/?question=%00&idea=%00",
        f"{TEAM}/new-words/?kind=%00",
        f"{TEAM}/log/?kind=%00&day=%00",
        f"{TEAM}/ideas/{HUGE}/",
        f"{TEAM}/connect/?idea={HUGE}&page={HUGE}",
        f"{TEAM}/ideas/suggested/?detail=%00",
        f"/c/getting-to-school/understanding/{HUGE}/",
        f"{TEAM}/keys/?page=-1",
    ],
)
def test_an_odd_address_is_a_page(page_of, school, path):
    make_statement(school, "The bus is late.")
    assert page_of.get(path).status_code in {200, 302, 404}


def test_an_odd_field_is_no_fault_and_changes_nothing(page_of, school):
    bus = make_statement(school, "The bus is late.")
    hal = make_member(school, "Hal", Role.FACILITATOR)
    idea = make_idea(question=bus.question, name="Journeys", by=hal)
    for path, sent in [
        (f"{TEAM}/ideas/{idea.pk}/", {"do": "name", "name": "a\0b", "revision": idea.revision}),
        (f"{TEAM}/ideas/{idea.pk}/", {"do": "split", "new_name": "x", "statement": "a\0b"}),
        (f"{TEAM}/connect/{bus.ref}/", {"do": "together", "other": "\0", "reason": "\0"}),
        (f"{TEAM}/connect/move/", {"statement": "\0", "idea": HUGE, "seen": "\0"}),
        (f"{TEAM}/ideas/{idea.pk}/retire/", {"reason": "a\0b", "revision": HUGE}),
        ("/find/", {"ref": "a\0b"}),
        ("/join/", {"code": "a\0b"}),
        ("/back/", {"code": "a\0b"}),
    ]:
        assert page_of.post(path, sent).status_code in {200, 302, 404, 405, 422}, path
    idea.refresh_from_db()
    assert "\0" not in idea.name
