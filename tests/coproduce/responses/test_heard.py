"""What is kept of how far statements were heard, and when it is read again."""

import threading
from time import sleep

import pytest
from django.db import DatabaseError

from coproduce.getting_ready import read_what_was_heard
from coproduce.responses.models import Answer
from coproduce.responses.queries import heard
from coproduce.responses.services import answer
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.coproduce.several_connections import at_once

pytestmark = pytest.mark.django_db


class Room:
    """One statement, somebody who agrees with it every time, and a clock."""

    def __init__(self):
        self.now = 1000.0
        self.conversation = make_conversation()
        self.bus = make_statement(self.conversation, "The bus is late.")

    def one_more_agrees(self):
        somebody = make_participant(self.conversation)
        answer(participant=somebody, statement=self.bus, answer=Answer.AGREE)

    def agree(self):
        return int(heard.heard_here(self.conversation.pk).heard.agree[0])


@pytest.fixture
def beside(monkeypatch):
    """Conversations that are to be read again beside the requests, in place of doing it."""
    asked = []
    monkeypatch.setattr(heard, "_beside_requests", asked.append)
    yield asked
    if heard._refreshing.locked():
        heard._refreshing.release()


@pytest.fixture
def room(monkeypatch, settings, beside):
    settings.HEARD_FOR = 10.0
    heard.forget_all()
    room = Room()
    monkeypatch.setattr(heard, "monotonic", lambda: room.now)
    room.one_more_agrees()
    assert room.agree() == 1
    room.one_more_agrees()
    yield room
    heard.forget_all()


def test_for_some_seconds_nothing_is_read(room, beside, django_assert_num_queries):
    room.now += 9.9
    with django_assert_num_queries(0):
        assert room.agree() == 1
    assert beside == []


def test_then_it_is_read_again_beside_the_requests_and_once(
    room, beside, django_assert_num_queries
):
    room.now += 10
    with django_assert_num_queries(0):
        assert [room.agree(), room.agree()] == [1, 1]
    assert beside == [room.conversation.pk]
    heard._refresh(room.conversation.pk)
    assert room.agree() == 2
    assert not heard._refreshing.locked()


def test_who_comes_first_after_a_quiet_time_waits_for_nothing(
    room, beside, django_assert_num_queries
):
    room.now += 3599
    with django_assert_num_queries(0):
        assert room.agree() == 1
    assert beside == [room.conversation.pk]


def test_what_is_long_gone_by_is_waited_for(room, beside):
    room.now += 3600
    assert room.agree() == 2
    assert beside == []


def test_where_nothing_is_to_be_kept_it_is_read_each_time(room, beside, settings):
    settings.HEARD_FOR = 0.0
    assert room.agree() == 2
    assert beside == []


def test_a_process_that_starts_reads_it_before_it_is_asked(django_assert_num_queries, settings):
    settings.HEARD_FOR = 10.0
    heard.forget_all()
    room = Room()
    room.one_more_agrees()
    read_what_was_heard()
    with django_assert_num_queries(0):
        assert room.agree() == 1
    heard.forget_all()


def test_what_fails_beside_the_requests_is_tried_by_the_next(room, beside, monkeypatch, caplog):
    room.now += 10
    room.agree()

    def broken(conversation):
        raise DatabaseError("gone")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(heard, "_read", broken)
        heard._refresh(room.conversation.pk)
    assert "could not be read again: gone" in caplog.text
    assert room.agree() == 1
    assert beside == [room.conversation.pk] * 2


@pytest.mark.django_db(transaction=True)
def test_the_thread_beside_the_requests_reads_it_again(several_connections, settings):
    heard.forget_all()

    def requests():
        room = Room()
        room.one_more_agrees()
        assert room.agree() == 1
        room.one_more_agrees()
        settings.HEARD_FOR = 0.5
        sleep(0.5)
        assert room.agree() == 1
        settings.HEARD_FOR = 10.0
        for thread in threading.enumerate():
            if thread.name == "heard":
                thread.join(20)
        assert room.agree() == 2
        assert not heard._refreshing.locked()

    settings.HEARD_FOR = 10.0
    at_once([requests])
    heard.forget_all()
