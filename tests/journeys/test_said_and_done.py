"""From what Amina said to the line that she agreed with, the decision on it, and its being done."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from coproduce.conversations.models import Phase
from coproduce.decisions.models import Action
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.statements.models import Statement
from coproduce.understanding.models import Passage
from coproduce.words.models import Words
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement
from tests.coproduce.understanding.arranging import make_idea, make_team, write_draft
from tests.journeys.people import on_the_device_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "My taxi leaves before the bell."
FIRST, SECOND = "Taxis are late.", "Taxis come too early or too late."
DECIDED = "Taxis wait until five past three."
C, TEAM = "/c/getting-to-school/", "/team/c/getting-to-school/"


@pytest.mark.parametrize(("width", "javascript"), [(1180, True), (320, False)])
def test_words_are_worded_disputed_agreed_published_decided_and_done(
    live_server, page_at, check_accessibility, width, javascript
):
    conversation = make_conversation(
        phases=[Phase.GATHERING, Phase.LISTENING, Phase.CONNECTING, Phase.AGREEING]
    )
    grace, hal = make_team(conversation)
    make_member(conversation, "Dee", Role.DECISION_MAKER, group="health")
    amina = make_participant(conversation, "parent_carers")
    ben = make_participant(conversation, "education")
    late = make_statement(conversation, "Children come to my class after the bell.", by=ben)

    def check(page: Page, name: str) -> None:
        if os.environ.get("COPRODUCE_PICTURES"):
            folder = os.environ["COPRODUCE_PICTURES"]
            page.screenshot(path=f"{folder}/done-{name}-{width}.png", full_page=True)
        check_accessibility(page)

    def shown(kind: str) -> None:
        """Somebody of the team looks at what Amina wrote last; test_facilitating.py does it."""
        look_at(words=amina.words.filter(kind=kind).latest("pk"), by=hal, outcome="shown")

    hers = page_at(width, javascript=javascript)
    on_the_device_of(hers, amina, live_server.url)
    hers.goto(f"{C}say/")
    hers.get_by_label("What is important to you").fill(SAID)
    hers.get_by_role("button", name="Send my words").click()
    expect(hers.get_by_text("Thank you. We have kept your words.")).to_be_visible()
    shown(Words.Kind.STATEMENT)
    said = Statement.objects.get(words__participant=amina)
    idea = make_idea(conversation, "The journey", said, late)
    write_draft(grace)

    his = page_at(width, javascript=javascript)
    sign_in(his, "hal")
    his.goto(f"{TEAM}draft/ideas/{idea.pk}/wording/")
    his.get_by_label("Combined wording").fill(FIRST)
    for words in (SAID, late.text):
        his.get_by_label(words).check()
    check(his, "wording")
    his.get_by_role("button", name="Save").click()
    expect(his.get_by_text("Saved. It is shown as a combined wording.")).to_be_visible()

    hers.goto(f"{C}mine/")
    expect(hers.get_by_role("heading", name="Is that still what you meant?")).to_be_visible()
    check(hers, "asked")
    hers.get_by_role("link", name="Answer (line 1)").click()
    check(hers, "meant")
    hers.get_by_role("button", name="Not quite").click()
    hers.get_by_role("button", name="Send").click()
    expect(hers.get_by_role("alert")).to_be_visible()
    check(hers, "why")
    hers.get_by_label("What is not quite right?").fill("Mine is early, not late.")
    hers.get_by_role("button", name="Send").click()
    expect(hers.get_by_text("Your answer: Not quite")).to_be_visible()
    shown(Words.Kind.DISPUTE)

    his.goto(f"{TEAM}what-we-owe/")
    expect(his.get_by_text("say that it is not what they meant")).to_be_visible()
    check(his, "owed")
    his.get_by_role("link", name="Answer it").click()
    expect(his.get_by_text("Mine is early, not late.")).to_be_visible()
    check(his, "dispute")
    his.get_by_label("The new wording").fill(SECOND)
    his.locator("[name=reword-reason]").fill("Both happen.")
    his.get_by_role("button", name="Save the new wording").click()
    expect(his.get_by_text("There are none now.")).to_be_visible()
    check(his, "none-left")

    hers.goto(f"{C}mine/")
    expect(hers.get_by_text("Both happen.")).to_be_visible()
    check(hers, "asked-again")
    hers.get_by_role("link", name="Answer (line 1)").click()
    hers.get_by_role("button", name="Yes, that is what I meant").click()
    expect(hers.get_by_text("Your answer: Yes")).to_be_visible()

    his.goto(f"{TEAM}publish/")
    his.get_by_role("button", name="Turn the first key").click()
    other = page_at(width, javascript=javascript)
    sign_in(other, "grace")
    other.goto(f"{TEAM}publish/")
    other.get_by_role("button", name="Turn the second key and publish").click()
    expect(other.get_by_text("Version 1 is published.")).to_be_visible()
    conversation.refresh_from_db()
    conversation.phases = [Phase.PUBLISHED]
    conversation.save(update_fields=["phases"])
    line = Passage.objects.get(version__number=1, text=SECOND)

    dees = page_at(width, javascript=javascript)
    sign_in(dees, "dee")
    expect(dees.get_by_role("heading", name="What we owe")).to_be_visible()
    dees.goto(f"{TEAM}decisions/new/")
    dees.get_by_label("What was decided?").fill(DECIDED)
    dees.get_by_label("Why?").fill("Families asked for ten minutes.")
    dees.get_by_label("We will", exact=True).check()
    dees.get_by_label("Who decided?").fill("The transport board")
    dees.get_by_label("Other lines or words, by their numbers").fill(line.ref)
    dees.get_by_role("button", name="Keep it").click()
    expect(dees.get_by_text("Kept. Everybody can read it now.")).to_be_visible()
    dees.get_by_role("link", name="Add an action").click()
    dees.get_by_label("What will be done?").fill("Tell every driver.")
    dees.get_by_label("Who does it?").fill("Head of transport")
    dees.get_by_label("Health").check()
    dees.get_by_label("By when?").fill("2020-05-31")
    dees.get_by_role("button", name="Keep it").click()
    expect(dees.get_by_role("alert")).to_contain_text("31 May 2020 has passed")
    expect(dees.get_by_label("What will be done?")).to_have_value("Tell every driver.")
    check(dees, "past")
    dees.get_by_label("By when?").fill("2099-05-31")
    dees.get_by_role("button", name="Keep it").click()
    dees.get_by_label("What do you want to say?").select_option(label="It is done")
    dees.get_by_label("Say more").fill("All of them know.")
    dees.get_by_role("button", name="Keep it").click()

    hers.goto(f"{C}mine/")
    hers.get_by_role("link", name="Say if it is done").click()
    hers.get_by_label("Yes, it is done").check()
    hers.get_by_role("button", name="Send").click()
    expect(hers.get_by_text("You said: it is done.")).to_be_visible()
    assert Action.objects.get().standing == Action.Standing.DONE
    _reads_all_of_it(hers, f"{C}mine/", DECIDED, "Tell every driver.", SECOND)
    check(hers, "mine")

    anybody = page_at(width, javascript=javascript)
    for name, path, texts in (
        ("statement", f"/s/{said.ref}/", (SAID, SECOND, DECIDED, "Tell every driver.")),
        ("sheet", f"/s/{said.ref}/sheet/", (SAID, SECOND, DECIDED, "Tell every driver.")),
        ("done", f"{C}done/", ("The journey", DECIDED, "Tell every driver.")),
        ("all", "/done/", (DECIDED, "Tell every driver.")),
    ):
        _reads_all_of_it(anybody, path, *texts)
        check(anybody, name)
    anybody.emulate_media(media="print")
    printed = "one => getComputedStyle(one, '::after').content"
    assert anybody.locator("main a").first.evaluate(printed) == "none"
    anybody.emulate_media(media="screen")
    anybody.get_by_role("link", name="About this decision").click()
    expect(anybody.get_by_text("Families asked for ten minutes.")).to_be_visible()


def _reads_all_of_it(page: Page, path: str, *texts: str) -> None:
    page.goto(path)
    said = page.locator("main").inner_text()
    assert [text for text in texts if text not in said] == [], path
    assert "Done: confirmed by people it matters to" in said, path
