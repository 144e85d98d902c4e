"""A Polis conversation comes in whole, and goes out without leading to anybody."""

import io

import pytest

from commonground.formats import PolisStatement, VoteEvents, read_polis, write_polis
from coproduce.exchange.polis_export import polis_zip
from coproduce.exchange.polis_import import import_polis
from coproduce.people.models import Account, Participant
from coproduce.refused import Refused
from coproduce.responses.models import Response, Tally
from coproduce.responses.services import answer
from coproduce.statements.services import submit_statement
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return Account.objects.create(email="grace@example.org", name="Grace", runs_installation=True)


@pytest.fixture
def small(tmp_path):
    """Three statements, one of each moderation; Amina (7) changes her answer."""
    path = tmp_path / "small.zip"
    write_polis(
        path,
        statements=[
            PolisStatement(id=0, text="Later buses.", author=7, created=1000, moderated=1),
            PolisStatement(id=1, text="Fewer buses.", author=8, created=2000, moderated=0),
            PolisStatement(id=2, text="Buy my hats.", author=8, created=3000, moderated=-1),
        ],
        events=VoteEvents.of([7, 8, 7], [0, 0, 0], [1, -1, 0], [5000, 6000, 7000]),
        topic="Buses",
    )
    return path


def test_statements_answers_and_moderation_come_in(operator, small):
    came = import_polis(export=read_polis(small), path=small, by=operator)
    assert (came.statements, came.people, came.answers) == (3, 2, 2)
    assert came.conversation.name == "Buses"
    assert came.conversation.is_draft
    standing = {s.text: s.words.standing for s in came.conversation.statements.all()}
    assert standing == {
        "Later buses.": Standing.SHOWN,
        "Fewer buses.": Standing.WAITING,
        "Buy my hats.": Standing.NOT_SHOWN,
    }
    first_and_latest = sorted(Response.objects.values_list("first_answer", "answer"))
    assert first_and_latest == [(-1, -1), (1, 0)]
    (tally,) = Tally.objects.all()
    assert (tally.agree, tally.disagree, tally.not_sure, tally.membership) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("name", "statements", "answers", "agree"),
    [
        ("london.youth.policing", 39, 638, 392),
        ("scoop-hivemind.freshwater", 80, 3972, 2483),
    ],
)
def test_a_real_conversation_comes_in(operator, shared_data, name, statements, answers, agree):
    """The figures were counted from the CSV files by themselves, the last vote kept."""
    folder = shared_data("polis", name)
    came = import_polis(export=read_polis(folder), path=folder, by=operator)
    assert (came.statements, came.answers) == (statements, answers)
    assert Response.objects.count() == answers
    assert Response.objects.filter(answer=1).count() == agree
    assert sum(Tally.objects.values_list("agree", flat=True)) == agree


def twenty_one(conversation, statement):
    for number in range(21):
        person = make_participant(conversation, "parent_carers" if number % 2 else "education")
        answer(participant=person, statement=statement, answer=1 if number % 3 else -1)


def exported(conversation):
    return read_polis(io.BytesIO(polis_zip(conversation=conversation, by=None)))


def test_rows_of_children_never_leave():
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    twenty_one(conversation, bus)
    dev = make_participant(conversation, "children")
    answer(participant=dev, statement=bus, answer=0)
    out = exported(conversation)
    assert len(out.participants) == 21
    assert sorted(out.events.answers.tolist()) == [-1] * 7 + [1] * 14


def test_too_few_people_leave_no_file():
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    for _ in range(19):
        answer(participant=make_participant(conversation, "education"), statement=bus, answer=1)
    with pytest.raises(Refused, match="Fewer than 20 people"):
        polis_zip(conversation=conversation, by=None)


def test_nothing_leads_from_words_to_the_row_of_their_writer():
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    twenty_one(conversation, bus)
    amina = Participant.objects.filter(membership=2).first()
    mine, _ = submit_statement(
        conversation=conversation,
        participant=amina,
        question=conversation.questions.get(),
        text="My son waits in the rain.",
        how_given="own",
        form_key="f1",
    )
    mine.words.standing = Standing.SHOWN
    mine.words.save()
    out = exported(conversation)
    said = next(s for s in out.statements if s.text == "My son waits in the rain.")
    assert said.id not in out.events.statements.tolist()
    assert said.author not in out.participants.tolist()
    assert len(set(out.events.times.tolist())) == 1
    keys = {str(p.pk) for p in Participant.objects.all()}
    assert {str(person) for person in out.participants.tolist()} == {str(n) for n in range(21)}
    assert keys  # the ids that left count from 0, whatever the keys are
