"""Parts of a full room: rendered once, each with its own words put in."""

import pytest
from django.test import Client
from django.urls import reverse

from coproduce.pages import shapes
from coproduce.pages.shapes import filled
from tests.coproduce.cast import make_conversation, make_statement
from tests.coproduce.pages.taking_part.steps import address, join

TEMPLATE = "shared/statement.html"


def test_each_page_has_its_own_words_around_the_same_shape():
    shapes._shape.cache_clear()
    made = [
        filled(TEMPLATE, {"look": "large"}, {"words": said}) for said in ("The bus.", "Our bus.")
    ]
    assert [made[0].replace("The bus.", "Our bus."), made[1].count("Our bus.")] == [made[1], 1]
    assert shapes._shape.cache_info()[:2] == (1, 1)
    small = filled(TEMPLATE, {"look": "small"}, {"words": "The bus."})
    assert small == made[0].replace("statement--large", "statement--small")


def test_words_are_escaped_and_are_never_kept():
    said = "<b>We & the “bus”</b> {{ words }} %s"
    made = filled(TEMPLATE, {"look": "large"}, {"words": said})
    assert "“&lt;b&gt;We &amp; the “bus”&lt;/b&gt; {{ words }} %s”" in made
    shape = shapes._shape(TEMPLATE, (("look", "large"),), ("words",))
    assert "We" not in "".join(shape.around)
    assert shape.names == ("words",)


def test_words_cannot_pass_for_a_stand_in():
    made = filled(TEMPLATE, {"about": "Ben"}, {"words": "words", "link": "/s/WORDS/?a=1&b=2"})
    assert "“words”" in made
    assert 'href="/s/WORDS/?a=1&amp;b=2"' in made
    assert shapes._MARK not in made


@pytest.mark.django_db
def test_a_message_that_waits_is_shown_with_the_part_and_only_once():
    conversation = make_conversation()
    bus, _ = make_statement(conversation, "The bus."), make_statement(conversation, "The taxi.")
    phone = Client()
    join(phone, conversation, "parent_carers")
    listen = address("listen_to", conversation, bus.ref)
    part = {"Coproduce-Part": "main"}
    assert phone.post(listen, {"answer": "perhaps"}, headers=part).json() == {"leads": listen}
    told = phone.post(listen, {"answer": "1"}, headers=part).json()
    assert "Choose one of the answers" in told["now"]["html"]
    assert "Choose one of the answers" not in told["then"]["html"]
    assert "“The bus.”" in told["now"]["html"]
    assert reverse("taking_part:welcome", args=[conversation.slug]) in told["then"]["html"]
