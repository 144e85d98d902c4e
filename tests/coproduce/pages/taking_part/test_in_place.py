"""What listen.js gets for an answer: the pages that it leads to, without a further request."""

import re

import pytest
from django.test import Client

from coproduce.conversations.models import Phase
from coproduce.responses.models import Answer, Response, Skip
from coproduce.responses.services import answer, bring_figures_up_to_date
from coproduce.words.models import Masking
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.coproduce.pages.taking_part.steps import address, join

pytestmark = pytest.mark.django_db

PART = {"Coproduce-Part": "main"}


@pytest.fixture
def room():
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    make_statement(conversation, "The driver is kind.")
    for group in ("education", "parent_carers"):
        for _ in range(7):
            somebody = make_participant(conversation, group)
            answer(participant=somebody, statement=bus, answer=Answer.AGREE)
    bring_figures_up_to_date(conversation)
    return conversation, bus


def press(client, conversation, statement, **pressed):
    return client.post(address("listen_to", conversation, statement.ref), pressed, headers=PART)


def main_of(page):
    """Its title and its main part. Every form has a mask of its own around the same secret."""
    page = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)
    title = re.search(r"<title>.*?</title>", page).group()
    main = re.search(r"<main.*</main>", page, re.DOTALL).group()
    return title, [line.strip() for line in main.splitlines() if line.strip()]


def same_page(client, part):
    assert main_of(part["html"]) == main_of(client.get(part["address"]).content.decode())


def test_an_answer_brings_how_others_answered_and_the_next_statement(room):
    conversation, bus = room
    phone = Client()
    join(phone, conversation, "parent_carers")
    told = press(phone, conversation, bus, answer="-1").json()
    assert told["now"]["address"] == address("listen_to", conversation, bus.ref) + "?just=1"
    assert "Agreed by Parent carers, Schools." in told["now"]["html"]
    assert told["then"]["address"] == address("listen", conversation) + "?pause=1"
    assert "The driver is kind." in told["then"]["html"]
    same_page(phone, told["now"])
    same_page(phone, told["then"])
    assert Response.objects.latest("pk").answer == Answer.DISAGREE


def test_the_link_to_the_next_statement_is_the_address_that_came(room):
    conversation, bus = room
    phone = Client()
    join(phone, conversation, "parent_carers")
    for guess in ({}, {"guess": "1"}):
        told = press(phone, conversation, bus, answer="1", **guess).json()
        (link,) = re.findall(r'href="([^"]+)" data-next>', told["now"]["html"])
        assert link.replace("&amp;", "&") == told["then"]["address"]
        same_page(phone, told["now"])
        same_page(phone, told["then"])


def test_a_child_is_asked_the_next_at_once_and_sees_no_totals(room):
    conversation, bus = room
    tablet = Client()
    join(tablet, conversation, "children")
    told = press(tablet, conversation, bus, answer="1").json()
    assert told["then"] is None
    assert told["now"]["address"] == address("listen", conversation) + f"?pause=1&last={bus.ref}"
    assert "The driver is kind." in told["now"]["html"]
    assert "Agreed by" not in told["now"]["html"]
    back = f'href="{address("listen_to", conversation, bus.ref)}">Change my last answer</a>'
    assert told["now"]["html"].count(back) == 1
    same_page(tablet, told["now"])


def test_skipping_brings_the_next_statement(room):
    conversation, bus = room
    phone = Client()
    join(phone, conversation, "parent_carers")
    told = press(phone, conversation, bus, skip="1").json()
    assert told["then"] is None
    assert "The driver is kind." in told["now"]["html"]
    assert Skip.objects.get().statement == bus


def test_what_is_refused_leads_to_the_same_page_as_without_a_script(room):
    conversation, bus = room
    phone = Client()
    join(phone, conversation, "parent_carers")
    told = press(phone, conversation, bus).json()
    assert told == {"leads": address("listen_to", conversation, bus.ref)}
    assert b"Choose one of the answers" in phone.get(told["leads"]).content
    conversation.phases = [Phase.CLOSED]
    conversation.save()
    told = press(phone, conversation, bus, answer="1").json()
    assert told == {"leads": address("welcome", conversation)}
    assert b"People are not answering in this conversation now." in phone.get(told["leads"]).content


def test_without_a_script_an_answer_leads_to_a_page(room):
    conversation, bus = room
    phone = Client()
    join(phone, conversation, "parent_carers")
    led = phone.post(address("listen_to", conversation, bus.ref), {"answer": "1"})
    assert (led.status_code, led.url) == (
        302,
        address("listen_to", conversation, bus.ref) + "?just=1",
    )


def test_words_that_are_masked_stay_masked(room, django_assert_max_num_queries):
    conversation, bus = room
    phone = Client()
    join(phone, conversation, "parent_carers")
    Masking.objects.create(words=bus.words, spans=[[4, 7]])
    with django_assert_max_num_queries(28):
        told = press(phone, conversation, bus, answer="1").json()
    assert "The bus is late." not in told["now"]["html"]
    same_page(phone, told["now"])


def test_a_way_back_to_the_last_answer_leads_to_no_other_conversation(room):
    conversation, bus = room
    tablet = Client()
    join(tablet, conversation, "children")
    elsewhere = make_statement(make_conversation("Elsewhere"), "Not yours.")
    for last, ways in ((bus.ref, 1), (elsewhere.ref, 0), ("XXXX-XXXX", 0), ("", 0)):
        page = tablet.get(address("listen", conversation), {"last": last}).content.decode()
        assert page.count("Change my last answer") == ways
