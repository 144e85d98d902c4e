"""What is new: for everybody, and about somebody's own words since they were here."""

import datetime
from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Action, Decision
from coproduce.decisions.queries.news import SinceThen, last_here, new_for, news_of
from coproduce.decisions.services import move_action, reply
from coproduce.responses.models import Response
from coproduce.statements.models import Statement
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.decisions.published import a_decision, an_action, published
from tests.coproduce.devices import device_of
from tests.coproduce.made_once import until_the_module_ends

pytestmark = pytest.mark.django_db

A_DAY_AGO = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Everybody was last here a day ago."""
    with until_the_module_ends(django_db_blocker):
        made = published()
        then = timezone.now() - A_DAY_AGO
        Words.objects.update(given_at=then)
        Response.objects.update(answered_at=then)
        yield made


@pytest.fixture
def world(made, db):
    return deepcopy(made)


def titles(news):
    return [one.title for one in news]


def test_everybody_reads_what_was_published_decided_and_done(world):
    decision = a_decision(world, world.line(world.buses))
    action = an_action(world, world.bus)
    move_action(action=action, by=world.dee, kind="progress", note="Two buses are ordered.")
    answered = reply(
        by=world.dee, text="We read it out.", rests_on=[Ground.of(world.gate)], form_key="reply"
    )
    news = news_of(world.conversation)
    assert titles(news) == [
        "The team replied to what people said",
        f"How it goes: {action.what}",
        f"To be done by {action.due_on:%-d %B %Y}: {action.what}",
        f"Decided: {decision.what}",
        "Version 1 of the shared understanding is published",
    ]
    assert news[0].text == answered.text
    assert news[3].address == f"/d/{decision.ref}/"


def test_a_reply_about_words_that_nobody_reads_is_no_news(world):
    hidden = make_statement(world.conversation, "Hidden.", standing=Standing.NOT_SHOWN)
    reply(by=world.dee, text="About yours.", rests_on=[Ground.of(hidden)], form_key="reply")
    assert "About yours." not in [one.text for one in news_of(world.conversation)]


def test_on_return_one_reads_what_reached_ones_own_words_since(world):
    early = a_decision(world, world.bus)
    Decision.objects.update(made_at=timezone.now() - 3 * A_DAY_AGO)
    early.steps.update(at=timezone.now() - 3 * A_DAY_AGO)
    decision = a_decision(world, world.line(world.buses), what="A bus that waits.")
    elsewhere = a_decision(world, world.gate, what="Somebody at the gate.")
    since_then = new_for(world.amina)
    news = since_then.news
    assert since_then.last_here == last_here(world.amina)
    assert titles(news) == [
        f"Decided: {decision.what}",
        "Version 1 of the shared understanding is published",
    ]
    assert [one.about for one in news] == [(world.bus,), (world.bus,)]
    assert f"Decided: {elsewhere.what}" in titles(new_for(world.ben).news)
    Words.objects.filter(participant=world.amina).update(given_at=timezone.now())
    assert new_for(world.amina).news == ()


def test_news_about_words_that_were_taken_back_names_them_by_their_reference(world):
    mine = reverse("taking_part:mine", args=[world.conversation.slug])
    page = device_of(world.amina).get(mine).content.decode()
    assert "About your words: “The bus is late.”</p>" in page
    withdraw(words=world.bus.words, participant=world.amina)
    page = device_of(world.amina).get(mine).content.decode()
    assert f"About your words: {world.bus.ref}, which you took back</p>" in page


def test_an_action_that_moved_is_news_also_where_it_is_older(world):
    action = an_action(world, world.bus)
    Action.objects.update(made_at=timezone.now() - 3 * A_DAY_AGO)
    move_action(action=action, by=world.dee, kind="said_done", note="It runs.")
    news = new_for(world.amina).news
    assert f"Said to be done: {action.what}" in titles(news)
    assert f"To be done by {action.due_on:%-d %B %Y}: {action.what}" not in titles(news)


def test_who_said_nothing_has_no_news(world):
    assert new_for(make_participant(world.conversation, "health")) == SinceThen(None)


def test_where_nothing_happened_few_questions_are_asked(world, django_assert_num_queries):
    Words.objects.filter(participant=world.amina).update(given_at=timezone.now())
    with django_assert_num_queries(4):
        assert new_for(world.amina).news == ()


def test_a_reply_to_words_that_nobody_else_reads_is_news_for_their_writer_alone(world):
    hidden = make_statement(
        world.conversation, "Hidden.", by=world.amina, standing=Standing.NOT_SHOWN
    )
    Words.objects.filter(pk=hidden.pk).update(given_at=timezone.now() - A_DAY_AGO)
    reply(by=world.dee, text="About yours.", rests_on=[Ground.of(hidden)], form_key="reply")
    assert "About yours." in [one.text for one in new_for(world.amina).news]
    assert "About yours." not in [one.text for one in new_for(world.ben).news]


def test_a_reply_that_also_covers_words_taken_back_stays_public(world):
    told = reply(
        by=world.dee,
        text="About both.",
        rests_on=[Ground.of(world.gate), Ground.of(world.late)],
        form_key="reply",
    )
    Words.objects.filter(pk=world.late.pk).update(standing=Standing.WITHDRAWN)
    assert told.text in [one.text for one in news_of(world.conversation)]


def test_the_same_queries_for_one_statement_and_for_30(world):
    a_decision(world, world.line(world.buses))
    an_action(world, world.bus)
    with CaptureQueriesContext(
        connection,
    ) as one:
        new_for(world.amina)
    for number in range(30):
        words = make_statement(
            world.conversation, f"Late again {number}.", by=world.amina, cluster_of=world.bus
        )
        Words.objects.filter(pk=words.pk).update(given_at=timezone.now() - A_DAY_AGO)
    assert Statement.objects.filter(words__participant=world.amina).count() == 31
    with CaptureQueriesContext(connection) as many:
        news = new_for(world.amina).news
    assert len(many) == len(one)
    assert len(news[0].about) == 31
