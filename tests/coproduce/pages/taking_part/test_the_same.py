"""Is this the same as yours? What a writer says of two statements, and the way back."""

import pytest
from django.test import Client

from coproduce.responses.figures import move_due
from coproduce.responses.models import Figure
from coproduce.responses.services import answer
from coproduce.statements.models import LikenessAnswer, MergeLink, Statement
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.coproduce.pages.taking_part.steps import address, join, say

pytestmark = pytest.mark.django_db


def nearly_the_same():
    """A statement about the bus, and Amina's device, on which she has said it once more."""
    conversation = make_conversation()
    bus = make_statement(conversation, "The school bus is always late in the morning.")
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    return conversation, bus, client, mine


def test_what_was_said_to_be_the_same_is_not_quoted_any_more_once_it_is_not_shown():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The school bus is always late in the morning.", by=ben)
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    here = address("kept", conversation, mine.ref)
    client.post(here, {"other": bus.ref, "verdict": "same"})
    withdraw(words=bus.words, participant=ben)
    page = client.get(address("mine", conversation)).content.decode()
    assert "You said that it is the same as words that are not shown any more" in page
    assert bus.ref not in page
    client.post(address("not_the_same", conversation, mine.ref))
    assert not MergeLink.objects.get().holds


def test_the_same_as_words_that_were_taken_back_meanwhile_is_said_and_changes_nothing():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The school bus is always late in the morning.", by=ben)
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    withdraw(words=bus.words, participant=ben)
    here = address("kept", conversation, mine.ref)
    page = client.post(here, {"other": bus.ref, "verdict": "same"}, follow=True).content.decode()
    assert "Those other words are not shown any more. Yours are kept." in page
    assert not MergeLink.objects.exists()


def test_the_last_of_two_answers_to_one_pair_stands_from_whatever_device():
    conversation, bus, client, mine = nearly_the_same()
    here = address("kept", conversation, mine.ref)
    for verdict in ("same", "different", "same", "partly", "partly"):
        assert client.post(here, {"other": bus.ref, "verdict": verdict}).status_code == 302
        said = LikenessAnswer.objects.get(lifted_at=None)
        assert (said.verdict, said.by_writer) == (verdict, True)
        assert MergeLink.objects.filter(cut_at=None).exists() == (verdict == "same")
    mine.refresh_from_db()
    assert mine.cluster_id != Statement.objects.get(pk=bus.pk).cluster_id


def test_each_answer_to_a_pair_is_a_row_and_the_one_before_is_kept():
    conversation, bus, client, mine = nearly_the_same()
    for verdict in ("partly", "different", "different", "same"):
        client.post(address("kept", conversation, mine.ref), {"other": bus.ref, "verdict": verdict})
    said = LikenessAnswer.objects.order_by("pk")
    assert [(one.first_id, one.second_id, one.verdict) for one in said] == [
        (mine.pk, bus.pk, verdict) for verdict in ("partly", "different", "same")
    ]
    assert [one.lifted_at is None for one in said] == [False, False, True]


@pytest.mark.parametrize(("verdict", "told"), [("partly", "partly"), ("different", "not")])
def test_partly_and_no_can_be_taken_back_and_are_asked_again(verdict, told):
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The school bus is always late in the morning.", by=ben)
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    here = address("kept", conversation, mine.ref)
    done = client.post(here, {"other": bus.ref, "verdict": verdict}, follow=True)
    answer = LikenessAnswer.objects.get()
    back = address("ask_again", conversation, mine.ref)
    for page in (done, client.get(address("mine", conversation))):
        text = page.content.decode()
        assert text.count(f"You said that it is {told} the same as “{bus.text}”") == 1
        assert f'action="{back}"' in text
        assert f'name="answer" value="{answer.pk}"' in text
    again = client.post(back, {"answer": answer.pk}, follow=True)
    assert again.redirect_chain == [(f"{here}?again={bus.ref}", 302)]
    text = again.content.decode()
    assert "Your answer is taken back. What do you say now?" in text
    assert "Is this the same as yours?" in text
    assert bus.text in text
    assert "You said that it is" not in text
    answer.refresh_from_db()
    assert (answer.verdict, answer.lifted_at is None) == (verdict, False)
    assert LikenessAnswer.objects.count() == 1
    # A second tap changes nothing, and says nothing that is not so.
    client.post(back, {"answer": answer.pk})
    client.post(here, {"other": bus.ref, "verdict": "same"})
    assert MergeLink.objects.get().holds
    assert "Not the same after all" in client.get(address("mine", conversation)).content.decode()


def test_an_answer_given_a_moment_ago_can_be_taken_back_while_the_next_is_asked():
    conversation = make_conversation()
    make_statement(conversation, "The school bus is always late in the morning.")
    make_statement(conversation, "The school bus is late in the morning, always.")
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    page = say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    first = page.context["other"]
    page = client.post(
        address("kept", conversation, mine.ref),
        {"other": first.ref, "verdict": "different"},
        follow=True,
    )
    text = page.content.decode()
    assert "Is this the same as yours?" in text
    assert page.context["other"] != first
    assert text.count(f"You said that it is not the same as “{first.text}”") == 1


def test_nobody_reads_or_takes_back_what_somebody_else_said_of_their_words():
    conversation = make_conversation()
    ben_client = Client()
    ben, _ = join(ben_client, conversation, "education")
    bus = make_statement(conversation, "The school bus is always late in the morning.", by=ben)
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    client.post(address("kept", conversation, mine.ref), {"other": bus.ref, "verdict": "partly"})
    answer = LikenessAnswer.objects.get()
    assert "You said that" in client.get(address("mine", conversation)).content.decode()
    assert "You said that" not in ben_client.get(address("mine", conversation)).content.decode()
    ben_client.post(address("ask_again", conversation, bus.ref), {"answer": answer.pk})
    wrong = ben_client.post(address("ask_again", conversation, mine.ref), {"answer": answer.pk})
    assert wrong.status_code == 404
    answer.refresh_from_db()
    assert answer.lifted_at is None
    # What Ben says of the same two is an answer of his own.
    ben_client.post(address("kept", conversation, bus.ref), {"other": mine.ref, "verdict": "same"})
    answer.refresh_from_db()
    assert answer.lifted_at is None


def test_partly_the_same_as_words_that_were_taken_back_is_not_quoted():
    conversation = make_conversation()
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The school bus is always late in the morning.", by=ben)
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    client.post(address("kept", conversation, mine.ref), {"other": bus.ref, "verdict": "partly"})
    withdraw(words=bus.words, participant=ben)
    page = client.get(address("mine", conversation)).content.decode()
    assert "You said that it is partly the same as words that are not shown any more" in page
    assert bus.ref not in page
    answer = LikenessAnswer.objects.get()
    done = client.post(
        address("ask_again", conversation, mine.ref), {"answer": answer.pk}, follow=True
    )
    assert "Done. Your answer is taken back." in done.content.decode()
    answer.refresh_from_db()
    assert answer.lifted_at is not None


def test_another_is_asked_after_no_and_then_no_more():
    conversation, bus, client, mine = nearly_the_same()
    for verdict in ("different", "skip"):
        page = client.post(
            address("kept", conversation, mine.ref),
            {"other": bus.ref, "verdict": verdict},
            follow=True,
        )
        assert "Is this the same as yours?" not in page.content.decode()
        assert "We have kept your words" in page.content.decode()
    assert not MergeLink.objects.exists()


def test_words_that_were_taken_back_ask_nothing_about_others_any_more():
    conversation, bus, client, mine = nearly_the_same()
    client.post(address("kept", conversation, mine.ref), {"other": bus.ref, "verdict": "partly"})
    page = client.get(address("mine", conversation)).content.decode()
    assert page.count("Change this answer") == 1
    withdraw(words=mine.words, participant=mine.words.participant)
    page = client.get(address("mine", conversation)).content.decode()
    assert "You took these words back." in page
    assert "Change this answer" not in page
    assert "The school bus is always late in the morning." not in page


@pytest.mark.parametrize("people", [1, 6])
def test_who_takes_the_same_back_is_told_that_figures_count_both_for_a_while(people):
    conversation, bus, client, mine = nearly_the_same()
    client.post(address("kept", conversation, mine.ref), {"other": bus.ref, "verdict": "same"})
    for _ in range(people):
        answer(participant=make_participant(conversation, "education"), statement=bus, answer=1)
    mine.refresh_from_db()
    move_due([mine.cluster_id])
    answered = client.post(address("not_the_same", conversation, mine.ref), follow=True)
    told = answered.content.decode()
    assert "Done. Your words stand on their own again." in told
    has_figures = people == 6
    assert ("Figures beside them may count both for a while." in told) == has_figures
    mine.refresh_from_db()
    shown = Figure.objects.filter(cluster=mine.cluster_id)
    assert [one.people for one in shown] == ([7] if has_figures else [])
    # Six people fewer: it moves. With fewer than five it would stay.
    move_due([mine.cluster_id])
    assert [one.people for one in shown.all()] == ([1] if has_figures else [])
