from contextlib import suppress
from time import sleep

import pytest
from django.db import transaction

from coproduce.background import Soon

pytestmark = pytest.mark.django_db(transaction=True)


class Noting:
    """A task that notes for which conversation it was put down."""

    def __init__(self):
        self.put_down = []

    def get_backend(self):
        return self

    supports_defer = False

    def enqueue(self, conversation):
        self.put_down.append(conversation)


def test_it_is_put_down_once_for_all_the_asking_in_some_seconds(settings):
    settings.FIGURES_REST = 5.0
    task = Noting()
    soon = Soon(task)
    for conversation in (1, 1, 2, 1):
        soon(conversation)
    assert task.put_down == [1, 2]


def test_what_was_asked_by_an_act_that_came_to_nothing_keeps_nobody_else_from_asking(settings):
    settings.FIGURES_REST = 5.0
    task = Noting()
    soon = Soon(task)
    with suppress(ValueError), transaction.atomic():
        soon(1)
        raise ValueError
    assert task.put_down == []
    soon(1)
    assert task.put_down == [1]


def test_what_an_act_asks_for_is_not_missed_where_the_earlier_work_is_done_before_it(settings):
    settings.FIGURES_REST = 0.05
    task = Noting()
    soon = Soon(task)
    soon(1)
    with transaction.atomic():
        soon(1)
        sleep(0.06)  # meanwhile the worker did what was asked for first
    assert task.put_down == [1, 1]
