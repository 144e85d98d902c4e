"""Two clicks, or two tabs, at the same moment: one decision, one reply, one answer, one check."""

import datetime
from functools import partial

import pytest

from coproduce.audit.models import Entry
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import (
    ActionCheck,
    ActionStep,
    Decision,
    QuestionAnswer,
    Reply,
    RestsOn,
)
from coproduce.decisions.services import (
    answer_questions,
    check_action,
    correct_action,
    decide,
    move_action,
    reply,
)
from coproduce.words.models import Words
from coproduce.words.services import keep_words
from tests.coproduce.decisions.published import an_action, published
from tests.coproduce.several_connections import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("several_connections"),
]


def twice(act):
    return at_once([act, act], threads=2)


def logged(act):
    return Entry.objects.filter(act=act).count()


def test_two_clicks_are_one_decision():
    world = published()
    send = partial(
        decide,
        by=world.dee,
        what="Two more buses.",
        why="Children wait in the rain.",
        decided_on=datetime.date(2026, 1, 5),
        decided_by="The transport board",
        outcome="will",
        rests_on=[Ground.of(world.buses)],
        form_key="d",
    )
    first, second = twice(send)
    assert first == second
    assert (Decision.objects.count(), RestsOn.objects.count(), logged("decide")) == (1, 1, 1)
    assert first.steps.count() == 1


def test_two_clicks_are_one_reply():
    world = published()
    send = partial(
        reply, by=world.dee, text="We heard.", rests_on=[Ground.of(world.buses)], form_key="r"
    )
    first, second = twice(send)
    assert first == second
    assert (Reply.objects.count(), RestsOn.objects.count(), logged("reply")) == (1, 1, 1)


def test_two_clicks_are_one_answer_to_a_question():
    world = published()
    words, _ = keep_words(
        conversation=world.conversation,
        participant=world.amina,
        kind=Words.Kind.QUESTION,
        text="Who pays?",
        how_given=world.amina.whose_words,
        form_key="q",
    )
    Words.objects.filter(pk=words.pk).update(standing="shown")
    words.refresh_from_db()
    send = partial(
        answer_questions,
        by=world.sam,
        questions=[words],
        text="The county.",
        answered_by="Transport officer",
        form_key="a",
    )
    first, second = twice(send)
    assert first == second
    assert (QuestionAnswer.objects.count(), first.questions.count()) == (1, 1)
    assert logged("answer_questions") == 1


def test_two_clicks_are_one_check_of_an_action():
    world = published()
    action = an_action(world, world.buses)
    move_action(action=action, by=world.dee, kind="said_done", note="They run.")
    send = partial(check_action, participant=world.amina, action=action, confirms=True)
    first, second = twice(send)
    assert first == second
    assert ActionCheck.objects.count() == 1


def test_two_clicks_are_one_correction_of_an_action():
    world = published()
    action = an_action(world, world.buses)
    send = partial(
        correct_action,
        action=action,
        by=world.dee,
        what="Order three buses.",
        owner=action.owner,
        owner_group=action.owner_group,
        why_corrected="There are three.",
        rests_on=[Ground.of(world.buses)],
        seen=0,
    )
    first, second = twice(send)
    assert first == second
    assert (ActionStep.objects.count(), logged("correct_action")) == (1, 1)
