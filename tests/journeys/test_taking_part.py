"""A person's whole way: join, say, the same?, listen, why, see, mine, take back, finish, return."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from coproduce.ideas.models import Idea, Placement
from coproduce.people.models import Participant
from coproduce.responses.models import Answer, Response
from coproduce.responses.services import answer, bring_figures_up_to_date
from coproduce.words.models import Standing, Words
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db(transaction=True)

SAID = [
    "The taxi is always late and I miss the start of the day.",
    "The driver needs to learn how to talk with my daughter.",
    "I like it when the same person comes every day.",
    "The bus is too loud for me.",
]
PICTURES = os.environ.get("COPRODUCE_PICTURES")


class Journey:
    """Looks at each step: axe, sideways scrolling, and a picture where one is wanted."""

    def __init__(self, page: Page, check, name: str) -> None:
        self.page, self.check, self.name, self.steps = page, check, name, 0

    def step(self, name: str) -> None:
        self.check(self.page)
        self.steps += 1
        if PICTURES:
            file = Path(PICTURES) / f"{self.name}-{self.steps:02}-{name}.png"
            self.page.screenshot(path=str(file), full_page=True)


@pytest.fixture
def conversation():
    conversation = make_conversation(
        purpose="Getting to school should work for every child. We want to know what matters.",
        can_change="Which taxis come, when they come, how drivers are trained.",
        cannot_change="How much money there is this year.",
        options_fixed=False,
        who_runs_it="Devon Parent Carers’ Voice and the council, together.",
        who_can_read="Everybody can read the statements. Nobody sees who wrote them.",
        who_decides="The school transport board.",
        privacy_notice="We keep what you write until the date below.",
        data_controller="Example Council",
    )
    statements = [make_statement(conversation, text) for text in SAID]
    for group in ("education", "parent_carers"):
        for _ in range(7):
            person = make_participant(conversation, group)
            for statement in statements:
                answer(participant=person, statement=statement, answer=Answer.AGREE)
    bring_figures_up_to_date(conversation)
    idea = Idea.objects.create(
        conversation=conversation,
        question=conversation.questions.get(),
        name="Drivers who know us",
        summary="People want drivers who know the child and come on time.",
    )
    for position, statement in enumerate(statements[:2]):
        Placement.objects.create(idea=idea, statement=statement, position=position)
    return conversation


def joins(journey: Journey, *groups: str, whose: str = "My own words") -> str:
    page = journey.page
    page.goto("/c/getting-to-school/")
    journey.step("welcome")
    page.get_by_role("link", name="Take part").click()
    page.get_by_label(whose, exact=True).check()
    journey.step("whose")
    page.get_by_role("button", name="Go on").click()
    for group in groups:
        page.get_by_label(group).check()
    journey.step("who")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Exeter").check()
    journey.step("area")
    page.get_by_role("button", name="Go on").click()
    code = page.locator(".private-code").inner_text()
    journey.step("code")
    page.reload()
    expect(page.locator(".private-code")).to_have_text(code)
    page.get_by_role("button", name="I have kept my code").click()
    journey.step("hub")
    return code


@pytest.mark.parametrize(("width", "javascript"), [(320, True), (390, False), (1200, True)])
def test_the_whole_way(page_at, check_accessibility, conversation, width, javascript):
    page = page_at(width, javascript=javascript)
    name = f"{width}{'' if javascript else '-plain'}"
    journey = Journey(page, check_accessibility, name)
    code = joins(journey, "Parent carers")

    page.get_by_role("link", name="Say something").click()
    journey.step("say")
    page.get_by_role("button", name="Send my words").click()
    expect(page.get_by_role("alert")).to_contain_text("Write something first")
    journey.step("say-nothing")
    page.get_by_label("What is important to you").fill(
        "The driver must learn how to talk with my daughter."
    )
    page.get_by_role("button", name="Send my words").click()
    expect(page.get_by_text("Thank you. We have kept your words.")).to_be_visible()
    expect(page.get_by_role("heading", name="Is this the same as yours?")).to_be_visible()
    journey.step("same")
    page.get_by_role("button", name="The same").click()
    journey.step("said")

    page.get_by_role("link", name="Listen to what others said").first.click()
    expect(page.get_by_text("1 of 3. You can stop.")).to_be_visible()
    expect(page.get_by_text("Agreed by")).to_have_count(0)
    journey.step("listen")
    page.get_by_role("button", name="I don’t agree").click()
    expect(page.get_by_text("We have kept your answer.")).to_be_visible()
    expect(page.get_by_text("Agreed by Parent carers, Schools.")).to_be_visible()
    journey.step("answered")
    page.get_by_role("link", name="Say why").click()
    expect(page.get_by_label("I don’t agree")).to_be_checked()
    page.get_by_label("Why?").fill("It is fine in our town.")
    journey.step("why")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We have kept your reason")).to_be_visible()
    journey.step("reason")
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Skip this one").click()
    journey.step("skipped")
    page.get_by_role("button", name="I’m not sure").click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("link", name="Look at the 1 you skipped")).to_be_visible()
    journey.step("done")

    page.get_by_role("link", name="See everything so far").click()
    journey.step("see")
    page.get_by_role("link", name="Drivers who know us").click()
    journey.step("idea")
    page.get_by_role("link", name="Mine: my words and answers").click()
    expect(page.get_by_text("Put together with 1 other that says the same")).to_be_visible()
    journey.step("mine")
    page.get_by_role("link", name="My answers").click()
    journey.step("answers")
    page.get_by_role("link", name="Who I am").click()
    journey.step("who-i-am")
    page.get_by_role("link", name="My words", exact=True).click()
    page.get_by_role("link", name="Take these words back").last.click()
    journey.step("take-back")
    page.get_by_role("button", name="Take them back").click()
    expect(page.get_by_text("You took these words back.")).to_be_visible()
    journey.step("taken-back")

    page.get_by_role("link", name="Finish and close").click()
    journey.step("finish")
    page.get_by_role("button", name="Finish and close").click()
    journey.step("finished")
    page.goto("/c/getting-to-school/mine/")
    expect(page.get_by_role("link", name="Take part")).to_be_visible()
    journey.step("gone")

    page.goto("/back/")
    journey.step("back")
    page.get_by_label("Your private code").fill(code.replace(code[:3], "zzz", 1))
    page.get_by_role("button", name="Come back").click()
    expect(page.get_by_text("is not one of our code words").first).to_be_visible()
    journey.step("back-wrong")
    page.get_by_label("Your private code").fill(code.upper())
    page.get_by_role("button", name="Come back").click()
    expect(page.get_by_role("heading", name="You are taking part")).to_be_visible()
    journey.step("back-again")
    page.get_by_role("link", name="Mine: my words and answers").click()
    page.get_by_role("link", name="Take back everything").click()
    journey.step("leave")
    page.get_by_label("Yes, I want to take back everything").check()
    page.get_by_role("button", name="Take back everything").click()
    expect(page.get_by_text("Everything of yours is erased")).to_be_visible()
    journey.step("left")
    assert Participant.objects.filter(left_at=None).count() == 14


def test_a_child_by_keyboard_alone(page_at, check_accessibility, conversation):
    page = page_at(390)
    journey = Journey(page, check_accessibility, "child")

    def press_until(name: str, key: str = "Enter") -> None:
        """Tab to what has this name, then press."""
        for _ in range(80):
            page.keyboard.press("Tab")
            found = page.evaluate(
                """() => { const e = document.activeElement;
                const label = e.labels && e.labels[0];
                return ((label || e).textContent || '').trim().replace(/\\s+/g, ' '); }"""
            )
            if found.startswith(name):
                page.keyboard.press(key)
                return
        raise AssertionError(f"no way to {name} by keyboard")

    page.goto("/c/getting-to-school/")
    press_until("Take part")
    page.wait_for_url(re.compile("/join/$"))
    journey.step("whose")
    press_until("My own words", "Space")
    press_until("Go on")
    page.wait_for_url(re.compile("/who/$"))
    journey.step("who")
    press_until("Children and young people", "Space")
    press_until("Go on")
    page.wait_for_url(re.compile("/area/$"))
    journey.step("area")
    press_until("Go on")
    page.wait_for_url(re.compile("/code/$"))
    journey.step("code")
    press_until("I have kept my code")
    page.wait_for_url(re.compile("/getting-to-school/$"))
    journey.step("hub")
    press_until("Listen to what others said")
    page.wait_for_url(re.compile("/listen/$"))
    expect(page.get_by_text("You will see what others think when you finish.")).to_be_visible()
    journey.step("listen")
    press_until("I agree")
    expect(page.get_by_text("2 of 4. You can stop.")).to_be_visible()
    expect(page.get_by_text("Agreed by")).to_have_count(0)
    journey.step("next")
    press_until("Finish and close")
    page.wait_for_url(re.compile("/finish/$"))
    journey.step("finish")
    press_until("Finish and close")
    expect(page.get_by_role("heading", name="Thank you. You have finished")).to_be_visible()
    journey.step("finished")
    dev = Participant.objects.latest("pk")
    assert dev.is_child
    assert dev.finished_at is not None
    assert Response.objects.filter(participant=dev).count() == 1


def test_words_typed_are_still_there_after_a_lost_connection(page_at, conversation):
    page = page_at(390)
    joins(Journey(page, lambda page: None, "lost"), "Parent carers")
    page.get_by_role("link", name="Say something").click()
    box = page.get_by_label("What is important to you")
    box.fill("A quiet bus.")
    page.wait_for_load_state()
    page.context.set_offline(True)
    page.get_by_role("button", name="Send my words").click()
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto("/c/getting-to-school/say/")
    expect(page.get_by_label("What is important to you")).to_have_value("A quiet bus.")
    page.get_by_role("button", name="Send my words").dblclick()
    expect(page.get_by_text("Thank you. We have kept your words.")).to_be_visible()
    page.go_back()
    page.go_forward()
    assert Words.objects.filter(kind="statement").exclude(standing=Standing.SHOWN).count() == 1
    page.goto("/c/getting-to-school/say/")
    expect(page.get_by_label("What is important to you")).to_have_value("")
