"""Two clicks, or two tabs, at the same moment: one check-in, one answer to each question."""

from functools import partial

import pytest

from coproduce.genuineness.models import CheckIn, CheckInAnswer
from coproduce.genuineness.questions import steps_of
from coproduce.genuineness.services import answer, ask_for, leave_note, offer
from coproduce.words.models import Words
from tests.coproduce.cast import make_conversation, make_participant
from tests.coproduce.several_connections import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("several_connections"),
]


@pytest.fixture
def amina(several_connections):
    return make_participant(make_conversation(), "parent_carers")


@pytest.mark.parametrize("asks", [offer, ask_for])
def test_two_tabs_are_one_check_in(amina, asks):
    send = partial(asks, participant=amina)
    first, second = at_once([send, send], threads=2)
    assert first == second
    assert CheckIn.objects.count() == 1


def test_two_clicks_are_one_answer_and_the_note_is_kept_once(amina):
    check_in = ask_for(participant=amina)
    asked = steps_of(check_in.occasion, child=False, decided=False)[0]
    send = partial(answer, check_in=check_in, participant=amina, asked=asked, choice="yes")
    at_once([send, send], threads=2)
    assert list(CheckInAnswer.objects.values_list("asked", "choice")) == [(asked, "yes")]
    note = partial(
        leave_note, check_in=check_in, participant=amina, text="It was short.", form_key="n"
    )
    at_once([note, note], threads=2)
    assert Words.objects.count() == 1
