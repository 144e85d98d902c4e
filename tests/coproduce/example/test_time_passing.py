import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from coproduce.example.time_passing import _way_to_conversation, weeks_pass
from coproduce.people.models import SignInLink
from coproduce.words.models import Words
from tests.coproduce.cast import make_conversation, make_statement

pytestmark = pytest.mark.django_db


def test_what_happened_moves_back_and_what_is_promised_stays():
    promised = datetime.date(2027, 6, 30)
    conversation = make_conversation(hear_back_by=promised)
    other = make_conversation(name="Another one")
    given = make_statement(conversation, "The bus is late.").words.given_at
    untouched = make_statement(other, "The bus is early.").words
    weeks_pass(conversation, 3)
    conversation.refresh_from_db()
    moved = Words.objects.get(conversation=conversation)
    assert moved.given_at == given - datetime.timedelta(weeks=3)
    assert conversation.hear_back_by == promised
    assert Words.objects.get(pk=untouched.pk).given_at == untouched.given_at
    assert timezone.now() - conversation.made_at >= datetime.timedelta(weeks=3)


def test_the_way_from_a_row_to_its_conversation():
    def way(name):
        return _way_to_conversation(apps.get_model("coproduce", name))

    assert way("Conversation") == "pk"
    assert way("Words") == "conversation"
    assert way("Passage") == "version__conversation"
    assert way("ConcernStep") == "concern__conversation"
    assert way("Account") is None
    assert _way_to_conversation(SignInLink) is None
