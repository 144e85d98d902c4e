"""What people of the cast do in every journey."""

from __future__ import annotations

from playwright.sync_api import Page

from coproduce.pages.device import COOKIE
from coproduce.people.models import Participant
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
