"""Browsers of the cast, for tests of pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client, RequestFactory

from coproduce.pages.device import COOKIE, remember
from coproduce.people.models import Participant, TeamMember


def cookie_of(participant: Participant) -> str:
    """What a device keeps of who takes part on it."""
    answer = HttpResponse()
    remember(RequestFactory().get("/"), answer, participant)
    return str(answer.cookies[COOKIE].value)


def device_of(participant: Participant) -> Client:
    """A device on which this person takes part."""
    client = Client()
    client.cookies[COOKIE] = cookie_of(participant)
    return client


def signed_in(member: TeamMember) -> Client:
    """The browser of somebody in the team, signed in."""
    client = Client()
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return client
