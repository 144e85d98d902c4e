"""The genuineness page: public after publication, three things apart, no small number."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from coproduce.conversations.models import Phase, PhaseChange, Rung
from coproduce.decisions.models import Action, Decision, RestsOn
from coproduce.genuineness import counts
from coproduce.genuineness.services import answer, leave_note, offer, say_how_far
from coproduce.understanding.models import Passage, Version
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
)
from tests.coproduce.understanding.arranging import make_idea

pytestmark = pytest.mark.django_db


def published(name="Getting to school", **fields):
    fields.setdefault("phases", [Phase.ACTING])
    conversation = make_conversation(name, **fields)
    grace = make_member(conversation, "Grace")
    bus = make_statement(conversation, "The bus waits.")
    idea = make_idea(conversation, "The journey", bus)
    version = Version.objects.create(
        conversation=conversation, number=1, first_key=grace, frozen={}
    )
    Passage.objects.create(
        version=version,
        ref=f"LINE-{conversation.pk:04}",
        kind="words",
        idea=idea,
        idea_name=idea.name,
        question=idea.question,
        position=0,
    )
    return conversation


def decide(conversation, **fields):
    decision = Decision.objects.create(
        conversation=conversation,
        ref=fields.pop("ref", "DDDD-DDDD"),
        what="The bus waits five minutes.",
        why="Many asked for it.",
        decided_on=timezone.localdate(),
        decided_by="The council",
        outcome="will",
        made_by=conversation.team.first(),
    )
    RestsOn.objects.create(
        conversation=conversation, decision=decision, idea=conversation.ideas.first()
    )
    return decision


def act(conversation, standing, *, ref, due=None):
    return Action.objects.create(
        conversation=conversation,
        ref=ref,
        what=f"Action {ref}",
        owner="Transport team",
        due_on=due or timezone.localdate(),
        standing=standing,
        made_by=conversation.team.first(),
    )


def people_say(conversation, group, choices, asked="voice"):
    for choice in choices:
        person = make_participant(conversation, group)
        found = offer(participant=person)
        answer(check_in=found, participant=person, asked=asked, choice=choice)


def page_of(client, conversation):
    answer = client.get(reverse("public:genuine", args=[conversation.slug]))
    assert answer.status_code == 200
    return answer


def test_before_publication_there_is_no_page_of_figures(client):
    conversation = make_conversation()
    people_say(conversation, "education", ["yes"] * 6)
    counts.move_public_counts(conversation)
    told = page_of(client, conversation).content.decode()
    assert "Nothing is published yet" in told
    assert "What people felt" not in told


def test_it_opens_with_three_sentences_and_says_contradictions_as_facts(client):
    conversation = published()
    people_say(conversation, "education", ["yes"] * 7)
    people_say(conversation, "parent_carers", ["yes"] * 5 + ["no"])
    counts.move_public_counts(conversation)
    told = page_of(client, conversation).context["page"]
    assert told.felt == (
        "About 15 people were asked how it was; about 15 answered. They could say what they really "
        "think: Parent carers: most of about 5; Schools: most of about 5."
    )
    assert told.done == (
        "Nothing has been decided yet. Of 1 published idea, 0 have a decision or a reply, and 1 "
        "still waits."
    )
    # Nobody said or answered anything here, so everybody who was invited is missing.
    assert [one.rule for one in told.contradictions] == [
        "heard-but-nothing-decided",
        "children-invited-not-there",
        "invited-not-there",
    ]


def test_the_record_says_what_was_done_and_what_changed(client):
    conversation = published(
        options_fixed=False, rung=Rung.CO_DESIGN, hear_back_by=datetime.date(2026, 1, 1)
    )
    decide(conversation)
    today = timezone.localdate()
    act(conversation, "done", ref="AAAA-AAAA")
    act(conversation, "disputed", ref="BBBB-BBBB")
    act(conversation, "open", ref="CCCC-CCCC", due=today - datetime.timedelta(days=1))
    people_say(conversation, "education", ["yes"] * 6, asked="already_decided")
    counts.move_public_counts(conversation)
    page = page_of(client, conversation).context["page"]
    assert (page.record.ideas_answered, len(page.record.ideas)) == (1, 1)
    assert page.record.median_days == 0
    assert page.record.decisions_to_do == 1
    assert page.what_changed.by_standing == {
        "open": 1,
        "said_done": 0,
        "done": 1,
        "disputed": 1,
        "stopped": 0,
    }
    assert [action.ref for action in page.what_changed.overdue] == ["CCCC-CCCC"]
    assert {one.rule for one in page.contradictions} >= {
        "open-but-felt-decided",
        "decided-but-overdue",
        "said-done-but-disputed",
    }


def test_how_far_it_went_stands_beside_what_was_promised(client):
    conversation = published(rung=Rung.CO_DESIGN)
    for rung in [Rung.INFORMING] * 5 + [Rung.CO_DESIGN]:
        person = make_participant(conversation, "education")
        say_how_far(check_in=offer(participant=person), participant=person, rung=rung)
    counts.move_public_counts(conversation)
    page = page_of(client, conversation).context["page"]
    assert page.promised == Rung.CO_DESIGN.label
    assert {g.label: g.in_words for g in page.how_far.groups}["Schools"] == "some of about 5"
    assert "promised-more-than-it-was" in {one.rule for one in page.contradictions}


def test_a_note_is_public_only_once_somebody_has_looked_at_it(client):
    conversation = published()
    amina = make_participant(conversation, "parent_carers")
    words, _ = leave_note(
        check_in=offer(participant=amina),
        participant=amina,
        text="Nobody rushed me there.",
        form_key="note",
    )
    assert "Nobody rushed me there." not in page_of(client, conversation).content.decode()
    words.standing = "shown"
    words.save()
    assert "Nobody rushed me there." in page_of(client, conversation).content.decode()


def test_a_small_partner_group_reads_a_few_or_none(client):
    conversation = published()
    for group, people in (("parent_carers", 7), ("health", 3)):
        for _ in range(people):
            make_statement(conversation, "Mine.", by=make_participant(conversation, group))
    counts.move_public_counts(conversation)
    groups = {g.label: g for g in page_of(client, conversation).context["page"].record.groups}
    assert (groups["Parent carers"].took_part, groups["Health"].took_part) == (5, 0)
    assert groups["Health"].adopted == "too few to tell"


def test_the_days_of_each_phase_and_from_close_to_publication():
    from coproduce.genuineness.queries.record import days_to_publication, phases_lasted

    def at(day):
        return datetime.datetime(2026, 1, day, 12, tzinfo=datetime.UTC)

    changes = [
        (at(1), ["gathering", "listening"]),
        (at(5), ["listening"]),
        (at(9), ["agreeing"]),
        (at(20), ["published"]),
    ]
    lasted = {p.label: (p.days, p.is_open) for p in phases_lasted(changes, at(23))}
    assert lasted == {
        "Gathering": (4, False),
        "Listening": (8, False),
        "Agreeing": (11, False),
        "Published": (3, True),
    }
    assert days_to_publication(changes, at(19)) == 10
    assert days_to_publication(changes, at(7)) == 0
    assert days_to_publication(changes, None) is None
    assert phases_lasted([], at(1)) == ()


def test_the_same_number_of_questions_with_one_idea_and_with_thirty(
    client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(conversation, number):
        version = conversation.versions.get()
        for place in range(number):
            said = make_statement(conversation, f"Words {place}.")
            idea = make_idea(conversation, f"Idea {place}", said)
            Passage.objects.create(
                version=version,
                ref=f"P{conversation.pk:03}-{place:04}",
                kind="words",
                idea=idea,
                idea_name=idea.name,
                question=idea.question,
                position=place + 1,
            )
            decide(conversation, ref=f"D{conversation.pk:03}-{place:04}")
            act(conversation, "open", ref=f"A{conversation.pk:03}-{place:04}")

    few, many = published("Few", slug="few"), published("Many", slug="many")
    fill(few, 1)
    fill(many, 30)
    for conversation in (few, many):
        PhaseChange.objects.create(conversation=conversation, phases=["gathering"])
        counts.move_public_counts(conversation)
    with CaptureQueriesContext(connection) as asked:
        page_of(client, few)
    with django_assert_num_queries(len(asked)):
        page_of(client, many)
