import pytest

from coproduce.words.models import Words
from coproduce.words.services import keep_words, tidy
from tests.coproduce.cast import make_conversation, make_participant

pytestmark = pytest.mark.django_db


def keep(conversation, participant, text, form_key):
    return keep_words(
        conversation=conversation,
        participant=participant,
        kind=Words.Kind.STATEMENT,
        text=text,
        how_given="own",
        form_key=form_key,
    )


def test_the_same_form_twice_is_one_record():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    first, is_new = keep(conversation, amina, "The bus is late.", "form-1")
    again, is_new_again = keep(conversation, amina, "The bus is late.", "form-1")
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert Words.objects.count() == 1


def test_somebody_elses_form_key_gives_nothing_of_theirs():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    ben = make_participant(conversation, "education")
    hers, _ = keep(conversation, amina, "The bus is late.", "form-1")
    his, is_new = keep(conversation, ben, "We wait with them.", "form-1")
    assert is_new
    assert his != hers
    assert his.text == "We wait with them."


def test_text_is_kept_but_for_what_no_keyboard_types():
    assert tidy("  Let me\x00 in\r\nplease \U0001f9d1‍\U0001f9bd\u202e ") == (
        "Let me in\nplease \U0001f9d1‍\U0001f9bd"
    )
