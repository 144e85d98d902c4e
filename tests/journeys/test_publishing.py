"""From a file that somebody typed after a meeting to a page that hangs on a wall."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from coproduce.conversations.models import Phase
from coproduce.ideas.models import Wording
from tests.coproduce.cast import make_statement
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    put_together,
    show_figure,
    write_draft,
)
from tests.journeys.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

BROKEN = (
    "Heading,Statement,Marks\n"
    "Time,Listen to us,3\n"
    "Time,,2\n"
    "Trust,Keep your word,lots\n"
    "Trust,“small things”,\n"
)
MENDED = BROKEN.replace("Time,,2", "Time,Do not hurry us,2").replace("lots", "11")


def choose_file(page: Page, name: str, text: str) -> None:
    page.get_by_label("A file with statements").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Look at this file").click()


@pytest.mark.parametrize(("width", "javascript"), [(1180, True), (320, False)])
def test_a_file_is_mended_brought_in_published_with_two_keys_and_read(
    page_at, check_accessibility, width, javascript
):
    conversation = agreeing_conversation(phases=[Phase.AGREEING])
    make_team(conversation)

    page = page_at(width, javascript=javascript)
    sign_in(page, "Grace")
    page.goto("/team/c/getting-to-school/bring-in/")
    check_accessibility(page)
    choose_file(page, "room.csv", BROKEN)
    expect(page.get_by_role("heading", name="2 things to mend first")).to_be_visible()
    expect(
        page.get_by_role("row", name=re.compile("3 Statement There are no words"))
    ).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("4 Marks “lots” is not"))).to_be_visible()
    check_accessibility(page)
    page.get_by_role("button", name="Do not bring it in").click()
    choose_file(page, "room.csv", MENDED)
    expect(page.get_by_text("4 statements under 2 ideas, with 16 room marks.")).to_be_visible()
    check_accessibility(page)
    page.get_by_label("Show them at once").check()
    page.get_by_role("button", name="Bring in 4 statements").click()
    expect(page.get_by_text("4 statements came in.")).to_be_visible()
    check_accessibility(page)

    page.goto("/team/c/getting-to-school/draft/")
    check_accessibility(page)
    page.get_by_role("link", name="Write the text").click()
    page.get_by_label("Title").fill("What we understand together")
    page.get_by_label("Introduction").fill("We met on a Tuesday.")
    check_accessibility(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Time", exact=True).click()
    page.get_by_label("A sentence or two under the heading").fill("About the pace.")
    check_accessibility(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Add a question that people raised").fill("Who decides?")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="See it as it will be").click()
    expect(page.get_by_text("About the pace.")).to_be_visible()
    check_accessibility(page)
    page.goto("/team/c/getting-to-school/publish/")
    check_accessibility(page)
    page.get_by_role("button", name="Turn the first key").click()
    expect(page.get_by_text("You turned the first key.")).to_be_visible()
    check_accessibility(page)

    other = page_at(width, javascript=javascript)
    other.goto("/team/sign-in/")
    check_accessibility(other)
    sign_in(other, "Hal")
    check_accessibility(other)
    other.goto("/team/c/getting-to-school/publish/")
    check_accessibility(other)
    other.get_by_role("button", name="Turn the second key and publish").click()
    expect(other.get_by_text("Version 1 is published.")).to_be_visible()
    check_accessibility(other)

    public = page_at(width, javascript=javascript)
    public.goto("/")
    check_accessibility(public)
    public.get_by_role("link", name="Getting to school").last.click()
    expect(public.get_by_role("heading", name="What we understand together")).to_be_visible()
    lines = public.locator(".line__words")
    assert lines.all_inner_texts() == [
        "“Listen to us”",
        "“Do not hurry us”",
        "“Keep your word”",
        "“small things”",
        "Who decides?",
    ]
    check_accessibility(public)
    public.locator(".line__address a").first.click()
    expect(public.get_by_text("3 room marks.").first).to_be_visible()
    check_accessibility(public)
    public.get_by_role("link", name="What became of these words").click()
    expect(public.get_by_text("It is a line under Time.")).to_be_visible()
    check_accessibility(public)


@pytest.mark.parametrize("width", [320, 390, 1180])
def test_the_published_page_reads_at_every_width_and_opens_what_lines_rest_on(
    page_at, check_accessibility, width
):
    _publish_with_answers()
    page = page_at(width)
    page.goto("/c/getting-to-school/understanding/")
    check_accessibility(page)
    expect(page.get_by_text("Agreed by Parent carers, Schools.")).to_be_visible()
    expect(page.get_by_text("“Know us first.”")).not_to_be_visible()
    page.get_by_text("See the other thing put together with this").click()
    expect(page.get_by_text("“Know us first.”")).to_be_visible()
    check_accessibility(page)


def test_the_words_under_a_line_open_by_keyboard_alone(page_at):
    _publish_with_answers()
    page = page_at(390, javascript=False)
    page.goto("/c/getting-to-school/understanding/")
    page.locator(".line__rest summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Know us first.”")).to_be_visible()


def test_it_prints_on_a4_with_the_marks_beside_their_lines(page_at):
    _publish_with_answers()
    page = page_at(1180)
    page.goto("/c/getting-to-school/understanding/")
    page.set_viewport_size({"width": 672, "height": 960})  # A4 within its margins
    page.emulate_media(media="print")
    for hidden in (".header__tools", ".footer", ".line__address", ".line__rest"):
        assert not page.locator(hidden).first.is_visible(), hidden
    marks = page.locator(".line .marks").first.bounding_box()
    words = page.locator(".line__words").first.bounding_box()
    assert marks["x"] + marks["width"] < words["x"]
    assert abs(marks["y"] - words["y"]) < 12
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert b"594.95" in pdf or b"595" in pdf


def _publish_with_answers() -> None:
    conversation = agreeing_conversation()
    team = make_team(conversation)
    known = make_statement(conversation, "Drivers know the child before the first day.")
    put_together(known, make_statement(conversation, "Know us first."))
    walks = make_statement(conversation, "I walk.")
    make_idea(conversation, "The journey", known, walks)
    show_figure(known, {"parent_carers": (40, 2, 3), "education": (14, 2, 1)})
    write_draft(team[0])
    both_publish(*team)


def test_on_paper_a_combined_wording_has_the_words_that_it_rests_on(page_at):
    conversation = agreeing_conversation()
    team = make_team(conversation)
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    idea = make_idea(conversation, "The journey", late, often)
    wording = Wording.objects.create(conversation=conversation, idea=idea, text="Late taxis.")
    wording.rests_on.set([late, often])
    write_draft(team[0])
    both_publish(*team)
    page = page_at(390, javascript=False)
    page.goto("/c/getting-to-school/understanding/")
    originals = page.locator(".line__originals")
    expect(originals).to_be_hidden()
    page.emulate_media(media="print")
    expect(originals).to_be_visible()
    assert sorted(originals.locator("li").all_inner_texts()) == [
        "“It is often late.”",
        "“The taxi is late.”",
    ]
