import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coproduce.decisions.grounds import Ground
from coproduce.decisions.queries.done import said_and_done, what_works, with_what_is_done
from coproduce.decisions.queries.journey import journey_of, journeys_of
from coproduce.decisions.services import reply, still_stands
from coproduce.ideas.models import StatementTag, Tag
from coproduce.statements.models import Statement
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.coproduce.decisions.published import DAY, TODAY, a_decision, an_action, published
from tests.coproduce.devices import device_of
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db


def kinds(journey):
    return [
        "decision" if one.decision else "reply" if one.reply else "action"
        for one in journey.answered
    ]


def test_the_way_of_one_statement_from_said_to_done():
    world = published()
    decision = a_decision(world, world.late)
    action = an_action(world, decision=decision)
    told = reply(
        by=world.dee, text="We wrote to you.", rests_on=[Ground.of(world.buses)], form_key="r-1"
    )
    journey = journey_of(world.bus)
    assert journey.together == 1
    assert journey.ideas == ("Buses on time",)
    assert [line.passage for line in journey.lines] == [world.line(world.buses)]
    assert kinds(journey) == ["decision", "action", "reply"]
    assert journey.answered[0].decision == decision
    assert journey.answered[1].action == action
    assert journey.answered[2].reply == told
    assert not journey.is_waiting
    assert journey_of(world.gate).is_waiting


def test_waiting_is_counted_from_the_promised_day():
    world = published(hear_back_by=datetime.date(2020, 1, 1))
    journey = journey_of(world.gate)
    assert journey.promised == datetime.date(2020, 1, 1)
    assert journey.days_late == (journey.today - datetime.date(2020, 1, 1)).days


def test_before_it_is_published_others_answers_are_told_to_nobody_but_who_may_see():
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.")
    show_figure(late, {"parent_carers": (40, 2, 3)})
    assert journey_of(late).who_answered == ""
    assert journey_of(late, live=True).who_answered.startswith("Agreed by Parent carers.")


def test_what_was_published_is_told_as_it_was():
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.")
    make_idea(conversation, "The journey", late)
    show_figure(late, {"parent_carers": (40, 2, 3)})
    team = make_team(conversation)
    write_draft(team[0])
    both_publish(*team)
    show_figure(late, {"parent_carers": (40, 2, 63)})
    (line,) = journey_of(late).lines
    assert line.line.figures[0].agreeing == ("parent_carers",)


def test_the_lines_are_those_of_the_latest_version_that_has_the_words():
    world = published()
    world.conversation.phases = ["agreeing"]
    world.conversation.save()
    for member in (world.grace, world.hal):
        member.refresh_from_db()
    write_draft(world.grace, introduction="Again.")
    again = both_publish(world.grace, world.hal)
    assert [line.version for line in journey_of(world.bus).lines] == [again]


def test_the_ways_of_30_take_as_many_queries_as_of_1():
    world = published()
    a_decision(world, world.buses)
    with CaptureQueriesContext(connection) as one:
        journeys_of(
            [Statement.objects.select_related("words", "conversation").get(pk=world.bus.pk)]
        )
    for n in range(29):
        some = make_statement(world.conversation, f"Thing {n}")
        make_idea(world.conversation, f"Idea {n}", some)
        an_action(world, some, due_on=datetime.date(2099, 1, 1 + n))
    with CaptureQueriesContext(connection) as many:
        found = journeys_of(
            Statement.objects.select_related("words", "conversation").order_by("pk")
        )
    assert len(found) == 32
    assert len(many) <= len(one) + 3  # the statements; steps of actions; actions of decisions


def test_you_said_we_did_or_why_not():
    world = published()
    yes = a_decision(world, world.buses)
    no = a_decision(world, world.school, outcome="cannot", what="No guard.")
    action = an_action(world, decision=yes, due_on=TODAY)
    done = said_and_done(world.conversation, TODAY + 2 * DAY)
    ideas = with_what_is_done(done.ideas, TODAY + 2 * DAY)
    told = {
        idea.outcome.name: [(one.decision, one.why_not) for one in idea.decisions] for idea in ideas
    }
    assert told == {"Buses on time": [(yes, False)], "At school": [(no, True)]}
    assert [(one.action, one.overdue) for one in ideas[0].decisions[0].actions] == [(action, True)]
    assert (done.decided, done.replied, done.waiting) == (2, 0, 0)


def test_what_is_replied_to_or_waits_is_counted_apart():
    world = published()
    reply(by=world.dee, text="Soon.", rests_on=[Ground.of(world.buses)], form_key="r-1")
    done = said_and_done(world.conversation)
    assert (done.decided, done.replied, done.waiting) == (0, 1, 1)


def test_what_already_works_is_published_words_that_somebody_marked():
    world = published()
    unpublished = make_statement(world.conversation, "The driver is kind.")
    for one in (world.late, unpublished, world.gate):
        StatementTag.objects.create(statement=one, tag=Tag.WORKS_WELL)
    StatementTag.objects.filter(statement=world.gate).update(lifted_at=world.version.published_at)
    assert list(what_works([world.conversation.pk])) == [world.bus], "listed for what it holds"
    withdraw(words=world.bus.words, participant=world.amina)
    assert list(what_works([world.conversation.pk])) == [world.late]


def test_settled_without_an_appeal():
    world = published()
    decision = a_decision(world, settled_without_appeal=True)
    a_decision(world)
    assert said_and_done(world.conversation).settled == (decision,)


def test_a_conversation_without_a_version_has_nothing_done():
    conversation = make_conversation()
    make_participant(conversation)
    assert said_and_done(conversation).ideas == ()


def test_what_rests_on_words_taken_back_says_so_to_whoever_said_the_same(client):
    world = published()
    decision = a_decision(world, world.buses)
    an_action(world, world.line(world.buses))
    reply(by=world.dee, text="We wrote to you.", rests_on=[Ground.of(world.gate)], form_key="r-1")
    assert [one.look_again for one in journey_of(world.late).answered] == [False, False]
    withdraw(words=world.bus.words, participant=world.amina)
    found = journey_of(Statement.objects.get(pk=world.late.pk)).answered
    assert [(bool(one.decision), bool(one.action), one.look_again) for one in found] == [
        (True, False, True),
        (False, True, True),
    ]
    # Words under another idea are not touched by it.
    assert [one.look_again for one in journey_of(world.gate).answered] == [False]
    page = client.get(f"/s/{world.late.ref}/").content.decode()
    assert page.count("Words that this rested on were taken back.") == 2
    slug = world.conversation.slug
    beside = (f"/c/{slug}/understanding/1/", f"/embed/c/{slug}/", f"/c/{slug}/done/")
    for address in beside:
        page = client.get(address).content.decode()
        assert page.count("Words that this rested on were taken back.") == 1, address
    still_stands(thing=decision, by=world.dee, reason="Others said it too.")
    for address in beside:
        assert "taken back" not in client.get(address).content.decode(), address
    found = journey_of(Statement.objects.get(pk=world.late.pk)).answered
    assert [one.look_again for one in found] == [False, True]


def test_who_said_it_after_it_was_answered_is_told_that_the_answer_went_to_others():
    world = published()
    told = reply(
        by=world.dee, text="We wrote to you.", rests_on=[Ground.of(world.buses)], form_key="r-1"
    )
    page = device_of(world.bus.words.participant).get(mine_address(world.conversation))
    assert "We wrote to you." in page.content.decode()
    assert "Before you said it" not in page.content.decode()
    type(told).objects.filter(pk=told.pk).update(made_at=told.made_at - 2 * DAY)
    page = device_of(world.bus.words.participant).get(mine_address(world.conversation))
    assert page.content.decode().count("Before you said it, to others who had said the same:") == 1


def mine_address(conversation):
    return reverse("taking_part:mine", args=[conversation.slug])
