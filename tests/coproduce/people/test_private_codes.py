import math

import pytest
from django.core.exceptions import ObjectDoesNotExist

from coproduce.people import codes, guesses
from coproduce.people.models import JoinSlip, Participant, PrivateCode, WrongCode
from coproduce.people.services import come_back, describe, join, put_together
from coproduce.people.slips import slip_digest
from coproduce.refused import Refused
from coproduce.responses.models import Answer, Response, Tally
from coproduce.responses.services import answer
from tests.coproduce.cast import (
    make_conversation,
    make_participant,
    make_statement,
    partner_group,
)

pytestmark = pytest.mark.django_db

HERE = "192.0.2.7"


def test_a_code_has_44_bits_of_easy_words():
    words = codes.code_words()
    assert len(words) == len(set(words)) == 2048
    assert math.log2(len(words)) * codes.WORDS_IN_A_CODE == 44
    assert all(3 <= len(word) <= 7 and word.isascii() and word.islower() for word in words)
    code = codes.make_code()
    assert len(code.split()) == 4
    assert codes.what_is_wrong(code) == ""


def test_a_code_brings_back_however_it_is_typed_and_is_not_kept():
    conversation = make_conversation()
    amina, is_new = join(conversation=conversation, code="river button tulip moon")
    assert is_new
    assert come_back(code="  River, BUTTON-tulip\nmoon. ", address=HERE) == amina
    kept = PrivateCode.objects.get()
    assert "river" not in kept.digest
    assert len(kept.digest) == 64


def test_the_same_code_twice_is_one_participant():
    conversation = make_conversation()
    first, _ = join(conversation=conversation, code="river button tulip moon")
    again, is_new = join(conversation=conversation, code="river button tulip moon")
    assert (again, is_new) == (first, False)
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("river buton tulip moon", "Did you mean “button”?"),
        ("river button tulip", "You typed 3."),
        (" ", "Type the four words of your private code."),
        ("7KQ2MX", "A code with numbers lets you into a conversation"),
    ],
)
def test_a_mistyped_code_is_explained_and_is_no_guess(typed, says):
    with pytest.raises(Refused, match=says.replace("?", r"\?")):
        come_back(code=typed, address=HERE)
    assert WrongCode.objects.count() == 0


def test_guesses_are_limited_for_an_address_and_others_still_come_in():
    conversation = make_conversation()
    amina, _ = join(conversation=conversation, code="river button tulip moon")
    for _ in range(guesses.FROM_ONE_ADDRESS):
        with pytest.raises(Refused, match="open nothing"):
            come_back(code="moon moon moon moon", address=HERE)
    with pytest.raises(Refused, match="Too many"):
        come_back(code="river button tulip moon", address=HERE)
    assert come_back(code="river button tulip moon", address="192.0.2.8") == amina
    assert HERE not in str(list(WrongCode.objects.values()))


def test_an_adult_who_speaks_for_a_child_is_never_counted_as_one():
    conversation = make_conversation()
    groups = [partner_group(conversation, "children"), partner_group(conversation, "parent_carers")]
    amina, _ = join(
        conversation=conversation,
        code="river button tulip moon",
        whose_words="speaks_for",
        groups=groups,
    )
    dev, _ = join(
        conversation=conversation, code="tulip moon river button", whose_words="own", groups=groups
    )
    assert amina.membership == partner_group(conversation, "parent_carers").mask
    assert not amina.is_child
    assert dev.is_child


def test_a_slip_lets_one_person_in():
    conversation = make_conversation()
    slip = JoinSlip.objects.create(
        conversation=conversation, number=1, digest=slip_digest("printed-here")
    )
    ben, _ = join(
        conversation=conversation, code="river button tulip moon", slip_digest=slip.digest
    )
    assert ben.came_by == "slip"
    with pytest.raises(Refused, match="used before"):
        join(conversation=conversation, code="tulip moon river button", slip_digest=slip.digest)
    assert Participant.objects.count() == 1


def test_two_codes_of_one_person_become_one_and_count_once():
    conversation = make_conversation()
    phone, _ = join(conversation=conversation, code="river button tulip moon")
    tablet, _ = join(
        conversation=conversation,
        code="tulip moon river button",
        groups=[partner_group(conversation, "education")],
    )
    bus = make_statement(conversation, "The bus is late.")
    ramp = make_statement(conversation, "A ramp.")
    answer(participant=tablet, statement=bus, answer=Answer.DISAGREE)
    answer(participant=phone, statement=bus, answer=Answer.AGREE)
    answer(participant=tablet, statement=ramp, answer=Answer.AGREE)
    put_together(kept=phone, other=tablet)
    assert come_back(code="tulip moon river button", address=HERE) == phone
    response = Response.objects.get(statement=bus)
    assert (response.first_answer, response.answer) == (Answer.DISAGREE, Answer.AGREE)
    education = partner_group(conversation, "education").mask
    rows = Tally.objects.exclude(agree=0, disagree=0, not_sure=0, mixed=0)
    assert sorted(rows.values_list("cluster", "membership", "agree", "disagree")) == sorted(
        [(bus.cluster_id, education, 1, 0), (ramp.cluster_id, education, 1, 0)]
    )
    with pytest.raises(ObjectDoesNotExist):
        tablet.refresh_from_db()


def test_a_childs_code_is_never_put_together_with_an_adults():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    dev = make_participant(conversation, "children")
    with pytest.raises(Refused, match="stay apart"):
        put_together(kept=amina, other=dev)
    assert Participant.objects.count() == 2


def test_saying_again_who_one_is_moves_the_answers_along():
    conversation = make_conversation()
    ben = make_participant(conversation)
    bus = make_statement(conversation, "The bus is late.")
    answer(participant=ben, statement=bus, answer=Answer.AGREE)
    describe(participant=ben, groups=[partner_group(conversation, "health")], form_key="who-1")
    health = partner_group(conversation, "health").mask
    assert Tally.objects.get(membership=0).people == 0
    assert Tally.objects.get(membership=health).agree == 1
