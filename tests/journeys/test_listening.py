"""Answering without leaving the page: one request, and everything as if there had been pages."""

import re

import pytest
from playwright.sync_api import expect

from coproduce.conversations.models import Phase
from coproduce.responses.models import Answer, Response
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.journeys.people import on_the_device_of

pytestmark = pytest.mark.django_db(transaction=True)

LISTEN = "/c/getting-to-school/listen/"


@pytest.fixture
def amina(page_at, live_server):
    """Amina's phone at the first of two statements, with what it asks the server for."""
    conversation = make_conversation()
    for text in ("The bus is late.", "The driver is kind."):
        make_statement(conversation, text)
    page = page_at(390)
    on_the_device_of(page, make_participant(conversation, "parent_carers"), live_server.url)
    page.goto(LISTEN)
    page.wait_for_load_state("networkidle")
    page.asked = []
    page.on(
        "request",
        lambda request: None if "/static/" in request.url else page.asked.append(request.method),
    )
    page.conversation = conversation
    return page


def test_an_answer_is_one_request_and_the_next_statement_none(amina, check_accessibility):
    first = amina.locator(".statement__words").inner_text()
    amina.get_by_role("button", name="I agree").click()
    expect(amina.get_by_text("We have kept your answer.")).to_be_visible()
    assert amina.asked == ["POST"]
    expect(amina).to_have_title("Kept – Getting to school")
    expect(amina).to_have_url(re.compile(r"/listen/[0-9A-Z-]+/\?just=1$"))
    expect(amina.locator("main")).to_be_focused()
    expect(amina.locator("body > [role=status]")).to_have_text("Kept – Getting to school")
    check_accessibility(amina)

    amina.get_by_role("link", name="Next").click()
    expect(amina.get_by_text("2 of 2. You can stop.")).to_be_visible()
    assert amina.locator(".statement__words").inner_text() != first
    assert len(amina.asked) == 1
    expect(amina).to_have_url(re.compile(r"/listen/\?pause=1$"))
    check_accessibility(amina)
    amina.get_by_role("button", name="I’m not sure").click()
    expect(amina.get_by_text("We have kept your answer.")).to_be_visible()
    assert len(amina.asked) == 2
    amina.get_by_role("link", name="Next").click()
    expect(amina.get_by_text("You have answered everything here")).to_be_visible()
    assert sorted(Response.objects.values_list("answer", flat=True)) == [
        Answer.NOT_SURE,
        Answer.AGREE,
    ]


def test_back_forward_and_reload_are_the_pages_that_were_there(amina):
    first = amina.locator(".statement__words").inner_text()
    amina.get_by_role("button", name="I agree").click()
    amina.get_by_role("link", name="Next").click()
    expect(amina.get_by_text("2 of 2. You can stop.")).to_be_visible()
    second = amina.locator(".statement__words").inner_text()
    amina.go_back()
    expect(amina.get_by_text("Your answer: I agree")).to_be_visible()
    expect(amina.locator(".statement__words").first).to_have_text(first)
    amina.go_forward()
    expect(amina.locator(".statement__words")).to_have_text(second)
    amina.reload()
    expect(amina.locator(".statement__words")).to_have_text(second)


def test_who_makes_the_text_larger_comes_back_to_where_they_were(amina):
    amina.get_by_role("button", name="I agree").click()
    expect(amina.get_by_text("We have kept your answer.")).to_be_visible()
    amina.get_by_role("link", name="Text size and colours").click()
    amina.get_by_label("Very large").check()
    amina.get_by_role("button").first.click()
    expect(amina.get_by_text("Your answer: I agree")).to_be_visible()


def test_an_answer_that_does_not_reach_us_is_said_and_can_be_given_again(
    amina, check_accessibility
):
    amina.context.set_offline(True)
    amina.get_by_role("button", name="I agree").click()
    expect(amina.get_by_role("alert")).to_have_text(
        "We could not reach the service. Press your answer again in a moment."
    )
    check_accessibility(amina)
    assert not Response.objects.exists()
    amina.context.set_offline(False)
    amina.get_by_role("button", name="I agree").dblclick()
    expect(amina.get_by_text("We have kept your answer.")).to_be_visible()
    assert Response.objects.get().answer == Answer.AGREE


def test_an_answer_that_comes_too_late_leads_to_the_page_that_says_so(amina):
    amina.conversation.phases = [Phase.CLOSED]
    amina.conversation.save()
    amina.get_by_role("button", name="I agree").click()
    expect(amina.get_by_text("People are not answering in this conversation now.")).to_be_visible()
    expect(amina).to_have_url(re.compile("/c/getting-to-school/$"))
    assert not Response.objects.exists()


def test_who_puts_the_phone_away_is_asked_anew_when_they_come_back(amina):
    amina.get_by_role("button", name="I agree").click()
    expect(amina.get_by_text("We have kept your answer.")).to_be_visible()
    amina.evaluate("const now = Date.now(); Date.now = () => now + 6 * 60 * 1000")
    amina.get_by_role("link", name="Next").click()
    expect(amina.get_by_text("2 of 2. You can stop.")).to_be_visible()
    assert amina.asked == ["POST", "GET"]


def test_an_answer_is_changed_without_leaving_the_page(amina):
    amina.get_by_role("button", name="I agree").click()
    amina.get_by_text("Change my answer").click()
    amina.get_by_role("button", name="I don’t agree").click()
    expect(amina.get_by_text("Your answer: I don’t agree")).to_be_visible()
    assert amina.asked == ["POST", "POST"]
    assert Response.objects.get().answer == Answer.DISAGREE
