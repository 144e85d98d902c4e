"""Is this the same as yours? What a writer says of two statements, and the way back."""

import pytest
from django.test import Client

from coproduce.statements.models import LikenessAnswer, MergeLink, Statement
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.coproduce.pages.taking_part.steps import address, join, say

pytestmark = pytest.mark.django_db


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
    conversation = make_conversation()
    bus = make_statement(conversation, "The school bus is always late in the morning.")
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    here = address("kept", conversation, mine.ref)
    for verdict in ("same", "different", "same", "partly", "partly"):
        assert client.post(here, {"other": bus.ref, "verdict": verdict}).status_code == 302
        said = LikenessAnswer.objects.get(lifted_at=None)
        assert (said.verdict, said.by_writer) == (verdict, True)
        assert MergeLink.objects.filter(cut_at=None).exists() == (verdict == "same")
    mine.refresh_from_db()
    assert mine.cluster_id != Statement.objects.get(pk=bus.pk).cluster_id


def test_another_is_asked_after_no_and_then_no_more():
    conversation = make_conversation()
    bus = make_statement(conversation, "The school bus is always late in the morning.")
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    say(client, conversation, "The school bus is always late in the mornings.")
    mine = Statement.objects.get(words__participant=amina)
    for verdict in ("different", "skip"):
        page = client.post(
            address("kept", conversation, mine.ref),
            {"other": bus.ref, "verdict": verdict},
            follow=True,
        )
        assert "Is this the same as yours?" not in page.content.decode()
        assert "We have kept your words" in page.content.decode()
    assert not MergeLink.objects.exists()
