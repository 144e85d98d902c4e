"""Which ideas are near a statement: worked out once, and again when something of it changed."""

import pytest

from coproduce.ideas import nearness
from coproduce.ideas.nearness import near_ideas
from coproduce.ideas.services import make_idea, name_idea, place_in, remove_from
from coproduce.people.models import Role
from coproduce.statements import likeness
from coproduce.statements.models import Statement
from coproduce.words.services import withdraw
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    likeness.forget_all()
    return make_conversation()


@pytest.fixture
def hal(school):
    return make_member(school, "Hal", Role.FACILITATOR)


@pytest.fixture
def worked_out(monkeypatch):
    """The texts for which nearness was worked out, in order."""
    texts = []
    whole = nearness.nearest_ideas

    def spied(text, *args, **named):
        texts.append(text)
        return whole(text, *args, **named)

    monkeypatch.setattr(nearness, "nearest_ideas", spied)
    return texts


def near(school, *statements):
    rows = Statement.objects.filter(pk__in=[one.pk for one in statements]).with_words()
    found = near_ideas(list(rows.order_by("pk")), school, school.questions.get())
    return {key: [name for _, name in ideas] for key, ideas in found.items()}


def test_it_is_worked_out_once_and_a_new_name_is_shown_at_once(school, hal, worked_out):
    late = make_statement(school, "The school bus is always late.")
    again = make_statement(school, "The school bus comes late every day.")
    idea = make_idea(question=late.question, name="The bus", by=hal, statements=[late])
    assert near(school, again) == {again.pk: ["The bus"]}
    name_idea(idea=idea, name="Getting there", summary="", by=hal)
    assert near(school, again) == {again.pk: ["Getting there"]}
    assert worked_out == ["The school bus comes late every day."]


def test_it_is_worked_out_again_when_statements_move(school, hal, worked_out):
    late = make_statement(school, "The school bus is always late.")
    again = make_statement(school, "The school bus comes late every day.")
    quiet = make_statement(school, "A quiet room at lunch helps.")
    bus = make_idea(question=late.question, name="The bus", by=hal, statements=[late])
    room = make_idea(question=late.question, name="Rooms", by=hal, statements=[quiet])
    assert near(school, again) == {again.pk: ["The bus"]}
    place_in(statement=late, idea=room, by=hal)
    remove_from(statement=late, idea=bus, by=hal)
    assert near(school, again) == {again.pk: ["Rooms"]}
    assert len(worked_out) == 2


def test_words_that_were_taken_back_are_near_nothing(school, hal, worked_out):
    amina = make_participant(school)
    late = make_statement(school, "The school bus is always late.", by=amina)
    again = make_statement(school, "The school bus comes late every day.")
    make_idea(question=late.question, name="The bus", by=hal, statements=[late])
    assert near(school, again) == {again.pk: ["The bus"]}
    withdraw(words=late.words, participant=amina)
    assert near(school, again) == {}


def test_of_many_those_are_compared_that_are_like_it_and_looked_up_once(
    school, hal, worked_out, monkeypatch
):
    monkeypatch.setattr(nearness, "ALL_COMPARED", 2)
    looked_up = []
    index = likeness.DuplicateIndex.similar_to

    def spied(self, text, **named):
        looked_up.append(text)
        return index(self, text, **named)

    monkeypatch.setattr(likeness.DuplicateIndex, "similar_to", spied)
    buses = [make_statement(school, f"The school bus number {n} is late.") for n in range(4)]
    again = make_statement(school, "The school bus is late.")
    quiet = make_statement(school, "A quiet room at lunch.")
    bus = make_idea(question=again.question, name="The bus", by=hal, statements=buses)
    expected = {again.pk: ["The bus"], quiet.pk: []}
    assert near(school, again, quiet) == expected
    assert near(school, again, quiet) == expected
    assert looked_up == ["The school bus is late.", "A quiet room at lunch."]
    remove_from(statement=buses[0], idea=bus, by=hal)
    assert near(school, again, quiet) == expected
    assert len(looked_up) == 2, "the words are the same"
    make_statement(school, "The school bus stops far away.")
    assert near(school, again, quiet) == expected
    assert len(looked_up) == 4, "what is like them may be new"


def test_where_words_come_all_the_time_some_are_worked_out_again_for_each_page(
    school, hal, worked_out, monkeypatch
):
    monkeypatch.setattr(nearness, "AGAIN", 1)
    late = make_statement(school, "The school bus is always late.")
    texts = [f"The school bus comes late on day {n}." for n in range(3)]
    waiting = [make_statement(school, text) for text in texts]
    make_idea(question=late.question, name="The bus", by=hal, statements=[late])
    expected = {one.pk: ["The bus"] for one in waiting}
    assert near(school, *waiting) == expected
    assert worked_out == texts
    for _ in range(3):
        make_statement(school, "Something else.")
        assert near(school, *waiting) == expected
    assert worked_out == texts * 2, "each in its turn"
    for _ in range(3):
        assert near(school, *waiting) == expected
    assert sorted(worked_out[6:]) == texts[:2], "the last came after all words"
    assert near(school, *waiting) == expected
    assert len(worked_out) == 8
