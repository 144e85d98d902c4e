"""Every address, asked as everybody: the right page, or the same page as a wrong link.

New addresses are covered by themselves: they are read from the URLconf, and what is expected
follows from the audience that the view declares.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coproduce.conversations.models import Phase
from coproduce.pages.device import COOKIE, remember
from coproduce.people.models import Account, Role
from tests.coproduce.cast import make_conversation, make_member, make_participant

pytestmark = pytest.mark.django_db

AUDIENCES = {"anyone", "visitors", "participants", "team", "signed in", "installation"}
OPEN, OTHER, DRAFT, NEVER_MADE = "open-one", "other-one", "draft-one", "never-made"


@dataclass(frozen=True)
class Address:
    name: str
    pattern: URLPattern
    parameters: dict[str, str]

    @property
    def view(self):
        return self.pattern.callback

    @property
    def names_something(self) -> bool:
        """Whether it takes more than the conversation: then nothing has the name used here."""
        return bool(set(self.parameters) - {"slug"})

    def of(self, slug: str) -> str:
        made_up = {"int": 987654321, "str": "XXXX-XXXX", "slug": "nothing", "uuid": "0" * 32}
        values = {
            name: slug if name == "slug" else made_up[kind]
            for name, kind in self.parameters.items()
        }
        return reverse(self.name, kwargs=values)


def walk(patterns, namespace="", outer=()):
    for pattern in patterns:
        converters = {
            **dict(outer),
            **{
                name: type(converter)
                .__name__.removesuffix("Converter")
                .lower()
                .replace("string", "str")
                for name, converter in pattern.pattern.converters.items()
            },
        }
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner, tuple(converters.items()))
        else:
            yield Address(f"{namespace}{pattern.name}", pattern, converters)


ADDRESSES = list(walk(get_resolver().url_patterns))


def for_audience(*audiences):
    return [
        pytest.param(each, id=each.name)
        for each in ADDRESSES
        if getattr(each.view, "audience", None) in audiences
    ]


def test_there_are_addresses_to_ask():
    assert len(ADDRESSES) > 40
    assert len({each.name for each in ADDRESSES}) == len(ADDRESSES)


@pytest.mark.parametrize("address", [pytest.param(a, id=a.name) for a in ADDRESSES])
def test_every_view_declares_its_audience(address):
    audience = getattr(address.view, "audience", None)
    assert audience in AUDIENCES, f"{address.name} wears none of the decorators of audience.py"
    assert set(getattr(address.view, "roles", ())) <= set(Role.values)
    if audience in {"visitors", "participants", "team"}:
        assert "slug" in address.parameters


class World:
    """Three conversations, and everybody who may ask for a page."""

    def __init__(self) -> None:
        self.open = make_conversation("Open one", slug=OPEN)
        self.other = make_conversation("Other one", slug=OTHER)
        self.draft = make_conversation("Draft one", slug=DRAFT, phases=[Phase.DRAFT])
        self.stranger = Client()
        self.participant = self._device(self.open)
        self.participant_elsewhere = self._device(self.other)
        self.member_elsewhere = self._signed_in(
            make_member(self.other, "Hal", *Role.values, group="health").account
        )
        self.members = {
            role: self._signed_in(make_member(self.open, f"Member-{role}", role).account)
            for role in Role.values
        }
        for role in Role.values:
            make_member(self.draft, f"Member-{role}", role)
        left = make_member(self.open, "Gone", *Role.values)
        self.gone = self._signed_in(left.account)
        left.left_at = left.joined_at
        left.save()
        runs = Account.objects.create_account(
            email="runs@example.org", name="Runs", password="four round stones"
        )
        runs.runs_installation = True
        runs.save()
        self.runs_installation = self._signed_in(runs)

    def _device(self, conversation) -> Client:
        client, answer = Client(), HttpResponse()
        person = make_participant(conversation, "parent_carers")
        remember(RequestFactory().get("/"), answer, person)
        client.cookies[COOKIE] = answer.cookies[COOKIE].value
        return client

    def _signed_in(self, account) -> Client:
        client = Client()
        client.force_login(account)
        return client


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for this file; what a test changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def body(answer, slug):
    """A page without what it says back of its own address, or of the form's key."""
    import re

    text = answer.content.decode().replace(slug, "SLUG")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def both_ways(client, path):
    return [client.get(path), client.post(path, {"anything": "else"})]


def is_let_in(answer, *, names_something):
    """The page, its own redirect, or "not by this method"; what is not there may be missing."""
    if names_something and answer.status_code == 404:
        return True
    to_the_door = answer.status_code == 302 and answer.url.startswith("/team/sign-in/")
    return answer.status_code in {200, 302, 405} and not to_the_door


def same_as_a_wrong_link(client, address, slug):
    """Both methods give exactly what a conversation gives that was never made."""
    real, wrong = both_ways(client, address.of(slug)), both_ways(client, address.of(NEVER_MADE))
    for here, there in zip(real, wrong, strict=True):
        # 405: a method that the view never takes, said before it looks at who asks.
        assert here.status_code == there.status_code
        assert here.status_code in {404, 405}
        assert body(here, slug) == body(there, NEVER_MADE)


@pytest.mark.parametrize("address", for_audience("anyone"))
def test_pages_for_anyone_break_for_nobody(world, address):
    for client in (world.stranger, world.participant, world.members[Role.FACILITATOR]):
        assert client.get(address.of(OPEN)).status_code in {200, 302, 404, 405}


@pytest.mark.parametrize("address", for_audience("visitors"))
def test_pages_for_visitors_are_there_once_it_is_open(world, address):
    for client in (world.stranger, world.participant_elsewhere, world.member_elsewhere):
        answer = client.get(address.of(OPEN))
        assert is_let_in(answer, names_something=True) or answer.status_code == 404
        same_as_a_wrong_link(client, address, DRAFT)
    # A draft is not there for its own team either: not on these pages.
    same_as_a_wrong_link(world.members[Role.ORGANISER], address, DRAFT)


@pytest.mark.parametrize("address", for_audience("participants"))
def test_pages_for_participants_send_others_to_the_first_page(world, address):
    welcome = reverse("taking_part:welcome", kwargs={"slug": OPEN})
    others = [
        world.stranger,
        world.participant_elsewhere,
        world.member_elsewhere,
        *world.members.values(),
    ]
    for client in others:
        for answer in both_ways(client, address.of(OPEN)):
            assert answer.status_code == 302
            assert answer.url == welcome
        same_as_a_wrong_link(client, address, DRAFT)
    own = world.participant.get(address.of(OPEN))
    assert is_let_in(own, names_something=address.names_something)


@pytest.mark.parametrize("address", for_audience("team"))
def test_pages_for_the_team_are_for_its_roles(world, address):
    for client in (world.stranger, world.participant):
        for slug in (OPEN, NEVER_MADE):
            sent_away = [a for a in both_ways(client, address.of(slug)) if a.status_code != 405]
            assert sent_away
            for answer in sent_away:
                assert answer.status_code == 302
                assert answer.url.startswith("/team/sign-in/?next=")
    outside = [world.member_elsewhere, world.gone, world.runs_installation]
    without = [
        client
        for role, client in world.members.items()
        if address.view.roles and role not in address.view.roles
    ]
    for client in (*outside, *without):
        same_as_a_wrong_link(client, address, OPEN)
    for role, client in world.members.items():
        if not address.view.roles or role in address.view.roles:
            for slug in (OPEN, DRAFT):
                answer = client.get(address.of(slug))
                assert is_let_in(answer, names_something=address.names_something), (role, slug)


@pytest.mark.parametrize("address", for_audience("signed in", "installation"))
def test_pages_for_accounts_ask_strangers_to_sign_in(world, address):
    for client in (world.stranger, world.participant):
        for answer in both_ways(client, address.of(OPEN)):
            assert answer.status_code == 302
            assert answer.url.startswith("/team/sign-in/?next=")
    runs = world.runs_installation.get(address.of(OPEN))
    assert is_let_in(runs, names_something=address.names_something)
    if address.view.audience == "installation":
        for client in (world.member_elsewhere, world.members[Role.ORGANISER]):
            assert {a.status_code for a in both_ways(client, address.of(OPEN))} == {404}


def test_the_matrix_would_notice_a_page_that_forgets_its_audience(world):
    """Taken off its door, a team page answers a stranger: this is what the tests above look for."""
    from coproduce.pages.organising.views.team import team

    bare = team.__wrapped__
    request = RequestFactory().get("/")
    request.user = Account.objects.get(name="Hal")
    shown = bare(request, world.open, world.open.team.first())
    assert "Member-organiser" in shown.content.decode()
