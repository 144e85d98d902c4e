"""Two clicks at the same moment on an answer to a combined wording: one answer."""

from functools import partial

import pytest

from coproduce.agreeing.models import LineAnswer
from coproduce.agreeing.services import answer_wording
from coproduce.words.models import Words
from tests.coproduce.agreeing.wordings import in_agreeing, word
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.several_connections import at_once
from tests.coproduce.understanding.arranging import make_idea, make_team

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("several_connections"),
]


@pytest.mark.parametrize("given", [{"choice": "yes"}, {"choice": "not_quite", "why": "Not all."}])
def test_two_clicks_are_one_answer_to_a_wording(given):
    conversation = in_agreeing()
    grace, _ = make_team(conversation)
    amina = make_participant(conversation, "parent_carers")
    late = make_statement(conversation, "The taxi is late.", by=amina)
    often = make_statement(conversation, "It is often late.")
    wording = word(grace, make_idea(conversation, "The journey", late, often), late, often)
    send = partial(answer_wording, participant=amina, wording=wording, form_key="one form", **given)
    first, second = at_once([send, send], threads=2)
    assert first == second
    assert LineAnswer.objects.count() == 1
    assert Words.objects.filter(kind=Words.Kind.DISPUTE).count() == ("why" in given)
