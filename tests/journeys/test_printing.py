"""Paper: as many slips on each A4 page as was asked for, and a poster that is read from afar."""

import re
import zlib

import pytest

from tests.coproduce.cast import make_conversation, make_member
from tests.journeys.people import signed_in_already

PAGE = "/team/c/getting-to-school/ways-in/"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def ruled_lines(pdf: bytes) -> int:
    """How many of the grey lines to write on are drawn, whatever stands over them."""
    drawn = 0
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            drawing = zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            continue
        colour = ""
        for act in drawing.splitlines():
            if act.endswith(" rg"):
                colour = act
            drawn += ".5333 .5333 .5333 rg" in colour and bool(
                re.fullmatch(r"\S+ \S+ \S+ 1 re", act)
            )
    return drawn


@pytest.mark.parametrize(("each_page", "pages"), [("8", 5), ("10", 4)])
def test_join_slips_fill_their_pages(page_at, transactional_db, client, each_page, pages):
    grace = make_member(make_conversation(), "Grace")
    page = page_at(1200)
    page.goto("/team/sign-in/")
    page.get_by_label("Email address").fill(grace.account.email)
    page.get_by_label("Password").fill("four round stones")
    page.get_by_role("button", name="Sign in").click()
    page.goto(PAGE)
    page.get_by_label("How many slips?").first.fill("40")
    page.get_by_role("radio", name=each_page, exact=True).check()
    page.get_by_role("button", name="Make the slips").click()
    page.get_by_text("Slip 40", exact=True).wait_for(state="attached")
    assert pages_of(page.pdf(prefer_css_page_size=True, print_background=True)) == pages
    page.goto(f"{PAGE}paper/?first=1&count=6")
    assert pages_of(page.pdf(prefer_css_page_size=True, print_background=True)) == 3


def test_a_poster_fills_one_page_in_our_own_letters(page_at, live_server, transactional_db):
    conversation = make_conversation("Getting to school and home again in the winter months")
    page = page_at(1200)
    signed_in_already(page, make_member(conversation, "Grace"), live_server.url)
    page.goto(f"/team/c/{conversation.slug}/ways-in/")
    page.get_by_role("link", name="A poster to print").click()
    page.goto(f"{page.url}?kind=partner_group&key=children")
    assert pages_of(page.pdf(prefer_css_page_size=True, print_background=True)) == 1
    page.emulate_media(media="print")
    printed = page.locator(".poster p").evaluate_all(
        """all => all.map(one => getComputedStyle(one))
                   .map(style => [style.fontFamily.split(",")[0], parseFloat(style.fontSize)])"""
    )
    assert {family for family, _ in printed} == {'"Atkinson Hyperlegible Next"', "Lexend"}
    assert min(size for _, size in printed) >= 26  # 20 points


@pytest.mark.parametrize(("questions", "groups", "pages"), [(2, 7, 2), (4, 12, 4)])
def test_a_paper_slip_holds_all_that_stands_on_it_however_many_questions_and_groups(
    page_at, live_server, transactional_db, questions, groups, pages
):
    conversation = make_conversation()
    for number in range(1, questions):
        text = f"What else is important to you on the way, in the morning and back, {number}?"
        conversation.questions.create(text=text, position=number)
    for bit in range(4, groups):
        conversation.partner_groups.create(
            key=f"group_{bit}", label=f"People of the {bit} villages", position=bit, bit=bit
        )
    page = page_at(1200)
    signed_in_already(page, make_member(conversation, "Grace"), live_server.url)
    page.goto(f"{PAGE}paper/?first=1&count=4")
    page.emulate_media(media="print")
    below, lines = zip(
        *page.locator(".slip").evaluate_all(
            """all => all.map(slip => [
              slip.getBoundingClientRect().bottom -
                slip.querySelector(".slip__dots").getBoundingClientRect().bottom,
              slip.querySelector(".slip__lines").getBoundingClientRect().height])"""
        ),
        strict=True,
    )
    millimetre = 96 / 25.4
    assert len(below) == 4
    assert min(below) >= 4.9 * millimetre
    assert min(lines) >= 19.9 * millimetre
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert pages_of(pdf) == pages
    # No more lines than there is room for: none runs through the words below.
    assert ruled_lines(pdf) == sum(int(height / (9 * millimetre)) for height in lines)
