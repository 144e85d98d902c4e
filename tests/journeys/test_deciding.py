"""From what we owe to a decision, an action that people dispute, and an answer for everybody."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Page, expect

from coproduce.decisions.models import Action
from coproduce.words.models import Standing, Words
from coproduce.words.services import keep_words
from tests.coproduce.decisions.published import published
from tests.journeys.people import on_the_device_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("COPRODUCE_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize(("width", "javascript"), [(1180, True), (320, False)])
def test_a_decision_is_made_done_disputed_and_read(
    live_server, page_at, check_accessibility, width, javascript
):
    world = published()
    keep_words(
        conversation=world.conversation,
        participant=world.amina,
        kind=Words.Kind.QUESTION,
        text="Who pays for the buses?",
        how_given="own",
        standing=Standing.SHOWN,
    )

    def check(page: Page, name: str) -> None:
        picture(page, name)
        check_accessibility(page)

    dee = page_at(width, javascript=javascript)
    sign_in(dee, "dee")
    expect(dee).to_have_url(re.compile("what-we-owe"))
    expect(dee.get_by_text("3 things that people wait for, the oldest first.")).to_be_visible()
    check(dee, "owe")
    dee.get_by_label("Buses on time").check()
    dee.get_by_role("button", name="Write down a decision about it").click()
    dee.get_by_label("What was decided?").fill("Two more buses in the morning.")
    dee.get_by_label("We will", exact=True).check()
    dee.get_by_label("Who decided?").fill("The transport board")
    dee.get_by_role("button", name="Keep it").click()
    expect(dee.get_by_role("link", name=re.compile("without a reason"))).to_be_visible()
    expect(dee.get_by_label("What was decided?")).to_have_value("Two more buses in the morning.")
    check(dee, "decide")
    dee.get_by_label("Why?").fill("Children wait in the rain.")
    dee.get_by_role("button", name="Keep it").click()
    expect(dee.get_by_text("Kept. Everybody can read it now.")).to_be_visible()
    check(dee, "decision")
    dee.get_by_role("link", name="Add an action").click()
    dee.get_by_label("What will be done?").fill("Order two buses.")
    dee.get_by_label("Who does it?").fill("Head of transport")
    dee.get_by_label("None of these").check()
    dee.get_by_label("By when?").fill("2099-05-31")
    check(dee, "add-action")
    dee.get_by_role("button", name="Keep it").click()
    dee.get_by_label("What do you want to say?").select_option(label="It is done")
    dee.get_by_label("Say more").fill("Two more buses run.")
    dee.get_by_role("button", name="Keep it").click()
    expect(dee.get_by_text(re.compile("have not confirmed it yet"))).to_be_visible()
    check(dee, "action")

    amina = page_at(width, javascript=javascript)
    on_the_device_of(amina, world.amina, live_server.url)
    amina.goto("/c/getting-to-school/mine/")
    check(amina, "mine")
    amina.get_by_role("link", name=re.compile("Say if it is done")).click()
    amina.get_by_label("No, it is not done").check()
    amina.get_by_role("button", name="Send").click()
    expect(amina.get_by_role("link", name=re.compile("Write why it is not done"))).to_be_visible()
    check(amina, "check-action")
    amina.get_by_label("If it is not done: why?").fill("It was late on Monday.")
    amina.get_by_role("button", name="Send").click()
    expect(amina.get_by_text("You said: it is not done.")).to_be_visible()

    sam = page_at(width, javascript=javascript)
    sign_in(sam, "sam")
    sam.goto("/team/c/getting-to-school/questions/")
    sam.get_by_label("Who pays for the buses?").check()
    sam.get_by_label("The answer").fill("The county does.")
    sam.get_by_label("Who answers? Your post, not your name").fill("Transport officer")
    check(sam, "questions")
    sam.get_by_role("button", name="Send the answer").click()
    expect(sam.get_by_text("Kept. Everybody can read the answer now.")).to_be_visible()

    anybody = page_at(width, javascript=javascript)
    anybody.goto("/c/getting-to-school/questions/")
    expect(anybody.get_by_text("The county does.")).to_be_visible()
    check(anybody, "public-questions")
    anybody.goto("/c/getting-to-school/understanding/1/")
    check(anybody, "version")
    anybody.get_by_role("link", name="Two more buses in the morning.").click()
    expect(anybody.get_by_text("Children wait in the rain.")).to_be_visible()
    check(anybody, "public-decision")
    anybody.get_by_role("link", name="Order two buses.").click()
    expect(anybody.get_by_text(re.compile("say that it is not"))).to_be_visible()
    check(anybody, "public-action")
    assert Action.objects.get().standing == Action.Standing.DISPUTED
