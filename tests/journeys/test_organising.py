"""From a template to an open conversation with two keys, slips printed and typed in."""

import os
import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from coproduce.conversations.models import Conversation
from coproduce.people.services import make_first_organiser, make_sign_in_link
from coproduce.statements.models import Statement

PASSWORD = "nine spoons in a row"

FILLED = {
    "What it is about": {"What is it for?": "To find out what matters on the way to school."},
    "Questions": {"Question": "What matters on the way to school?"},
    "What can change, and who decides": {
        "What can change?": "When taxis come.",
        "What cannot change?": "The law.",
        "Who decides, and when?": "The meeting in March.",
        "By when do people hear what came of it?": "2027-03-31",
    },
    "Partner groups": {},
    "Areas": {},
    "Who runs it, time and thanks": {
        "Who runs it, and how can people reach you?": "The council and the forum.",
        "What time and money is there?": "Two hours, and lunch.",
        "How are people thanked?": "With a letter.",
    },
    "Privacy": {
        "Who is responsible for the data?": "The council",
        "When is the data deleted?": f"{date.today().year + 2}-03-31",
        "Privacy notice": "We keep your words and your answers.",
    },
    "Keeping people safe": {
        "Who is the safeguarding contact?": "Farah",
        "How can people reach them?": "0100 555 0100",
    },
}


def look(page: Page, name: str) -> None:
    """Keeps a picture of the page where COPRODUCE_PICTURES names a folder for it."""
    folder = os.environ.get("COPRODUCE_PICTURES")
    if folder:
        width = page.viewport_size["width"]
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def come_in(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password and come in").click()


def invite(page: Page, name: str, role: str, group: str) -> str:
    """Invites somebody and gives the path of the link to hand over."""
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Their name").fill(name)
    page.get_by_label("Their email address").fill(f"{name.lower()}@example.org")
    page.get_by_role("checkbox", name=role).check()
    page.get_by_role("radio", name=group, exact=True).check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("heading", name=f"{name} is invited")).to_be_visible()
    return re.search(r"/team/in/[^/]+/", page.locator(".private-code").inner_text()).group()


@pytest.mark.parametrize(("width", "javascript"), [(320, False), (390, True), (1200, True)])
def test_make_open_and_type_in(page_at, check_accessibility, transactional_db, width, javascript):
    page = page_at(width, javascript=javascript)

    def step(name):
        check_accessibility(page)
        look(page, name)

    grace = make_first_organiser(email="grace@example.org", name="Grace")
    come_in(page, f"/team/in/{make_sign_in_link(account=grace)}/")
    step("home")
    page.get_by_role("link", name="Make a conversation").click()
    step("new")
    page.get_by_label("What is the conversation called?").fill("The way to school")
    page.get_by_role("radio", name="One event").check()
    page.get_by_role("radio", name="Parent carers", exact=True).check()
    page.get_by_role("button", name="Make it").click()
    step("overview")

    page.get_by_role("link", name="What it is about").click()
    for title, fields in FILLED.items():
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
        for label, text in fields.items():
            page.get_by_label(label, exact=True).first.fill(text)
        if title == "What can change, and who decides":
            page.get_by_role("radio", name="No, nothing is fixed yet").check()
        step(f"edit-{title.split()[0].lower()}")
        page.get_by_role("button", name=re.compile("^Save")).first.click()
    expect(page.get_by_text("Missing before it can open (1)")).to_be_visible()

    page.get_by_role("link", name="A safeguarding lead in the team").click()
    step("team")
    invite(page, "Farah", "Safeguarding lead", "Social care")
    step("invited")
    page.get_by_role("link", name="Back to the team").click()
    to_hal = invite(page, "Hal", "Organiser", "Schools and colleges")

    page.goto("/team/c/the-way-to-school/phases/")
    step("open")
    page.get_by_role("button", name="Turn the first key").click()
    expect(page.get_by_text("You turned the first key.")).to_be_visible()

    # Hal, on a device of his own.
    grace_page, page = page, page_at(width, javascript=javascript)
    come_in(page, to_hal)
    page.get_by_role("link", name="The way to school").first.click()
    page.get_by_role("link", name="Look at it", exact=True).click()
    step("second-key")
    page.get_by_role("button", name="Turn the second key and open it").click()
    expect(page.get_by_text("It is open. People can come in now.")).to_be_visible()
    step("overview-open")
    assert Conversation.objects.get().phases == ["gathering", "listening", "connecting"]

    page = grace_page
    page.goto("/team/c/the-way-to-school/ways-in/")
    step("ways-in")
    page.get_by_role("button", name="Make the slips").click()
    expect(page.get_by_text("Slip 40", exact=True)).to_be_attached()
    step("join-slips")
    page.goto("/team/c/the-way-to-school/ways-in/paper/?first=1&count=4")
    step("paper-slips")
    page.goto("/team/c/the-way-to-school/room/")
    step("room")

    # By keyboard alone: words, number, dots, a partner group; Enter keeps the slip.
    page.goto("/team/c/the-way-to-school/type-in/")
    step("type-in")
    expect(page.get_by_label("Words on the slip")).to_be_focused()
    for number, words in (("12", "The bus is late."), (None, "Nobody tells us.")):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
        if number:
            page.keyboard.type(number)
        page.keyboard.press("Tab")
        page.keyboard.type("3")
        if number:
            page.keyboard.press("Tab")
            page.keyboard.press("Space")
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status").first).to_contain_text("is kept")
        expect(page.get_by_label("Words on the slip")).to_be_focused()
    statements = list(Statement.objects.order_by("pk"))
    assert [s.words.text for s in statements] == ["The bus is late.", "Nobody tells us."]
    slips = [s.words.participant.paper_slips.get().number for s in statements]
    assert slips == [12, 13]
    assert {s.words.participant.membership for s in statements} == {1}
    page.goto("/team/c/the-way-to-school/phases/")
    step("phases")
    page.goto("/team/c/the-way-to-school/keys/")
    step("keys")
