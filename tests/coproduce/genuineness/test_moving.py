import pytest

from coproduce.conversations.models import Conversation, Phase
from coproduce.genuineness.models import PublicCount
from coproduce.genuineness.moving import keep_moved
from tests.coproduce.cast import make_conversation

pytestmark = pytest.mark.django_db


def moved(before, conversation, people):
    return keep_moved(
        before,
        conversation=conversation,
        about="people",
        people=people,
        shown={"people": people},
        memory={},
    )


def test_a_count_is_made_and_then_moved():
    school = make_conversation()
    first = moved(None, school, 5)
    assert first.shown == {"people": 5}
    assert moved(first, school, 10).shown == {"people": 10}
    assert PublicCount.objects.get().people == 10


def test_where_another_worker_moved_it_meanwhile_theirs_stands():
    school = make_conversation()
    first = moved(None, school, 5)
    theirs = moved(first, school, 10)
    assert moved(first, school, 15) == theirs
    assert PublicCount.objects.get().shown == {"people": 10}


def test_where_another_worker_made_it_meanwhile_theirs_stands():
    school = make_conversation()
    moved(None, school, 5)
    assert moved(None, school, 10).shown == {"people": 5}


def test_what_was_counted_before_a_conversation_was_closed_stands():
    school = make_conversation()
    first = moved(None, school, 40)
    Conversation.objects.update(phases=[Phase.CLOSED])
    assert moved(first, school, 0).shown == {"people": 40}
