"""Two presses at the same moment on a key: it is turned once, and one version is published."""

from functools import partial

import pytest

from coproduce.audit.models import Entry
from coproduce.conversations.models import KeyTurn, Phase
from coproduce.refused import Refused
from coproduce.understanding.document import fingerprint
from coproduce.understanding.models import Passage, Version
from coproduce.understanding.queries.draft import draft_document
from coproduce.understanding.services import publish
from tests.coproduce.cast import make_conversation, make_statement
from tests.coproduce.several_connections import at_once
from tests.coproduce.understanding.arranging import make_idea, make_team, write_draft

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("several_connections"),
]


def pressed(member, saw):
    """None, or the sentence with which the press was refused."""
    try:
        publish(member=member, saw=saw)
    except Refused as refused:
        return str(refused)
    return None


def test_two_presses_turn_a_key_once_and_publish_once():
    conversation = make_conversation(phases=[Phase.AGREEING])
    make_idea(conversation, "Buses", make_statement(conversation, "The bus is late."))
    grace, hal = make_team(conversation)
    write_draft(grace)
    saw = fingerprint(draft_document(conversation))
    first = at_once([partial(pressed, grace, saw)] * 2, threads=2)
    assert sum(one is None for one in first) == 1
    assert KeyTurn.objects.count() == 1
    assert not Version.objects.exists()
    second = at_once([partial(pressed, hal, saw)] * 2, threads=2)
    assert sum(one is None for one in second) == 1
    assert Version.objects.count() == 1
    assert Passage.objects.filter(idea__name="Buses").count() == 1
    assert KeyTurn.objects.count() == 1
    assert Entry.objects.filter(act="publish").count() == 1
