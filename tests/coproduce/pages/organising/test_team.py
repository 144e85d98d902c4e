import re

import pytest

from coproduce.people.models import TeamMember
from tests.coproduce.cast import make_conversation, make_member

pytestmark = pytest.mark.django_db

TEAM = "/team/c/getting-to-school/team/"


@pytest.fixture
def grace(client):
    grace = make_member(make_conversation(), "Grace")
    client.force_login(grace.account)
    return grace


def invite(client, **changed):
    data = {
        "name": "Ben",
        "email": "ben@example.org",
        "roles": ["facilitator"],
        "partner_group": "education",
    }
    return client.post(f"{TEAM}invite/", {**data, **changed})


def test_a_member_is_invited_with_a_link_to_hand_over(client, grace):
    shown = invite(client).content.decode()
    (address,) = re.findall(r"http://testserver(/team/in/[^/]+/)", shown)
    assert "Ben is invited" in shown
    # The link is shown once: no other page has it.
    assert "/team/in/" not in client.get(TEAM).content.decode()
    client.post("/team/sign-out/")
    new = {"password": "nine spoons in a row", "again": "nine spoons in a row"}
    client.post(address, new)
    assert client.get("/team/c/getting-to-school/").status_code == 200
    assert client.get(f"{TEAM}invite/").status_code == 404


def test_errors_keep_what_was_typed(client, grace):
    shown = invite(client, email="not an address", roles=[]).content.decode()
    assert "This is not an email address." in shown
    assert "Pick at least one role." in shown
    assert 'value="Ben"' in shown
    assert 'value="not an address"' in shown
    assert TeamMember.objects.count() == 1


def test_roles_change_and_people_leave(client, grace):
    invite(client)
    ben = TeamMember.objects.get(account__name="Ben")
    client.post(f"{TEAM}{ben.pk}/", {"roles": ["specialist"], "partner_group": "health"})
    assert TeamMember.objects.get(pk=ben.pk).role_labels == ["Specialist"]
    refused = client.post(f"{TEAM}{grace.pk}/leave/", {})
    assert "only person who organises it" in refused.content.decode()
    client.post(f"{TEAM}{ben.pk}/leave/", {"reason": "New job"})
    assert TeamMember.objects.get(pk=ben.pk).left_at is not None
    assert client.get(f"{TEAM}{ben.pk}/").status_code == 404


def test_nobody_takes_out_others_without_the_role(client, grace):
    ben = make_member(grace.conversation, "Ben", "facilitator", group="education")
    client.force_login(ben.account)
    assert client.get(f"{TEAM}{grace.pk}/leave/").status_code == 404
    assert client.post(f"{TEAM}{ben.pk}/leave/", {}).url == "/team/"


def test_a_member_of_another_team_is_not_found(client, grace):
    hal = make_member(make_conversation("Short breaks"), "Hal")
    assert client.get(f"{TEAM}{hal.pk}/").status_code == 404
    assert client.post(f"{TEAM}{hal.pk}/link/").status_code == 404


def test_a_large_team_is_listed_with_the_same_queries(client, grace, django_assert_num_queries):
    client.get(TEAM)
    with django_assert_num_queries(7):
        client.get(TEAM)
    for number in range(29):
        make_member(grace.conversation, f"Member{number}", "facilitator", group="health")
    with django_assert_num_queries(7):
        assert client.get(TEAM).content.decode().count("Take out of the team") == 29


def fails(*args, **kwargs):
    raise ConnectionRefusedError("no mail server there")


def test_mail_that_could_not_be_sent_is_said_and_the_invitation_is_kept(
    client, grace, settings, monkeypatch
):
    settings.EMAIL_HOST = "mail.example.org"
    assert "We have also written to ben@example.org." in invite(client).content.decode()
    monkeypatch.setattr("coproduce.people.services.team.send_mail", fails)
    page = invite(client, name="Dan", email="dan@example.org").content.decode()
    assert "The mail to dan@example.org could not be sent. The invitation is kept." in page
    assert "Give them the link above yourself." in page
    dan = TeamMember.objects.get(account__email="dan@example.org")
    again = client.post(f"{TEAM}{dan.pk}/link/").content.decode()
    assert "could not be sent" in again
    assert len(re.findall(r"/team/in/[^/]+/", again)) == 1


def test_where_one_partner_runs_it_alone_the_pages_ask_for_no_second_key(client, grace):
    make_member(grace.conversation, "Hal", group=None)
    phases = "/team/c/getting-to-school/phases/"
    two = "Opening and publishing need two of them, of different partner groups."
    keys = "Two keys are turned by people of different partner groups."
    cannot = "Stands for no partner group, so cannot turn a key."
    pages = {TEAM: (two, cannot), f"{TEAM}invite/": (keys,)}
    for page, sentences in pages.items():
        shown = client.get(page).content.decode()
        assert all(one in shown for one in sentences)
    moves = client.get(phases, {"phases": "agreeing"}).content.decode()
    assert "Publish a version (the team, with two keys): from now on." in moves
    grace.conversation.runs_alone = True
    grace.conversation.save()
    for page, sentences in pages.items():
        shown = client.get(page).content.decode()
        assert not any(one in shown for one in sentences)
    assert "One partner runs it alone: one organiser is enough" in client.get(TEAM).content.decode()
    moves = client.get(phases, {"phases": "agreeing"}).content.decode()
    assert "Publish a version (the team, with one key): from now on." in moves
