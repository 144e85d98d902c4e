"""How was it? On the pages of who takes part."""

import pytest
from django.urls import reverse

from coproduce.conversations.models import Rung
from coproduce.genuineness.models import CheckIn, CheckInAnswer
from coproduce.words.models import Words
from tests.coproduce.cast import make_conversation, make_participant
from tests.coproduce.devices import device_of

pytestmark = pytest.mark.django_db


def at(conversation, name, *args):
    return reverse(f"taking_part:{name}", args=[conversation.slug, *args])


def test_the_last_page_of_a_visit_offers_it_once_and_keeps_that_it_did():
    conversation = make_conversation()
    client = device_of(make_participant(conversation, "parent_carers"))
    assert "Say how it was" in client.get(at(conversation, "finish")).content.decode()
    assert CheckIn.objects.count() == 1
    client.get(at(conversation, "finish"))
    assert CheckIn.objects.count() == 1


def test_an_adult_goes_through_it_one_question_at_a_time_and_skips_one():
    conversation = make_conversation(rung=Rung.CO_DESIGN)
    client = device_of(make_participant(conversation, "parent_carers"))
    client.get(at(conversation, "finish"))
    step = client.post(at(conversation, "check_in")).url
    assert step.endswith("/space/")
    asked = []
    given = {"voice": "no", "own_view": "rather_not"}
    while "/check-in/" in step:
        name = step.rstrip("/").rsplit("/", 1)[1]
        asked.append(name)
        page = client.get(step).content.decode()
        assert "Skip this one" in page
        assert "Stop here" in page
        if name == "how-far":
            assert Rung.CO_DESIGN.label in page
            step = client.post(step, {"rung": Rung.CONSULTATION}).url
        elif name == "note":
            step = client.post(step, {"words": "It was calm.", "form_key": "x"}).url
        elif name == "space":
            step = client.post(step, {"skip": "1"}).url
        else:
            assert "I don’t know" in page
            assert "I don’t want to say" in page
            step = client.post(step, {"choice": given.get(name, "yes")}).url
    assert asked == [
        "space",
        "voice",
        "own_view",
        "audience",
        "already_decided",
        "how-far",
        "note",
    ]
    check_in = CheckIn.objects.get()
    assert dict(check_in.answers.values_list("asked", "choice")) == {
        "voice": "no",
        "own_view": "rather_not",
        "audience": "yes",
        "already_decided": "yes",
    }
    assert check_in.felt_rung == Rung.CONSULTATION
    assert check_in.words.kind == Words.Kind.NOTE
    assert "Say how it was" not in client.get(at(conversation, "finish")).content.decode()


def test_a_child_is_asked_in_plain_words_and_not_how_far_it_went():
    conversation = make_conversation()
    client = device_of(make_participant(conversation, "children"))
    step = client.post(at(conversation, "check_in")).url
    assert "Was this OK for you?" in client.get(step).content.decode()
    check_in = CheckIn.objects.get()
    how_far = at(conversation, "check_in_step", check_in.pk, "how-far")
    assert client.get(how_far).status_code == 404


def test_nobody_opens_the_check_in_of_somebody_else():
    conversation = make_conversation()
    amina, ben = (device_of(make_participant(conversation, "education")) for _ in range(2))
    step = amina.post(at(conversation, "check_in")).url
    assert amina.get(step).status_code == 200
    assert ben.get(step).status_code == 404
    assert ben.post(step, {"choice": "yes"}).status_code == 404
    assert not CheckInAnswer.objects.exists()


def test_an_empty_note_keeps_the_person_on_the_page_and_says_what_to_do():
    conversation = make_conversation()
    client = device_of(make_participant(conversation, "education"))
    client.post(at(conversation, "check_in"))
    note = at(conversation, "check_in_step", CheckIn.objects.get().pk, "note")
    page = client.post(note, {"words": " ", "form_key": "x"})
    assert page.status_code == 200
    assert "Write something first" in page.content.decode()
