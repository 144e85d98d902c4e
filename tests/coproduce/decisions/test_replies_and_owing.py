import datetime
from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.audit.queries import log_of
from coproduce.conversations.models import Phase
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import QuestionAnswer, Reply
from coproduce.decisions.queries import (
    decisions_under,
    journey_of,
    questions_of,
    what_became_of_ideas,
    what_we_owe,
)
from coproduce.decisions.queries.ideas import what_became_of_lines
from coproduce.decisions.services import (
    answer_questions,
    correct_answer,
    correct_reply,
    move_action,
    reply,
)
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.understanding.models import RaisedQuestion
from coproduce.words.models import Standing, Words
from coproduce.words.services import keep_words, withdraw, withdraw_everything
from tests.coproduce.cast import make_member, make_statement
from tests.coproduce.decisions.published import DAY, a_decision, an_action, published
from tests.coproduce.made_once import until_the_module_ends

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.jsonl"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield published()


@pytest.fixture
def world(made, db):
    return deepcopy(made)


def tell(world, *on, by=None, text="We heard you.", key="reply"):
    return reply(
        by=by or world.hal, text=text, rests_on=[Ground.of(one) for one in on], form_key=key
    )


def ask(world, text, key="q"):
    words, _ = keep_words(
        conversation=world.conversation,
        participant=world.amina,
        kind=Words.Kind.QUESTION,
        text=text,
        how_given="own",
        form_key=key,
        standing=Standing.SHOWN,
    )
    return words


def test_one_reply_covers_many_and_reaches_every_statement_under_them(world):
    first = tell(world, world.buses, world.line(world.school))
    assert tell(world, world.buses, world.line(world.school)) == first
    assert Reply.objects.count() == 1
    under = decisions_under([world.bus, world.late, world.gate])
    assert [under[one.pk].replies for one in (world.bus, world.late, world.gate)] == [[first]] * 3
    assert not any(one.is_waiting for one in what_became_of_ideas(world.conversation))


def test_a_reply_needs_words_grounds_and_a_role(world):
    with pytest.raises(Refused, match="Write the reply") as refused:
        tell(world, world.buses, text=" ")
    assert refused.value.field == "text"
    with pytest.raises(Refused, match="Choose what you reply to"):
        tell(world)
    with pytest.raises(PermissionError):
        tell(world, world.buses, by=world.sam)
    assert not Reply.objects.exists()


def test_words_that_nobody_can_read_get_a_reply_of_their_own(world):
    hidden = make_statement(world.conversation, "Hidden.", standing=Standing.NOT_SHOWN)
    withdraw(words=world.bus.words, participant=world.amina)
    gone = Words.objects.get(pk=world.bus.pk)
    with pytest.raises(Refused, match="a reply of their own"):
        tell(world, hidden, world.school)
    with pytest.raises(Refused, match="a reply of their own"):
        tell(world, gone, world.gate)
    own = tell(world, hidden, gone)
    assert decisions_under([hidden])[hidden.pk].replies == [own]
    apart = make_statement(world.conversation, "Apart.", standing=Standing.SET_APART)
    with pytest.raises(PermissionError):
        tell(world, apart, key="other")


def test_words_that_still_wait_are_owed_a_reply_once_nobody_can_look_at_them(world):
    waiting = make_statement(world.conversation, "New.", standing=Standing.WAITING)
    key = f"words-{waiting.ref}"
    world.conversation.phases = ["gathering", "acting"]
    assert key not in [one.key for one in what_we_owe(world.conversation)]
    world.conversation.phases = ["acting"]
    assert key in [one.key for one in what_we_owe(world.conversation)]


def test_words_that_were_taken_back_wait_from_that_day_on(world):
    world.bus.words.given_at -= datetime.timedelta(days=90)
    world.bus.words.save(update_fields=["given_at"])
    withdraw(words=world.bus.words, participant=world.amina)
    (owed,) = [one for one in what_we_owe(world.conversation) if one.kind == "words"]
    assert owed.since == timezone.localdate()


def test_who_took_back_everything_is_owed_no_reply_that_nobody_could_read(world):
    withdraw_everything(participant=world.amina)
    assert not [one for one in what_we_owe(world.conversation) if one.kind == "words"]


def test_a_corrected_reply_takes_its_place_and_covers_the_same(world):
    first = tell(world, world.buses)
    given = {"reply": first, "by": world.grace, "text": "x", "form_key": "c"}
    given["why_corrected"] = "It left out some of you."
    with pytest.raises(Refused, match="Say why you correct it"):
        correct_reply(**{**given, "why_corrected": " ", "form_key": "d"})
    second = correct_reply(**{**given, "text": "We heard you all."})
    assert correct_reply(**given) == second
    first.refresh_from_db()
    assert (first.text, first.ended_at is None) == ("We heard you.", False)
    assert decisions_under([world.late])[world.late.pk].replies == [second]
    (told,) = journey_of(world.late).answered
    assert [one.text for one in told.reply.earlier] == ["We heard you."]


def test_a_reply_to_one_person_is_not_turned_into_one_for_everybody(world):
    hidden = make_statement(world.conversation, "Not for all.", standing=Standing.NOT_SHOWN).words
    own = tell(world, hidden)
    given = {"reply": own, "by": world.grace, "text": "x", "why_corrected": "y", "form_key": "c"}
    with pytest.raises(Refused, match="Write another reply"):
        correct_reply(**given, rests_on=[Ground.of(world.buses)])
    assert correct_reply(**given).replaces == own


def test_every_idea_has_a_decision_a_reply_or_waits_so_many_days(world):
    since = timezone.localdate(world.version.published_at)
    world.conversation.hear_back_by = since + 10 * DAY
    ideas = what_became_of_ideas(world.conversation, since + 12 * DAY)
    assert [(one.name, one.waiting_days, one.days_late) for one in ideas] == [
        ("Buses on time", 12, 2),
        ("At school", 12, 2),
    ]
    decision = a_decision(world, world.line(world.buses))
    ideas = what_became_of_ideas(world.conversation, since + 12 * DAY)
    assert [one.decisions for one in ideas] == [(decision,), ()]
    assert (ideas[0].waiting_days, ideas[0].days_late, ideas[0].lines_waiting) == (0, 0, 0)
    assert what_became_of_lines(world.conversation) == what_became_of_ideas(world.conversation)


def test_what_we_owe_holds_everything_that_people_wait_for_the_oldest_first(world):
    today = timezone.localdate()
    world.conversation.hear_back_by = today + 40 * DAY
    world.conversation.save()
    make_statement(world.conversation, "Hidden.", standing=Standing.NOT_SHOWN)
    question = ask(world, "Who pays?")
    action = an_action(world, world.gate, due_on=today)
    later = an_action(world, world.gate, due_on=today + 60 * DAY)
    trying = a_decision(world, world.gate, outcome="try", by_when=today + 2 * DAY)
    owed = what_we_owe(world.conversation, today + DAY)
    assert [(one.kind, one.key) for one in owed] == [
        ("action", f"action-{action.ref}"),
        ("question", f"question-words-{question.pk}"),
        ("decision", f"decision-{trying.ref}"),
        ("idea", f"idea-{world.buses.pk}"),
        ("words", owed[4].key),
    ]
    assert (owed[0].late(today + DAY), owed[2].late(today + DAY)) == (1, 0)
    move_action(action=later, by=world.dee, kind="said_done", note="Done.")
    withdraw(words=world.gate.words, participant=world.ben)
    kinds = [one.kind for one in what_we_owe(world.conversation, today)]
    assert kinds.count("review") == 3, "two actions and a decision rested on these words"
    world.conversation.phases = [Phase.CLOSED]
    kinds = {one.kind for one in what_we_owe(world.conversation, today)}
    assert kinds == {"question", "review"}


def test_a_specialist_answers_once_for_all(world):
    words = ask(world, "Who pays?")
    room = RaisedQuestion.objects.create(conversation=world.conversation, text="Who drives?")
    given = {"text": "The county.", "answered_by": "Transport officer", "form_key": "a"}
    with pytest.raises(PermissionError):
        answer_questions(by=world.hal, questions=[words], **given)
    with pytest.raises(Refused, match="Choose the question"):
        answer_questions(by=world.sam, questions=[], **given)
    for _ in range(2):
        answer = answer_questions(by=world.sam, questions=[words, room], **given)
    assert QuestionAnswer.objects.count() == 1
    assert {one.text for one in questions_of(world.conversation) if one.answer == answer} == {
        "Who pays?",
        "Who drives?",
    }
    corrected = correct_answer(
        answer=answer,
        by=world.sam,
        text="The school.",
        answered_by="Officer",
        why_corrected="The school pays now.",
        form_key="b",
    )
    assert {one.answer for one in questions_of(world.conversation)} == {corrected}
    line = next(one for one in log_of(world.sam) if "answered questions" in one.did)
    assert f"answered questions that people asked: 2, in {answer.ref}" == line.did


def test_open_questions_show_their_age_and_hidden_ones_are_not_told(world):
    words = ask(world, "Who pays?")
    Words.objects.filter(pk=words.pk).update(given_at=timezone.now() - datetime.timedelta(days=9))
    hidden = ask(world, "Is Karen paid?", key="q2")
    Words.objects.filter(pk=hidden.pk).update(standing=Standing.NOT_SHOWN)
    one = questions_of(world.conversation)[0]
    assert (len(questions_of(world.conversation)), one.waiting_days) == (1, 9)
    with pytest.raises(Refused, match="not shown any more"):
        answer_questions(
            by=world.sam,
            questions=[Words.objects.get(pk=hidden.pk)],
            text="No.",
            answered_by="Officer",
            form_key="a",
        )


def test_questions_are_answered_while_people_still_gather(world):
    words = ask(world, "Who pays?")
    world.conversation.phases = [Phase.GATHERING]
    world.conversation.save()
    sam = make_member(world.conversation, "Sue", Role.SPECIALIST)
    answer_questions(
        by=sam, questions=[words], text="The county.", answered_by="Officer", form_key="a"
    )
    assert Entry.objects.filter(act="answer_questions").count() == 1


def test_what_we_owe_takes_the_same_questions_for_30(world):
    def all_of_each(n):
        make_statement(world.conversation, f"Hidden {n}.", standing=Standing.NOT_SHOWN)
        ask(world, f"Question {n}?", key=f"q{n}")
        an_action(world, world.gate, due_on=timezone.localdate())
        a_decision(world, world.gate, outcome="try", by_when=timezone.localdate())

    all_of_each(0)
    with CaptureQueriesContext(connection) as few:
        what_we_owe(world.conversation)
    for n in range(1, 30):
        all_of_each(n)
    with CaptureQueriesContext(connection) as many:
        assert len(what_we_owe(world.conversation)) > 100
    assert len(many) == len(few)
