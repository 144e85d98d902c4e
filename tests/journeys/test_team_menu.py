"""The pages of running a conversation: one row on a phone, all in sight on a desk."""

import pytest
from playwright.sync_api import expect

from coproduce.people.models import Role
from tests.coproduce.cast import make_conversation, make_member
from tests.journeys.people import signed_in_already

pytestmark = pytest.mark.django_db(transaction=True)

ORGANISER_OPENS = [
    "What we owe",
    "Overview",
    "Ways in",
    "Whom to invite next",
    "Type in slips",
    "Bring in a file",
    "New words",
    "Connect",
    "Draft and publish",
    "Letters",
    "Team",
    "Phases",
    "Log",
]


@pytest.fixture
def ways_in(page_at, live_server):
    """`ways_in(width, ...)`: the page of the ways in, open before an organiser."""

    def open_page(width, **options):
        school = make_conversation()
        grace = make_member(school, "Grace", Role.ORGANISER)
        page = signed_in_already(page_at(width, **options), grace, live_server.url)
        page.goto(f"/team/c/{school.slug}/ways-in/")
        return page

    return open_page


def seen(page):
    links = page.get_by_role("navigation", name="Running this conversation").get_by_role("link")
    return links.all_inner_texts()


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_menu_is_one_row_until_it_is_pressed(
    ways_in, check_accessibility, width, javascript
):
    page = ways_in(width, javascript=javascript)
    menu = page.get_by_role("navigation", name="Running this conversation")
    assert seen(page) == []
    assert menu.bounding_box()["height"] < 52
    check_accessibility(page)
    menu.get_by_text("Menu", exact=True).click()
    assert seen(page) == ORGANISER_OPENS
    check_accessibility(page)
    menu.get_by_role("link", name="Phases").click()
    expect(page.get_by_role("heading", level=1, name="Phases")).to_be_visible()


def test_the_menu_opens_by_keyboard_and_says_where_one_is(ways_in):
    page = ways_in(390)
    summary = page.get_by_text("Menu", exact=True)
    for _ in range(8):
        page.keyboard.press("Tab")
        if summary.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert seen(page) == ORGANISER_OPENS
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "What we owe"
    assert page.locator("nav [aria-current=page]").inner_text() == "Ways in"


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_desk_every_page_is_in_sight_without_pressing(
    ways_in, check_accessibility, javascript
):
    page = ways_in(1280, javascript=javascript)
    assert seen(page) == ORGANISER_OPENS
    expect(page.get_by_text("Menu", exact=True)).to_be_hidden()
    check_accessibility(page)


@pytest.mark.parametrize("width", [320, 390])
def test_answers_by_slip_and_link_do_not_scroll_sideways_on_a_phone(ways_in, width):
    page = ways_in(width)
    box = page.get_by_role("region", name="Answers by slip and by open link")
    assert box.evaluate("it => it.scrollWidth - it.clientWidth") == 0
    rows = box.get_by_role("row").all_inner_texts()
    assert [row.split() for row in rows[1:]] == [
        ["With", "a", "slip", "Too", "few", "people", "to", "tell"],
        ["By", "open", "link", "or", "code", "Too", "few", "people", "to", "tell"],
    ]


def test_no_page_is_wider_than_the_screen_for_a_long_word(
    page_at, live_server, transactional_db, check_accessibility
):
    conversation = make_conversation("Breaks in Llanfairpwllgwyngyllgogerychwyrndrobwll")
    conversation.questions.update(text="What is Llanfairpwllgwyngyllgogerychwyrndrobwll to you?")
    grace = make_member(conversation, "Grace", Role.ORGANISER)
    page = signed_in_already(page_at(320, javascript=False), grace, live_server.url)
    team = f"/team/c/{conversation.slug}/"
    paths = ["", "ways-in/", "ways-in/paper/?first=1&count=2", "connect/", "phases/"]
    for path in ("/team/", *(team + each for each in paths), f"/c/{conversation.slug}/"):
        page.goto(path)
        check_accessibility(page)  # it looks at the width
