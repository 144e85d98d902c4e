"""What is typed on the workbench stays, whichever button is pressed."""

import re

import pytest

from coproduce.ideas.models import Idea, Placement
from coproduce.ideas.services import make_idea
from coproduce.statements.models import LikenessAnswer, MergeLink
from tests.coproduce.cast import make_statement
from tests.coproduce.pages.facilitating.forms import field, pressed, text

pytestmark = pytest.mark.django_db


def test_a_name_typed_for_a_new_idea_stays_whichever_button_is_pressed(client, school, hal, to):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    bus = make_statement(school, "The bus is late.")
    question = school.questions.get()
    journeys = make_idea(question=question, name="Journeys", by=hal)
    typed = {"question": question.pk, "name": "Kind “drivers”", "back": to("connect")}

    def left():
        return re.search(r'id="name" name="name" maxlength="200" value="([^"]*)"', page())[1]

    def page():
        return text(client.get(to("connect")))

    assert left() == ""
    client.post(pressed(page(), "Different"), typed | {"do": "different"})
    assert set(LikenessAnswer.objects.values_list("first", "second")) == {(one.pk, two.pk)}
    assert left() == "Kind “drivers”"
    sent = typed | {"name": "Drivers", f"idea-{bus.ref}": journeys.pk}
    move = f"{to('move')}?statement={bus.ref}&seen=&at=in-none"
    assert move.replace("&", "&amp;") in page()
    assert client.post(move, sent)["Location"] == f"{to('connect')}#in-none"
    assert Placement.objects.held().get().statement == bus
    assert left() == "Drivers"
    # Another question has no name typed; nor has another member.
    other = school.questions.create(text="What else?", position=2)
    assert 'maxlength="200" value=""' in text(client.get(to("connect"), {"question": other.pk}))
    assert client.post(to("ideas"), typed | {"name": "Drivers"})["Location"] == to("connect")
    assert set(Idea.objects.values_list("name", flat=True)) == {"Journeys", "Drivers"}
    assert left() == ""


def test_looking_for_words_keeps_the_name_typed_for_a_new_idea(client, school, hal, to):
    bus = make_statement(school, "The bus is late.")
    typed = {
        "question": bus.question_id,
        "back": to("connect"),
        "name": "Journeys",
        "words": "bus",
    }
    assert pressed(text(client.get(to("connect"))), "Find") == to("find")
    page = text(client.post(to("find"), typed | {"do": "find"}, follow=True))
    assert bus.ref in page
    assert field(page, "words") == "bus"
    bench = text(client.get(to("connect")))
    assert (field(bench, "name"), field(bench, "words")) == ("Journeys", "")
    # Enter, where no script runs, looks before it makes.
    page = text(client.post(to("ideas"), typed | {"do": "enter"}, follow=True))
    assert bus.ref in page
    assert not Idea.objects.exists()
    assert field(text(client.get(to("connect"))), "name") == "Journeys"
    client.post(to("ideas"), typed)
    assert Idea.objects.get().name == "Journeys"
    bench = text(client.get(to("connect")))
    assert (field(bench, "name"), field(bench, "words")) == ("", "bus")
    client.post(to("ideas"), typed | {"do": "enter", "words": " ", "name": "People"})
    assert set(Idea.objects.values_list("name", flat=True)) == {"Journeys", "People"}


def test_a_new_idea_that_is_refused_leaves_the_person_on_the_workbench(client, school, hal, to):
    bus = make_statement(school, "The bus is late.")
    back = f"{to('connect')}?question={bus.question_id}&page=1"
    refused = client.post(to("ideas"), {"question": bus.question_id, "back": back, "name": " "})
    assert refused["Location"] == back
    assert "Give the idea a name." in text(client.get(back))
    page = text(client.post(to("ideas"), {"question": bus.question_id, "name": " "}))
    assert "<h1>Ideas</h1>" in page
    assert "Give the idea a name." in page


def test_a_reason_stays_while_the_next_statement_is_looked_for(client, school, hal, to):
    one = make_statement(school, "The bus is late.")
    two = make_statement(school, "The driver is kind.")
    sent = {"words": "driver", "chosen": [one.ref], "reason": "Both are about the bus"}
    page = text(client.post(to("find"), sent | {"do": "find"}, follow=True))
    assert field(page, "reason") == "Both are about the bus"
    page = text(client.post(to("find"), sent | {"do": "together"}, follow=True))
    assert "Choose two statements, or more." in page
    assert field(page, "reason") == "Both are about the bus"
    sent["chosen"] = [one.ref, two.ref]
    page = text(client.post(to("find"), sent | {"do": "together"}, follow=True))
    assert MergeLink.objects.get().reason == "Both are about the bus"
    assert "Both are about the bus" not in page


def test_a_name_that_was_wiped_out_does_not_come_back(client, school, hal, to):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    pair = f"{to('pair')}?first={one.ref}&second={two.ref}"
    typed = {"question": school.questions.get().pk, "name": "Drivers"}
    client.post(pair, typed | {"do": "together"})
    assert 'value="Drivers"' in text(client.get(to("connect")))
    client.post(pair, typed | {"do": "together", "name": " "})
    assert 'value="Drivers"' not in text(client.get(to("connect")))
