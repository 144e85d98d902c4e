"""One person on several devices: two codes, and what each device knows."""

import datetime
import time

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from coproduce.pages.device import COOKIE, SALT
from coproduce.people.models import Participant
from coproduce.words.models import Words
from tests.coproduce.cast import make_conversation, make_participant
from tests.coproduce.pages.taking_part.steps import address, join, say

pytestmark = pytest.mark.django_db


def test_two_codes_are_put_together_or_kept_apart():
    conversation = make_conversation()
    phone, tablet = Client(), Client()
    amina, _ = join(phone, conversation, "parent_carers")
    _, code = join(tablet, conversation, "parent_carers")
    page = phone.post(reverse("taking_part:come_back"), {"code": code})
    assert b"Was that you too?" in page.content
    phone.post(reverse("taking_part:come_back"), {"code": code, "choice": "me"})
    assert list(Participant.objects.all()) == [amina]
    assert b"You are taking part" in phone.get(address("welcome", conversation)).content


def both_codes(kept, other, conversation, *groups):
    """Two devices of one person, whose codes are then put together on the first."""
    join(kept, conversation, *groups)
    absorbed, code = join(other, conversation, *groups)
    kept.post(address("together", conversation), {"code": code})
    assert not Participant.objects.filter(pk=absorbed.pk).exists()
    return Participant.objects.get()


def test_the_device_with_the_code_that_was_put_into_another_goes_on_and_is_told_why_once():
    conversation = make_conversation()
    phone, tablet = Client(), Client()
    amina = both_codes(phone, tablet, conversation, "parent_carers")
    sentence = (
        "Your two codes were put together on another phone or computer: all that you said and "
        "answered with either of them is here now, and you count once."
    )
    first = tablet.get(address("mine", conversation))
    assert first.status_code == 200
    assert first.content.decode().count(sentence) == 1
    assert sentence not in tablet.get(address("mine", conversation)).content.decode()
    assert sentence not in phone.get(address("mine", conversation)).content.decode()
    # Taken back everywhere, it stays so on both, and the other is told once.
    phone.post(address("leave", conversation), {"sure": "yes"})
    amina.refresh_from_db()
    assert amina.left_at is not None
    assert (
        "Everything of yours is erased"
        in tablet.get(address("mine", conversation)).content.decode()
    )
    welcome = reverse("taking_part:welcome", args=[conversation.slug])
    assert tablet.get(address("mine", conversation)).url == welcome


def test_everything_taken_back_twice_at_once_reads_as_taken_back():
    conversation = make_conversation()
    phone, again = Client(), Client()
    join(phone, conversation)
    again.cookies[COOKIE] = phone.cookies[COOKIE].value  # sent before the first answer came
    for client in (phone, again):
        page = client.post(address("leave", conversation), {"sure": "yes"})
        assert page.status_code == 200
        assert "Done. Everything of yours is erased" in page.content.decode()
        assert client.cookies[COOKIE].value == ""


def test_words_sent_from_the_device_whose_code_was_put_into_another_are_kept_as_theirs():
    conversation = make_conversation()
    phone, tablet = Client(), Client()
    amina = both_codes(phone, tablet, conversation, "parent_carers")
    assert (
        "We have kept your words" in say(tablet, conversation, "The bus is late.").content.decode()
    )
    assert Words.objects.get().participant == amina


def test_a_device_that_finishes_after_its_code_was_put_into_another_is_forgotten():
    conversation = make_conversation()
    phone, tablet = Client(), Client()
    both_codes(phone, tablet, conversation)
    assert b"You have finished" in tablet.post(address("finish", conversation)).content
    welcome = reverse("taking_part:welcome", args=[conversation.slug])
    assert tablet.get(address("mine", conversation)).url == welcome
    assert phone.get(address("mine", conversation)).status_code == 200


def test_a_device_from_before_codes_stood_in_its_cookie_goes_on():
    conversation = make_conversation()
    dev = make_participant(conversation, "children")
    client = Client()
    client.cookies[COOKIE] = signing.dumps({str(conversation.pk): dev.pk}, salt=SALT, compress=True)
    assert client.get(address("mine", conversation)).status_code == 200


def test_a_device_that_was_known_yesterday_is_not_when_its_half_year_is_over(monkeypatch):
    conversation = make_conversation()
    phone = Client()
    now = time.time()
    with monkeypatch.context() as earlier:
        earlier.setattr("django.core.signing.time.time", lambda: now - 180 * 86_400 + 60)
        join(phone, conversation, "parent_carers")
    assert phone.get(address("mine", conversation)).status_code == 200
    with monkeypatch.context() as later:
        later.setattr("django.core.signing.time.time", lambda: now + 86_400)
        later.setattr(
            "coproduce.pages.device.timezone.localdate",
            lambda: datetime.date.today() + datetime.timedelta(days=1),
        )
        answer = phone.get(address("mine", conversation))
    assert answer.url == reverse("taking_part:welcome", args=[conversation.slug])


def test_one_letter_changed_in_what_a_known_device_keeps_makes_it_unknown():
    conversation = make_conversation()
    phone, other = Client(), Client()
    join(phone, conversation, "parent_carers")
    assert phone.get(address("mine", conversation)).status_code == 200
    cookie = phone.cookies[COOKIE].value
    other.cookies[COOKIE] = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
    welcome = reverse("taking_part:welcome", args=[conversation.slug])
    assert other.get(address("mine", conversation)).url == welcome


def test_ones_own_code_is_not_said_to_be_put_together_with_itself():
    conversation = make_conversation()
    client = Client()
    _, code = join(client, conversation)
    page = client.post(address("together", conversation), {"code": code}, follow=True)
    told = page.content.decode()
    assert "This code opens this place already. Type your other code." in told
    assert "Both codes open the same place" not in told
    assert code in told, "what was typed is still there"
