"""Suggested ideas: each is made when somebody says so, and what is typed in the others stays."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from coproduce.ideas.models import Idea
from coproduce.ideas.services import make_idea
from tests.coproduce.cast import make_statement

pytestmark = pytest.mark.django_db

ROOMS = ("Quiet rooms help at lunch.", "A quiet room at lunch.", "Lunch in a quiet room helps.")
BUSES = ("The bus came late.", "Our bus is late again.", "A late bus, again.")
SPORT = ("Sports day was great fun.", "More sports days, great fun.", "I had fun at sports day.")


@pytest.fixture
def here(school, hal):
    return reverse("facilitating:suggested", args=[school.slug])


@pytest.fixture
def said(school):
    """Three suggestions' worth of statements."""
    return [[make_statement(school, one) for one in some] for some in (ROOMS, BUSES, SPORT)]


def form_of(page):
    """The fields of the form as a browser sends them, before anybody changes one."""
    fields = {"question": page.context["question"].pk, "detail": page.context["detail"]}
    cards = page.context["suggestions"]
    fields["card"] = [one.number for one in cards]
    for one in cards:
        fields[f"name-{one.number}"] = one.name
        fields[f"suggested-{one.number}"] = one.suggested
        fields[f"of-{one.number}"] = [each.ref for each in one.statements]
        fields[f"statement-{one.number}"] = [each.ref for each in one.ticked]
    return fields


def card_of(page, statements):
    wanted = {one.pk for one in statements}
    found = [
        card
        for card in page.context["suggestions"]
        if wanted == {one.pk for one in card.statements}
    ]
    assert len(found) == 1
    return found[0]


def test_one_without_a_name_or_statements_is_still_there_as_it_was_left(client, school, said, here):
    rooms, buses, _ = said
    page = client.get(here, {"detail": "more"})
    form, at = form_of(page), card_of(page, rooms).number
    other = card_of(page, buses).number
    ticked = [rooms[0], rooms[2]]
    sent = {
        **form,
        f"name-{at}": " ",
        f"statement-{at}": [one.ref for one in ticked],
        f"name-{other}": "Getting there on time",
        "make": at,
    }
    page = client.post(here, sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert text.count("Give the idea a name. What you typed is still here.") == 1
    assert 'value="Getting there on time"' in text
    assert page.context["detail"] == "more"
    again = card_of(page, rooms)
    assert ({*again.ticked}, again.number) == ({*ticked}, at)
    page = client.post(here, {**sent, f"name-{at}": "Rest at lunch", f"statement-{at}": []})
    assert "Tick what belongs to this idea: one statement or more." in page.content.decode()
    assert card_of(page, rooms).name == "Rest at lunch"
    assert card_of(page, buses).name == "Getting there on time"
    assert not Idea.objects.exists()
    client.post(here, {**sent, f"name-{at}": "Rest at lunch"})
    made = Idea.objects.get()
    assert set(made.placements.values_list("statement", flat=True)) == {one.pk for one in ticked}


def test_making_one_loses_nothing_that_is_typed_or_ticked_in_the_others(client, school, said, here):
    _, buses, sport = said
    page = client.get(here, {"detail": "more"})
    form = form_of(page)
    first, second, third = (card_of(page, some) for some in said)
    sent = {
        **form,
        f"name-{second.number}": "Getting there “on time” <b>",
        f"statement-{third.number}": [sport[0].ref, sport[2].ref],
        "make": first.number,
    }
    page = client.post(here, sent, follow=True)
    assert page.redirect_chain == [
        (f"{here}?question={school.questions.get().pk}&detail=more", 302)
    ]
    for _ in range(2):  # also when the page is loaded again
        assert [one.name for one in Idea.objects.all()] == [first.name]
        assert {card.name for card in page.context["suggestions"]} == {
            "Getting there “on time” <b>",
            third.suggested,
        }
        assert {*card_of(page, buses).ticked} == {*buses}
        assert {*card_of(page, sport).ticked} == {sport[0], sport[2]}
        page = client.get(here, {"detail": "more"})
    # The names that a machine makes are people's words: only what was typed waits.
    kept = str(Session.objects.get().get_decoded())
    assert "Getting there" in kept
    assert third.suggested not in kept
    assert not any(one.text in kept for some in said for one in some)
    # And what was kept is made as any other.
    sent = {**form_of(page), "make": card_of(page, buses).number}
    page = client.post(here, sent, follow=True)
    assert Idea.objects.filter(name="Getting there “on time” <b>").count() == 1
    assert {*card_of(page, sport).ticked} == {sport[0], sport[2]}
    assert len(page.context["suggestions"]) == 1


def test_whoever_asks_for_more_or_fewer_starts_anew(client, school, said, here):
    page = client.get(here, {"detail": "more"})
    first, second, _ = (card_of(page, some) for some in said)
    client.post(here, {**form_of(page), f"name-{second.number}": "Mine", "make": first.number})
    assert "Mine" in client.get(here, {"detail": "more"}).content.decode()
    for detail in ("fewer", "more"):
        assert "Mine" not in client.get(here, {"detail": detail}).content.decode()


def test_statements_that_somebody_put_in_an_idea_meanwhile_are_not_asked_about(
    client, school, hal, said, here
):
    page = client.get(here, {"detail": "more"})
    first, second, third = (card_of(page, some) for some in said)
    sent = {
        **form_of(page),
        f"name-{second.number}": "Getting there",
        f"name-{third.number}": "Fun",
        "make": first.number,
    }
    _, buses, sport = said
    question = school.questions.get()
    make_idea(question=question, name="Buses", by=hal, statements=buses)
    make_idea(question=question, name="Running", by=hal, statements=sport[:1])
    page = client.post(here, sent, follow=True)
    assert "“Getting there” was not made: its statements stand in other ideas now." in (
        page.content.decode()
    )
    (left,) = page.context["suggestions"]
    assert (left.name, {*left.statements}) == ("Fun", {*sport[1:]})
    assert "was not made" not in client.get(here, {"detail": "more"}).content.decode()


def test_where_no_button_is_pressed_nothing_is_made_and_nothing_is_lost(client, said, here):
    page = client.get(here, {"detail": "more"})
    at = card_of(page, said[1]).number
    page = client.post(here, {**form_of(page), f"name-{at}": "Getting there", "make": ""})
    assert "Nothing was made. Press the button under the idea you want." in page.content.decode()
    assert card_of(page, said[1]).name == "Getting there"
    assert not Idea.objects.exists()


def test_who_ticked_what_somebody_put_elsewhere_meanwhile_is_told(client, school, hal, said, here):
    rooms, _, _ = said
    page = client.get(here, {"detail": "more"})
    at = card_of(page, rooms).number
    sent = {**form_of(page), f"name-{at}": "Rest", "make": at}
    make_idea(question=school.questions.get(), name="Taken", by=hal, statements=rooms[:1])
    text = client.post(here, sent, follow=True).content.decode()
    assert "Made the idea “Rest”." in text
    assert "Not in it, of those that you ticked: 1. Somebody has put them in another idea" in text
    rest = Idea.objects.get(name="Rest")
    assert {one.statement for one in rest.placements.held()} == {*rooms[1:]}
    page = client.get(here, {"detail": "more"})
    sent = {**form_of(page), "make": page.context["suggestions"][0].number}
    assert "Not in it" not in client.post(here, sent, follow=True).content.decode()
