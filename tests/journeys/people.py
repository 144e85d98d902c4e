"""What people of the cast do in every journey."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from coproduce.pages.device import COOKIE
from coproduce.people.models import Participant, TeamMember
from tests.coproduce.devices import cookie_of


def sign_in(page: Page, who: str, password: str = "four round stones") -> None:
    """`who`: a name of the cast, or an email address."""
    page.goto("/team/sign-in/")
    page.get_by_label("Email").fill(who if "@" in who else f"{who.lower()}@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def on_the_device_of(page: Page, person: Participant, address: str) -> None:
    """From now on this page is on the device of somebody who takes part."""
    page.context.add_cookies([{"name": COOKIE, "value": cookie_of(person), "url": address}])


def signed_in_already(page: Page, member: TeamMember, address: str) -> Page:
    """From now on this page is on a device on which the member has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = member.account.get_session_auth_hash()
    session.save()
    name, value = settings.SESSION_COOKIE_NAME, session.session_key
    page.context.add_cookies([{"name": name, "value": value, "url": address}])
    return page
