from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coproduce.agreeing.queries.walk import walk_through
from coproduce.agreeing.services import answer_wording
from coproduce.responses.services import answer
from coproduce.understanding.models import Draft
from coproduce.understanding.queries.draft import draft_document
from coproduce.words.services import withdraw
from tests.coproduce.agreeing.wordings import in_agreeing, word
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.understanding.arranging import (
    make_idea,
    make_team,
    put_together,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db


class Scene:
    def __init__(self):
        self.conversation = in_agreeing()
        self.grace, _ = make_team(self.conversation)
        self.ben = make_participant(self.conversation, "education")
        self.late, self.often, self.walk, self.bus = [
            make_statement(self.conversation, text, by=make_participant(self.conversation))
            for text in ("The taxi is late.", "It is often late.", "I walk.", "A bus.")
        ]
        self.same = make_statement(self.conversation, "Late taxis!")
        put_together(self.late, self.same)
        self.idea = make_idea(self.conversation, "The journey", self.walk, self.late, self.often)
        self.wording = word(self.grace, self.idea, self.late, self.often)


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield Scene()


@pytest.fixture
def scene(once, db):
    return deepcopy(once)


def test_the_lines_are_those_of_the_draft_as_people_arranged_them(scene):
    show_figure(scene.bus, {"parent_carers": (40, 2, 3)})
    write_draft(scene.grace, order=Draft.Order.AGREEMENT)
    walk = walk_through(scene.ben)
    assert [(h.name, [line.name for line in h.lines]) for h in walk.headings] == [
        ("The journey", [scene.walk.ref, f"wording {scene.wording.pk}"]),
        ("What is important to you in getting to school?", [scene.bus.ref]),
    ]
    document = draft_document(scene.conversation)
    assert {line.wording_id or line.listed[0].ref for line in document.lines} == {
        line.wording or line.ref for line in walk.lines
    }


def test_what_was_answered_is_known_and_the_way_goes_on_to_what_was_not(scene):
    walk = walk_through(scene.ben)
    assert (walk.answered, walk.begin.name) == (0, scene.walk.ref)
    answer(participant=scene.ben, statement=scene.walk, answer=1)
    answer_wording(participant=scene.ben, wording=scene.wording, choice="not_sure")
    walk = walk_through(scene.ben)
    assert [line.is_answered for line in walk.lines] == [True, True, False]
    assert walk.after(scene.walk.ref).name == scene.bus.ref
    answer(participant=scene.ben, statement=scene.bus, answer=-1)
    walk = walk_through(scene.ben)
    assert walk.begin is None
    assert walk.after(scene.bus.ref) is None
    assert walk.following(scene.walk.ref).name == f"wording {scene.wording.pk}"
    assert walk.following(scene.bus.ref) is None


def test_an_answer_to_words_put_together_is_an_answer_to_the_line(scene):
    alone = make_statement(scene.conversation, "Bus!")
    put_together(scene.bus, alone)
    answer(participant=scene.ben, statement=alone, answer=1)
    assert walk_through(scene.ben).answered == 1


def test_words_taken_back_are_no_line(scene):
    withdraw(words=scene.bus.words, participant=scene.bus.words.participant)
    assert [line.name for line in walk_through(scene.ben).lines] == [
        scene.walk.ref,
        f"wording {scene.wording.pk}",
    ]


def test_the_way_takes_as_many_queries_for_30_headings_as_for_1(scene):
    with CaptureQueriesContext(connection) as one:
        walk_through(scene.ben)
    for n in range(30):
        some = make_statement(scene.conversation, f"Thing {n}")
        idea = make_idea(scene.conversation, f"Idea {n}", some)
        if n % 2:
            word(scene.grace, idea, some)
    with CaptureQueriesContext(connection) as many:
        assert len(walk_through(scene.ben).headings) == 32
    assert len(many) == len(one)
