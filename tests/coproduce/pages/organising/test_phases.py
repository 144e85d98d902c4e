"""Before phases move, the page says what follows."""

import re

import pytest
from django.urls import reverse

from coproduce.conversations.models import Phase
from coproduce.conversations.services import change_phases
from coproduce.people.models import Role
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_member, make_statement
from tests.coproduce.devices import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    return make_member(make_conversation(), "Grace", Role.ORGANISER)


def what_it_would_do(member, *phases):
    address = reverse("organising:phases", args=[member.conversation.slug])
    return signed_in(member).get(address, {"phases": phases, "look": "yes"}).content.decode()


def test_words_that_nobody_could_look_at_any_more_are_told_before_it_happens(grace):
    make_statement(grace.conversation, "The bus is late.")
    assert "still wait" not in what_it_would_do(grace, Phase.PUBLISHED)
    make_statement(grace.conversation, "I walk.", standing=Standing.WAITING)
    page = what_it_would_do(grace, Phase.PUBLISHED)
    assert "One thing that somebody wrote still waits to be looked at." in page
    make_statement(grace.conversation, "I cycle.", standing=Standing.WAITING)
    page = what_it_would_do(grace, Phase.PUBLISHED)
    assert "2 things that people wrote still wait to be looked at." in page
    assert reverse("facilitating:queue", args=[grace.conversation.slug]) in page
    assert "still wait" not in what_it_would_do(grace, Phase.AGREEING)


def test_two_organisers_do_not_overwrite_each_others_phases(grace):
    ben = make_member(grace.conversation, "Ben", Role.ORGANISER, group="education")
    address = reverse("organising:phases", args=[grace.conversation.slug])
    page = what_it_would_do(grace, Phase.LISTENING)
    seen = re.findall(r'name="seen" value="(\w+)"', page)
    assert seen == ["gathering", "listening", "connecting"]
    change_phases(member=ben, phases=[Phase.AGREEING])
    sent = {"phases": [Phase.LISTENING], "seen": seen, "reason": "Time."}
    page = signed_in(grace).post(address, sent).content.decode()
    told = "The phases have changed meanwhile. Open now: Agreeing. Nothing was done."
    assert told in page
    assert "Time.</textarea>" in page
    # What follows is told anew, and can be done then.
    assert "Say of the draft, line by line, if it is right: not any more." in page
    grace.conversation.refresh_from_db()
    assert grace.conversation.phases == [Phase.AGREEING]
    sent["seen"] = re.findall(r'name="seen" value="(\w+)"', page)
    assert signed_in(grace).post(address, sent).status_code == 302
    grace.conversation.refresh_from_db()
    assert grace.conversation.phases == [Phase.LISTENING]
