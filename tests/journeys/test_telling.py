"""Being told: an address is left, a letter is looked at and sent, and its link ends letters."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from coproduce.people.services import make_another_code
from coproduce.telling.models import Address
from coproduce.words.models import Words
from tests.coproduce.decisions.published import a_decision, published
from tests.journeys.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "javascript"), [(1180, True), (320, False)])
def test_from_an_address_to_a_letter_to_no_more_letters(
    page_at, check_accessibility, width, javascript, settings, live_server
):
    settings.PUBLIC_URL = live_server.url
    settings.EMAIL_HOST = "mail.example.org"  # in tests, mail goes to a box of theirs
    world = published()
    a_decision(world, world.bus, what="A bus that waits.")

    amina = page_at(width, javascript=javascript)
    _come_back(amina, world.amina)
    check_accessibility(amina)
    expect(amina.get_by_role("heading", name="New since you were here")).to_be_visible()
    expect(amina.get_by_role("link", name="Decided: A bus that waits.")).to_be_visible()
    amina.get_by_role("link", name="Be told what happens").click()
    check_accessibility(amina)
    amina.get_by_label("Your email address").fill("amina")
    amina.get_by_role("button", name="Tell me by email").click()
    check_accessibility(amina)
    amina.get_by_label("Your email address").fill("amina@example.org")
    amina.get_by_role("button", name="Tell me by email").click()
    expect(amina.get_by_text(re.compile("Kept. We delete your address on"))).to_be_visible()
    check_accessibility(amina)

    grace = page_at(width, javascript=javascript)
    sign_in(grace, "Grace")
    grace.goto("/team/c/getting-to-school/letters/")
    check_accessibility(grace)
    grace.get_by_role("link", name="Write a letter").click()
    check_accessibility(grace)
    grace.get_by_label("The letter").fill("The bus waits from Monday.")
    grace.get_by_role("button", name="Look at it").click()
    expect(grace.get_by_text("1 person gets this letter.")).to_be_visible()
    check_accessibility(grace)
    assert mail.outbox == []
    grace.get_by_role("button", name="Send it to 1 address").click()
    expect(grace.get_by_text("The letter is on its way.")).to_be_visible()
    check_accessibility(grace)

    (letter,) = mail.outbox
    assert letter.to == ["amina@example.org"]
    (link,) = re.findall(r"http://\S+/stop/\S+", letter.body)
    visitor = page_at(width, javascript=javascript)
    visitor.goto(link)
    check_accessibility(visitor)
    visitor.get_by_role("button", name="No more letters").click()
    expect(visitor.get_by_role("heading", name="Done. No more letters")).to_be_visible()
    check_accessibility(visitor)
    assert Address.objects.count() == 0


def _come_back(page, participant):
    """With the private code, and some days later."""
    then = timezone.now() - datetime.timedelta(days=3)
    Words.objects.filter(participant=participant).update(given_at=then)
    make_another_code(participant=participant, code="river button tulip moon")
    page.goto("/back/")
    page.get_by_role("textbox").first.fill("river button tulip moon")
    page.get_by_role("button", name="Come back").first.click()
