import pytest

from coproduce.conversations.models import Phase
from coproduce.refused import Refused
from coproduce.responses.models import Answer, Reason, Response, Skip, Tally
from coproduce.responses.queries.heard import heard_here
from coproduce.responses.services import answer, give_reason, skip
from coproduce.statements.services import submit_statement
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db


def tally(statement, participant):
    row = Tally.objects.get(cluster=statement.cluster, membership=participant.membership)
    return row.agree, row.disagree, row.not_sure, row.mixed


def test_the_first_answer_and_the_latest_are_both_kept():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.")
    answer(participant=ben, statement=bus, answer=Answer.DISAGREE)
    answer(participant=ben, statement=bus, answer=Answer.AGREE)
    response = Response.objects.get()
    assert (response.first_answer, response.answer) == (Answer.DISAGREE, Answer.AGREE)
    assert tally(bus, ben) == (1, 0, 0, 0)


def test_the_same_answer_twice_changes_nothing():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.")
    first = answer(participant=ben, statement=bus, answer=Answer.NOT_SURE)
    again = answer(participant=ben, statement=bus, answer=Answer.NOT_SURE)
    assert (again.pk, again.answered_at) == (first.pk, first.answered_at)
    assert tally(bus, ben) == (0, 0, 1, 0)


def test_an_answer_to_words_that_were_taken_back_meanwhile_is_refused():
    conversation = make_conversation()
    amina, ben = (make_participant(conversation, one) for one in ("parent_carers", "education"))
    bus = make_statement(conversation, "The bus is late.", by=amina)
    answer(participant=ben, statement=bus, answer=Answer.DISAGREE)
    withdraw(words=Words.objects.get(pk=bus.pk), participant=amina)
    assert bus.is_open  # as it was when Ben's page was asked for
    with pytest.raises(Refused, match="cannot be answered now"):
        answer(participant=ben, statement=bus, answer=Answer.AGREE)
    kept = Response.objects.get(participant=ben)
    assert (kept.first_answer, kept.answer) == (Answer.DISAGREE, Answer.DISAGREE)
    assert not Tally.objects.filter(cluster=bus.cluster_id).exists()


def test_writing_counts_as_agreeing_and_can_be_changed():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    statement, is_new = submit_statement(
        conversation=conversation,
        participant=amina,
        question=conversation.questions.get(),
        text="  The taxi is late.\x00 ",
        how_given="own",
        form_key="form-1",
    )
    assert is_new
    assert statement.words.text == "The taxi is late."
    assert statement.words.standing == Standing.WAITING
    assert tally(statement, amina) == (1, 0, 0, 0)
    assert Response.objects.get().by_writing
    answer(participant=amina, statement=statement, answer=Answer.NOT_SURE)
    assert tally(statement, amina) == (0, 0, 1, 0)


def test_the_same_form_twice_is_one_statement_and_one_answer():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    sent = {
        "conversation": conversation,
        "participant": amina,
        "question": conversation.questions.get(),
        "text": "The taxi is late.",
        "how_given": "own",
        "form_key": "form-1",
    }
    first, _ = submit_statement(**sent)
    again, is_new = submit_statement(**sent)
    assert (again, is_new) == (first, False)
    assert (Words.objects.count(), Response.objects.count()) == (1, 1)
    assert tally(first, amina) == (1, 0, 0, 0)


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200d", "x" * 2001])
def test_nothing_and_too_much_are_refused_with_a_sentence(text):
    conversation = make_conversation()
    with pytest.raises(Refused) as refused:
        submit_statement(
            conversation=conversation,
            participant=make_participant(conversation),
            question=conversation.questions.get(),
            text=text,
            how_given="own",
            form_key="form-1",
        )
    assert refused.value.field == "words"
    assert Words.objects.count() == 0


def test_what_others_may_not_see_cannot_be_answered_by_them():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    ben = make_participant(conversation, "education")
    waiting = make_statement(conversation, "The bus.", by=amina, standing=Standing.WAITING)
    with pytest.raises(Refused):
        answer(participant=ben, statement=waiting, answer=Answer.AGREE)
    answer(participant=amina, statement=waiting, answer=Answer.NOT_SURE)
    assert Response.objects.get().participant == amina


def test_another_conversation_cannot_be_answered():
    school = make_conversation()
    parks = make_conversation("Parks")
    ben = make_participant(school, "education")
    swing = make_statement(parks, "A swing.")
    with pytest.raises(Refused):
        answer(participant=ben, statement=swing, answer=Answer.AGREE)
    assert Response.objects.count() == 0


def test_phases_say_who_may_answer_and_who_may_say():
    conversation = make_conversation(phases=[Phase.GATHERING])
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.")
    with pytest.raises(Refused, match="not answering"):
        answer(participant=ben, statement=bus, answer=Answer.AGREE)
    conversation.phases = [Phase.LISTENING]
    conversation.save()
    ben.refresh_from_db()
    answer(participant=ben, statement=bus, answer=Answer.AGREE)
    with pytest.raises(Refused, match="not being collected"):
        submit_statement(
            conversation=conversation,
            participant=ben,
            question=conversation.questions.get(),
            text="We wait.",
            how_given="own",
            form_key="form-1",
        )


def test_paper_is_typed_in_while_the_team_arranges():
    conversation = make_conversation(phases=[Phase.CONNECTING])
    ben = make_participant(conversation, "education")
    statement, _ = submit_statement(
        conversation=conversation,
        participant=ben,
        question=conversation.questions.get(),
        text="We wait.",
        how_given="paper",
        form_key="form-1",
        from_paper=True,
    )
    assert statement.words.from_paper


def test_a_reason_comes_with_its_answer_and_waits_to_be_looked_at():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.")
    given = {
        "participant": ben,
        "statement": bus,
        "answer": Answer.DISAGREE,
        "text": "It came on time all week.",
        "form_key": "why-1",
    }
    reason, is_new = give_reason(**given)
    again, is_new_again = give_reason(**given)
    assert (is_new, is_new_again, again) == (True, False, reason)
    assert reason.is_challenge
    assert reason.words.standing == Standing.WAITING
    assert Reason.objects.count() == 1
    assert tally(bus, ben) == (0, 1, 0, 0)


def test_a_skip_is_no_answer():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.")
    skip(participant=ben, statement=bus)
    skip(participant=ben, statement=bus)
    assert Skip.objects.count() == 1
    assert (Response.objects.count(), Tally.objects.count()) == (0, 0)


def test_how_each_partner_group_answered_is_heard_for_what_is_asked_next():
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    for groups, given in [
        (("education",), Answer.AGREE),
        (("education", "health"), Answer.DISAGREE),
        (("education",), Answer.NOT_SURE),
        ((), Answer.AGREE),
    ]:
        person = make_participant(conversation, *groups)
        answer(participant=person, statement=bus, answer=given)
    heard = heard_here(conversation.pk, fresh=True).heard
    education, health = (
        conversation.partner_groups.get(key=k).bit for k in ("education", "health")
    )
    by_group = [
        (
            int(heard.by_group[0, bit]),
            int(heard.agree_by_group[0, bit]),
            int(heard.disagree_by_group[0, bit]),
        )
        for bit in (education, health)
    ]
    assert by_group == [(3, 1, 1), (1, 0, 1)]
    assert (int(heard.agree[0]), int(heard.disagree[0]), int(heard.not_sure[0])) == (2, 1, 1)
