from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coproduce.agreeing.counts import shown_for
from coproduce.agreeing.models import LineAnswer
from coproduce.agreeing.queries.asking import asked_about
from coproduce.agreeing.services import answer_wording
from coproduce.audit.models import Entry
from coproduce.conversations.models import Phase
from coproduce.genuineness.models import PublicCount
from coproduce.people.services import put_together as put_codes_together
from coproduce.refused import Meanwhile, Refused
from coproduce.understanding.queries.draft import draft_row
from coproduce.understanding.services import end_wording
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw, withdraw_everything
from tests.coproduce.agreeing.wordings import in_agreeing, word
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.understanding.arranging import make_idea, make_team, put_together

pytestmark = pytest.mark.django_db


class Scene:
    def __init__(self):
        self.conversation = in_agreeing()
        self.grace, self.hal = make_team(self.conversation)
        self.amina = make_participant(self.conversation, "parent_carers")
        self.ben = make_participant(self.conversation, "education")
        self.late = make_statement(self.conversation, "The taxi is late.", by=self.amina)
        self.often = make_statement(self.conversation, "It is often late.", by=self.ben)
        self.walk = make_statement(self.conversation, "I walk.")
        self.idea = make_idea(self.conversation, "The journey", self.late, self.often, self.walk)
        self.wording = word(self.grace, self.idea, self.late, self.often)

    def say(self, person, choice, why="", **named):
        return answer_wording(
            participant=person, wording=self.wording, choice=choice, why=why, **named
        )


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield Scene()


@pytest.fixture
def scene(once, db):
    return deepcopy(once)


def test_who_wrote_is_asked_and_who_did_not_is_not(scene):
    other = make_participant(scene.conversation, "health")
    asked = asked_about(scene.amina)
    assert [(one.wording, [s.text for s in one.own], one.waits) for one in asked] == [
        (scene.wording, ["The taxi is late."], True)
    ]
    assert asked_about(other) == []


def test_words_that_were_put_together_with_those_under_a_wording_are_asked_about_too(scene):
    dev = make_participant(scene.conversation, "children")
    same = make_statement(scene.conversation, "Late taxis!", by=dev)
    put_together(scene.late, same)
    assert [one.own for one in asked_about(dev)] == [(same,)]


def test_hidden_or_withdrawn_words_are_not_asked_about(scene):
    withdraw(words=scene.late.words, participant=scene.amina)
    Words.objects.filter(pk=scene.often.pk).update(standing=Standing.HELD)
    assert asked_about(scene.amina) == []
    assert asked_about(scene.ben) == []


def test_yes_is_kept_and_another_answer_later_leaves_it_as_ended(scene):
    first = scene.say(scene.amina, "yes")
    assert (first.choice, first.as_writer, first.words) == ("yes", True, None)
    assert scene.say(scene.amina, "yes").pk == first.pk
    second = scene.say(scene.amina, "not_quite", "Not all taxis.")
    first.refresh_from_db()
    assert first.ended_at is not None
    assert second.ended_at is None
    assert [one.waits for one in asked_about(scene.amina)] == [False]


def test_a_writer_says_why_and_the_reason_is_looked_at_first(scene):
    with pytest.raises(Refused, match="Write something first") as refused:
        scene.say(scene.amina, "not_quite")
    assert refused.value.field == "words"
    assert not LineAnswer.objects.exists()
    answer = scene.say(scene.amina, "not_quite", "Not all taxis.", form_key="form-1")
    assert (answer.words.kind, answer.words.standing) == ("dispute", Standing.WAITING)
    assert answer.words.text == "Not all taxis."
    again = scene.say(scene.amina, "not_quite", "Not all taxis.", form_key="form-1")
    assert again.pk == answer.pk
    assert Words.objects.filter(kind="dispute").count() == 1


def test_others_may_agree_or_not_and_need_no_reason(scene):
    other = make_participant(scene.conversation, "health")
    answer = scene.say(other, "not_quite")
    assert (answer.as_writer, answer.words, answer.disputes) == (False, None, False)
    assert scene.say(other, "not_sure").choice == "not_sure"


def test_only_in_the_agreeing_phase_only_there_and_only_while_it_stands(scene):
    with pytest.raises(Refused, match="Choose one"):
        scene.say(scene.amina, "perhaps")
    elsewhere = make_participant(in_agreeing("Elsewhere"), "health")
    with pytest.raises(Refused, match="cannot be answered"):
        scene.say(elsewhere, "yes")
    scene.conversation.phases = [Phase.PUBLISHED]
    scene.conversation.save()
    scene.amina.refresh_from_db()
    with pytest.raises(Refused, match="do not agree on wordings"):
        scene.say(scene.amina, "yes")
    scene.conversation.phases = [Phase.AGREEING]
    scene.conversation.save()
    end_wording(
        member=scene.grace, revision=draft_row(scene.conversation).revision, wording=scene.wording
    )
    scene.amina.refresh_from_db()
    with pytest.raises(Meanwhile, match="changed this wording"):
        scene.say(scene.amina, "yes")
    assert not LineAnswer.objects.exists()


def test_who_takes_everything_back_says_nothing_of_wordings_any_more(scene):
    scene.say(scene.amina, "not_quite", "Not all taxis.")
    withdraw_everything(participant=scene.amina)
    assert not LineAnswer.objects.exists()
    scene.amina.refresh_from_db()
    with pytest.raises(Refused, match="taken back everything"):
        scene.say(scene.amina, "yes")


def test_two_codes_of_one_person_say_one_thing_of_a_wording(scene):
    same = make_participant(scene.conversation, "parent_carers")
    scene.say(scene.amina, "yes")
    scene.say(same, "not_sure")
    put_codes_together(kept=scene.amina, other=same)
    answers = LineAnswer.objects.order_by("at")
    assert [(a.choice, a.participant_id == scene.amina.pk) for a in answers] == [
        ("yes", True),
        ("not_sure", True),
    ]
    assert [a.choice for a in LineAnswer.objects.latest()] == ["not_sure"]


def test_what_is_shown_of_a_wording_moves_by_fives_and_tells_nothing_below(
    scene, django_capture_on_commit_callbacks
):
    def agree(number):
        for _ in range(number):
            with django_capture_on_commit_callbacks(execute=True):  # the worker, at once
                scene.say(make_participant(scene.conversation, "education"), "yes")

    agree(4)
    assert shown_for(scene.conversation, [scene.wording]) == {}
    agree(1)
    shown = shown_for(scene.conversation, [scene.wording])[scene.wording.pk]
    assert shown["people"] == 5
    assert shown["groups"]["education"]["stance"] == "agrees"
    agree(4)
    assert shown_for(scene.conversation, [scene.wording])[scene.wording.pk] == shown
    assert PublicCount.objects.get().people == 5
    agree(1)
    assert shown_for(scene.conversation, [scene.wording])[scene.wording.pk]["people"] == 10


def test_the_log_does_not_tell_what_anybody_said_of_a_wording(scene):
    before = Entry.objects.count()
    scene.say(scene.amina, "not_quite", "Not all taxis.")
    assert Entry.objects.count() == before


def test_asking_takes_as_many_queries_for_30_wordings_as_for_1(scene):
    with CaptureQueriesContext(connection) as one:
        assert len(asked_about(scene.amina)) == 1
    for n in range(29):
        statement = make_statement(scene.conversation, f"Thing {n}", by=scene.amina)
        word(scene.grace, make_idea(scene.conversation, f"Idea {n}", statement), statement)
    with CaptureQueriesContext(connection) as many:
        assert len(asked_about(scene.amina)) == 30
    assert len(many) == len(one)
