"""No link of a team's pages leads where its reader may not go."""

import re

import pytest

from coproduce.people.models import Role
from tests.coproduce.cast import make_member, make_statement

pytestmark = pytest.mark.django_db

TEAM = "/team/c/getting-to-school/"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize(
    "phases", [["gathering", "listening", "connecting"], ["draft"], ["closed"]]
)
def test_every_link_of_the_overview_opens_for_each_role(school, client, role, phases):
    school.phases = phases
    school.save()
    make_statement(school, "The bus is late.")
    member = make_member(school, "Grace", role)
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(TEAM).content.decode()
    links = set(re.findall(r'href="(/(?:team|c)/[^"#]*)"', page))
    assert TEAM in links
    opened = {link: client.get(link).status_code for link in sorted(links)}
    assert {link: status for link, status in opened.items() if status != 200} == {}


def test_the_safeguarding_lead_has_a_tab_of_their_own_and_no_others(school, client):
    farah = make_member(school, "Farah", Role.SAFEGUARDING)
    client.force_login(farah.account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(TEAM).content.decode()
    tabs = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    assert re.findall(r">([^<>]+)</a>", tabs)[-2:] == ["Worries", "Log"]
    for theirs_not in ("New words", "Connect", "Type in slips", "Phases"):
        assert theirs_not not in tabs
