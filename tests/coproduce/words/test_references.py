import re

import pytest

from coproduce.words.models import Words
from coproduce.words.services import references, unused_ref, unused_refs
from tests.coproduce.cast import make_conversation, make_statement

pytestmark = pytest.mark.django_db


def drawing(monkeypatch, *refs):
    drawn = iter(refs)
    monkeypatch.setattr(references, "_draw", lambda: next(drawn))


def test_a_reference_is_of_letters_that_are_not_misread():
    assert re.fullmatch(
        r"[BCDFGHJKMPQRTVWXY2346789]{4}-[BCDFGHJKMPQRTVWXY2346789]{4}", unused_ref(Words)
    )


def test_one_that_is_taken_is_drawn_again(monkeypatch):
    bus = make_statement(make_conversation(), "The bus is late.")
    drawing(monkeypatch, bus.ref, "K7PM-2XQW")
    assert unused_ref(Words) == "K7PM-2XQW"


def test_many_are_each_another_one_and_none_is_taken(monkeypatch):
    bus = make_statement(make_conversation(), "The bus is late.")
    drawing(monkeypatch, "BBBB-2222", "BBBB-2222", bus.ref, "CCCC-3333", "DDDD-4444")
    assert set(unused_refs(Words, 3)) == {"BBBB-2222", "CCCC-3333", "DDDD-4444"}


def test_many_are_asked_about_in_a_few_questions(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(unused_refs(Words, 1_200)) == 1_200
