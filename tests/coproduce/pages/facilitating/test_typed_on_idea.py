"""The page of an idea is one form: nothing typed or ticked there is lost by another button."""

import re
from html import unescape

import pytest
from django.urls import reverse

from coproduce.audit.models import Entry
from coproduce.audit.undoing import undo
from coproduce.ideas.models import Idea, Placement
from coproduce.ideas.services import make_idea, name_idea, place_in
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from tests.coproduce.cast import make_member, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(school):
    return make_member(school, "Grace", Role.FACILITATOR)


@pytest.fixture
def late(school, hal):
    """The idea “Late” with the statements of the bus, the taxi and the train, in this order."""
    statements = [
        make_statement(school, f"The {what} is late.") for what in ("bus", "taxi", "train")
    ]
    idea = make_idea(question=school.questions.get(), name="Late", by=hal, statements=statements)
    return idea, statements


def page_of(idea):
    return reverse("facilitating:idea", args=[idea.conversation.slug, idea.pk])


def read(client, idea):
    return client.get(page_of(idea)).content.decode()


def ticked(page, name):
    return re.findall(rf'name="{name}" value="([^"]+)" checked', page)


def value(page, name):
    return unescape(re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1])


def form_of(idea, **typed):
    """What a browser sends of the page of this idea, with what was typed there."""
    idea.refresh_from_db()
    return {
        "revision": idea.revision,
        "naming": idea.pk,
        "back": page_of(idea),
        "was_name": idea.name,
        "was_summary": idea.summary,
        "was_count": "0",
        "was_source": "",
        "name": idea.name,
        "summary": idea.summary,
        "new_name": "",
        "tag": "works_well",
        "absorbed": "",
        "count": "0",
        "source": "",
        "reason": "",
    } | typed


def stand(name):
    held = Placement.objects.held().filter(idea__name=name).order_by("statement")
    return [one.statement.text for one in held.select_related("statement__words")]


def test_ticks_of_a_split_stay_when_a_statement_is_moved_before_it(client, school, late):
    idea, (bus, taxi, train) = late
    typed = {"new_name": "Rails", "statement": [train.ref, taxi.ref], "source": "The hall"}
    place = reverse("facilitating:place", args=[school.slug, idea.pk])
    button = f"{place}?statement={bus.ref}&revision={idea.revision}&past={taxi.ref}"
    client.post(button, form_of(idea, do="down", **typed))
    page = read(client, idea)
    assert ticked(page, "statement") == [taxi.ref, train.ref]
    assert value(page, "new_name") == "Rails"
    assert value(page, "source") == "The hall"
    assert ticked(page, "noted") == []
    assert page.count(" open><summary>") == 2, "Split and Room marks"
    move = f"{reverse('facilitating:move', args=[school.slug])}?statement={taxi.ref}&seen={idea.pk}"
    client.post(move, form_of(idea, out_of=idea.pk, **typed))
    assert ticked(read(client, idea), "statement") == [train.ref]
    # The next visit shows the page as it is kept.
    assert ticked(read(client, idea), "statement") == []


def test_what_is_done_goes_and_what_is_left_to_do_stays(client, late):
    idea, (_bus, taxi, train) = late
    typed = {"new_name": "Rails", "statement": [train.ref], "noted": [taxi.ref], "reason": "Old"}
    client.post(page_of(idea), form_of(idea, do="name", **typed | {"name": "On time"}))
    page = read(client, idea)
    assert Idea.objects.get().name == "On time"
    assert "not kept yet" not in page
    assert ticked(page, "statement") == [train.ref]
    assert ticked(page, "noted") == [taxi.ref]
    client.post(page_of(idea), form_of(idea, do="split", **typed))
    page = read(client, idea)
    assert stand("Rails") == ["The train is late."]
    assert value(page, "new_name") == ""
    assert ticked(page, "noted") == [taxi.ref]
    assert value(page, "reason") == "Old"
    client.post(page_of(idea), form_of(idea, do="tag", noted=[taxi.ref]))
    assert ticked(read(client, idea), "noted") == []
    assert [tag.tag for tag in taxi.tags.all()] == ["works_well"]


def test_enter_in_another_field_names_nothing_and_says_which_button(client, late):
    idea, (_bus, _taxi, train) = late
    page = client.post(
        page_of(idea), form_of(idea, do="name", new_name="Rails", statement=[train.ref])
    ).content.decode()
    assert "Nothing is done yet. Press the button under what you filled in." in page
    assert value(page, "new_name") == "Rails"
    assert not Entry.objects.filter(act="name_idea").exists()


def test_a_split_takes_nothing_that_somebody_has_moved_or_hidden_meanwhile(
    client, school, hal, grace, late
):
    idea, (_bus, taxi, train) = late
    people = make_idea(question=idea.question, name="People", by=grace)
    place_in(statement=taxi, idea=people, by=grace, out_of=idea)
    split = form_of(idea, do="split", new_name="Rails", statement=[taxi.ref, train.ref])
    page = client.post(page_of(idea), split).content.decode()
    said = "Somebody has moved “The taxi is late.” out of “Late” meanwhile. Nothing was changed."
    assert said in page
    assert ticked(page, "statement") == [train.ref]
    assert value(page, "new_name") == "Rails"
    assert stand("People") == ["The taxi is late."]
    look_at(words=train.words, by=grace, outcome="not_shown", ground="hurtful")
    split = form_of(idea, do="split", new_name="Rails", statement=[train.ref])
    page = client.post(page_of(idea), split).content.decode()
    assert "A statement that you ticked is not shown any more. Nothing was changed." in page
    assert "The train is late." not in page
    assert stand("Late") == ["The bus is late.", "The train is late."]
    assert not Idea.objects.filter(name="Rails").exists()


def test_a_split_is_undone_and_what_was_moved_since_stays_where_it_is(client, hal, grace, late):
    idea, (_bus, taxi, train) = late
    client.post(
        page_of(idea), form_of(idea, do="split", new_name="Rails", statement=[taxi.ref, train.ref])
    )
    rails = Idea.objects.get(name="Rails")
    people = make_idea(question=idea.question, name="People", by=grace)
    place_in(statement=taxi, idea=people, by=grace, out_of=rails)
    undo(entry=Entry.objects.get(act="split_idea"), by=hal)
    assert stand("Late") == ["The bus is late.", "The train is late."]
    assert stand("People") == ["The taxi is late."]
    assert [one.name for one in Idea.objects.kept()] == ["Late", "People"]


def test_why_an_idea_goes_stays_typed_where_somebody_changed_it_meanwhile(
    client, school, grace, late
):
    idea, _ = late
    form = form_of(idea, reason="Nobody asks for it")
    name_idea(idea=idea, by=grace, name="Too late", summary="", revision=idea.revision)
    client.post(reverse("facilitating:retire", args=[school.slug, idea.pk]), form)
    page = read(client, idea)
    assert "Somebody has changed this idea meanwhile. It is now called “Too late”." in page
    assert value(page, "reason") == "Nobody asks for it"
    assert value(page, "name") == "Too late", "nobody typed another name"
    assert "not kept yet" not in page


def test_no_idea_is_joined_that_nobody_chose(client, hal, late):
    idea, _ = late
    other = make_idea(question=idea.question, name="Other", by=hal)
    page = client.post(page_of(idea), form_of(idea, do="join")).content.decode()
    assert "Choose the idea to bring here." in page
    other.refresh_from_db()
    assert other.retired_at is None
