"""Leaving an address, its link, the feed, and the team's letters, as pages."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coproduce.telling import sealing
from coproduce.telling.models import Address, Letter
from coproduce.telling.services import leave_address
from tests.coproduce.cast import make_conversation, make_member, make_participant
from tests.coproduce.decisions.published import a_decision, published
from tests.coproduce.devices import device_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation():
    return make_conversation()


def page_of(answer):
    return answer.content.decode()


def test_an_address_is_left_and_deleted_and_what_is_wrong_is_said(conversation):
    amina = device_of(make_participant(conversation, "parent_carers"))
    page = reverse("taking_part:tell_me", args=[conversation.slug])
    wrong = amina.post(page, {"email": "amina at home", "do": "keep"})
    assert wrong.status_code == 422
    assert "It has an @" in page_of(wrong)
    assert 'value="amina at home"' in page_of(wrong)
    kept = amina.post(page, {"email": "amina@example.org", "do": "keep"}, follow=True)
    assert "Kept. We delete your address on" in page_of(kept)
    assert "amina@example.org" not in page_of(kept)
    gone = amina.post(page, {"email": "amina@example.org", "do": "delete"}, follow=True)
    assert "This address is not kept here any more." in page_of(gone)
    assert Address.objects.count() == 0


def test_children_are_not_asked_for_one(conversation):
    dev = device_of(make_participant(conversation, "children"))
    page = reverse("taking_part:tell_me", args=[conversation.slug])
    assert 'name="email"' not in page_of(dev.get(page))
    dev.post(page, {"email": "dev@example.org", "do": "keep"})
    assert Address.objects.count() == 0


def test_the_link_ends_letters_only_when_it_is_pressed(conversation):
    leave_address(conversation=conversation, address="amina@example.org")
    link = reverse("public:stop_telling", args=[sealing.stop_token(Address.objects.get().pk)])
    visitor = Client(enforce_csrf_checks=True)
    assert "No more letters?" in page_of(visitor.get(link))
    assert Address.objects.count() == 1
    pressed = visitor.post(link, {"List-Unsubscribe": "One-Click"})
    assert "Your address is not kept here any more." in page_of(pressed)
    assert Address.objects.count() == 0
    again = visitor.post(link)
    assert page_of(again) == page_of(pressed)


def test_a_letter_is_written_looked_at_and_sent(conversation, settings):
    grace = signed_in(make_member(conversation, "Grace"))
    leave_address(conversation=conversation, address="amina@example.org")
    new = reverse("telling:new_letter", args=[conversation.slug])
    empty = grace.post(new, {"subject": "The bus", "text": " "})
    assert empty.status_code == 422
    assert 'value="The bus"' in page_of(empty)
    shown = grace.post(new, {"subject": "The bus", "text": "It waits now."}, follow=True)
    preview = page_of(shown)
    assert "1 person gets" in preview
    assert "It waits now." in preview
    assert "here stands a link of their own" in preview
    letter = Letter.objects.get()
    page = reverse("telling:preview", args=[conversation.slug, letter.pk])
    assert "No mail server is set up here." in preview
    settings.EMAIL_HOST = "mail.example.org"
    assert "No mail server is set up here." not in page_of(grace.get(page))
    stale = grace.post(page, {"saw": "something else"})
    assert stale.status_code == 409
    assert "Look at it again." in page_of(stale)
    saw = shown.context["saw"]
    done = grace.post(page, {"saw": saw}, follow=True)
    assert "The letter is on its way." in page_of(done)
    assert "for 1 address." in page_of(done)
    assert "amina@example.org" not in page_of(done)


def test_a_new_letter_begins_with_what_is_new():
    world = published()
    decision = a_decision(world, world.bus)
    grace = signed_in(world.grace)
    page = page_of(grace.get(reverse("telling:new_letter", args=[world.conversation.slug])))
    assert f"- Decided: {decision.what}" in page


def test_the_list_of_letters_takes_the_same_queries_for_30(conversation):
    member = make_member(conversation, "Grace")
    grace = signed_in(member)
    page = reverse("telling:letters", args=[conversation.slug])
    Letter.objects.create(conversation=conversation, subject="One", text="One.", made_by=member)
    grace.get(page)
    with CaptureQueriesContext(connection) as one:
        grace.get(page)
    for number in range(15):
        Letter.objects.create(
            conversation=conversation, subject=f"L {number}", text="Words.", made_by=member
        )
    with CaptureQueriesContext(connection) as many:
        grace.get(page)
    assert len(many) == len(one)


def test_the_feed_is_atom_and_pages_lead_to_it():
    world = published()
    decision = a_decision(world, world.bus)
    visitor = Client()
    answer = visitor.get(reverse("public:feed", args=[world.conversation.slug]))
    assert answer["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(answer.content)
    entries = root.findall(f"{atom}entry")
    assert [one.find(f"{atom}title").text for one in entries] == [
        f"Decided: {decision.what}",
        "Version 1 of the shared understanding is published",
    ]
    ids = [one.find(f"{atom}id").text for one in entries]
    assert ids[0].endswith(f"/feed/#decision-{decision.ref}")
    done = page_of(visitor.get(reverse("public:said_and_done", args=[world.conversation.slug])))
    assert '<link rel="alternate" type="application/atom+xml"' in done
