"""What a web process goes on from for a second, so that a full room asks for it once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coproduce.conversations import access
from coproduce.conversations.models import Conversation, Phase, Question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_for_a_minute(settings):
    access.forget_all()
    settings.CONVERSATION_KEPT_FOR = 60.0
    yield
    access.forget_all()


@pytest.fixture
def school_run():
    conversation = Conversation.objects.create(
        slug="school-run", name="School run", phases=[Phase.GATHERING]
    )
    Question.objects.create(conversation=conversation, text="What is important to you?")
    return conversation


def test_the_next_page_asks_the_database_for_nothing(school_run):
    access.opened("school-run")
    with CaptureQueriesContext(connection) as asked:
        again = access.opened("school-run")
        assert again is not None
        assert [one.text for one in again.open_questions] == ["What is important to you?"]
        assert list(again.partner_groups.all()) == []
    assert len(asked) == 0


def test_a_change_is_seen_once_the_time_is_over(school_run, settings):
    access.opened("school-run")
    Conversation.objects.update(phases=[Phase.CLOSED])
    settings.CONVERSATION_KEPT_FOR = 0.0
    again = access.opened("school-run")
    assert again is not None
    assert again.is_closed


def test_a_draft_is_not_kept(school_run):
    Conversation.objects.update(phases=[Phase.DRAFT])
    assert access.opened("school-run") is None
    Conversation.objects.update(phases=[Phase.GATHERING])
    assert access.opened("school-run") is not None
