"""From one minute at the end of a visit to what the whole area reads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from coproduce.conversations.models import Rung
from coproduce.genuineness.counts import move_public_counts
from coproduce.genuineness.models import CheckIn
from coproduce.genuineness.services import answer, offer
from coproduce.people.codes import make_code
from coproduce.people.services import join
from coproduce.reach.services import load_benchmarks, load_map
from coproduce.understanding.models import Passage, Version
from tests.coproduce.cast import make_conversation, make_participant, make_statement, partner_group
from tests.coproduce.understanding.arranging import make_idea, make_team

pytestmark = pytest.mark.django_db(transaction=True)

BENCHMARKS = (
    "kind,key,people,source,as_of\n"
    "partner_group,parent_carers,300,Invented count,2024-03-14\n"
    "partner_group,education,100,Invented count,2024-03-14\n"
)
MAP = (
    "name,kind,stage,group,how\n"
    "Transport policy,decision,designing,Parent carers,engagement\n"
    "Transport policy,decision,deciding,Children,not\n"
)


@pytest.mark.parametrize(("width", "javascript"), [(320, False), (390, True)])
def test_somebody_says_how_it_was_and_everybody_reads_what_came_of_it(
    page_at, check_accessibility, width, javascript
):
    conversation = make_conversation(rung=Rung.CO_DESIGN, options_fixed=False)
    grace, _ = make_team(conversation)
    bus = make_statement(conversation, "The bus waits.")
    idea = make_idea(conversation, "The journey", bus)
    for group in ("education", "parent_carers"):
        for number in range(5):
            person = make_participant(
                conversation, group, area=conversation.areas.get(key="exeter")
            )
            make_statement(conversation, f"Mine {number}.", by=person)
            answer(
                check_in=offer(participant=person),
                participant=person,
                asked="voice",
                choice="yes" if group == "education" else "no",
            )
    load_benchmarks(by=None, name="benchmarks.csv", content=BENCHMARKS.encode())
    load_map(by=None, name="map.csv", content=MAP.encode())
    version = Version.objects.create(
        conversation=conversation, number=1, first_key=grace, frozen={}
    )
    Passage.objects.create(
        version=version,
        ref="LNLN-LNLN",
        kind="words",
        idea=idea,
        idea_name=idea.name,
        question=idea.question,
        position=0,
    )

    check = check_accessibility
    code = make_code()
    join(conversation=conversation, code=code, groups=[partner_group(conversation, "health")])
    page = page_at(width, javascript=javascript)
    page.goto("/back/")
    page.get_by_label("Your private code").fill(code)
    page.get_by_role("button", name="Come back").click()
    page.goto("/c/getting-to-school/finish/")
    check(page)
    page.get_by_role("button", name="Say how it was").click()
    expect(page.get_by_role("heading", name="I could take part in a way")).to_be_visible()
    check(page)
    page.get_by_role("button", name="A bit").click()
    page.get_by_role("button", name="Yes", exact=True).click()
    page.get_by_role("button", name="Skip this one").click()
    page.get_by_role("button", name="I don’t know").click()
    page.get_by_role("button", name="I don’t want to say").click()
    expect(page.get_by_role("heading", name="How far did it go?")).to_be_visible()
    check(page)
    page.get_by_label("Consultation").check()
    page.get_by_role("button", name="Next").click()
    check(page)
    page.get_by_label("Do you want to say more?").fill("It was calm.")
    page.get_by_role("button", name="Send my words").click()
    expect(page.get_by_text("Thank you. That is kept.")).to_be_visible()
    said = CheckIn.objects.get(felt_rung=Rung.CONSULTATION)
    assert dict(said.answers.values_list("asked", "choice")) == {
        "space": "a_bit",
        "voice": "yes",
        "audience": "not_sure",
        "already_decided": "rather_not",
    }
    move_public_counts(conversation)

    public = page_at(width, javascript=javascript)
    public.goto("/c/getting-to-school/genuine/")
    expect(public.get_by_text("Parent carers felt least heard.")).to_be_visible()
    expect(public.get_by_text("Nothing has been decided yet.")).to_be_visible()
    check(public)
    for address, words in (
        ("/c/getting-to-school/who/", "Who took part, and who is missing"),
        ("/map/", "Where people are involved, and where not"),
        ("/area/", "What this area says"),
    ):
        public.goto(address)
        expect(public.get_by_role("heading", level=1, name=words)).to_be_visible()
        check(public)

    team = page_at(width, javascript=javascript)
    team.goto("/team/sign-in/")
    team.get_by_label("Email").fill("grace@example.org")
    team.get_by_label("Password").fill("four round stones")
    team.get_by_role("button", name="Sign in").click()
    team.goto("/team/c/getting-to-school/invite-next/")
    expect(team.get_by_role("heading", name="Children and young people")).to_be_visible()
    check(team)
    team.get_by_role("link", name="A poster to print for Children").click()
    expect(team.get_by_role("heading", name="We would like to hear from you")).to_be_visible()
    check(team)
    if javascript:
        team.emulate_media(media="print")
        pdf = team.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
