"""Whoever is not known any more when they send reads what they typed, and is not left without."""

import pytest
from django.urls import reverse

from coproduce.ideas.services import make_idea, retire_idea
from coproduce.people.models import Role
from coproduce.words.models import Words
from tests.coproduce.cast import make_conversation, make_member, make_participant
from tests.coproduce.devices import device_of

pytestmark = pytest.mark.django_db
TYPED = "The bus is <late> again."


@pytest.fixture
def school():
    return make_conversation()


def test_words_from_a_device_that_was_finished_are_shown_to_who_typed_them(client, school):
    say = reverse("taking_part:say", args=[school.slug])
    answer = client.post(say, {"words": TYPED, "form_key": "abc"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This is not sent yet" in page
    assert "The bus is &lt;late&gt; again.</textarea>" in page
    assert page.count("<textarea") == 1
    assert not Words.objects.exists()


def test_where_nothing_was_typed_the_first_page_is_enough(client, school):
    listen = reverse("taking_part:listen", args=[school.slug])
    welcome = reverse("taking_part:welcome", args=[school.slug])
    assert client.post(listen, {"answer": "agree"}).url == welcome
    assert client.get(listen).url == welcome


def test_a_private_code_is_not_shown_again(client, school):
    together = reverse("taking_part:together", args=[school.slug])
    answer = client.post(together, {"code": "web cuddle canal stage"})
    assert answer.url == reverse("taking_part:welcome", args=[school.slug])


def test_a_team_member_who_is_signed_out_keeps_what_was_typed_and_learns_nothing(client, school):
    type_in = reverse("organising:type_in", args=[school.slug])
    answer = client.post(type_in, {"words": TYPED, "number": "7"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "The bus is &lt;late&gt; again.</textarea>" in page
    assert f"{reverse('team:sign_in')}?next=" in page
    assert school.name not in page
    assert client.post(type_in, {"number": "7"}).url.startswith(reverse("team:sign_in"))
    olu = make_member(make_conversation("Another one"), "Olu", Role.ORGANISER)
    client.force_login(olu.account)
    assert client.post(type_in, {"words": TYPED}).status_code == 404


def test_words_of_who_is_known_are_kept(school):
    client = device_of(make_participant(school, "parent_carers"))
    say = reverse("taking_part:say", args=[school.slug])
    assert client.post(say, {"words": TYPED, "form_key": "abc"}).status_code == 302
    assert Words.objects.count() == 1


@pytest.mark.parametrize("typed", ["Transport", "公共汽车总是迟到，孩子们很冷。"])
def test_one_word_and_scripts_without_spaces_are_kept_too(client, school, typed):
    say = reverse("taking_part:say", args=[school.slug])
    page = client.post(say, {"words": typed, "form_key": "abc"}).content.decode()
    assert f"{typed}</textarea>" in page
    assert page.count("<textarea") == 1


def test_what_a_facilitator_typed_for_what_somebody_took_away_is_given_back(client, school):
    hal, grace = (make_member(school, name, Role.FACILITATOR) for name in ("Hal", "Grace"))
    idea = make_idea(question=school.questions.get(), name="Journeys", by=hal)
    client.force_login(hal.account)
    here = reverse("facilitating:idea", args=[school.slug, idea.pk])
    sent = {"do": "name", "name": "Getting there", "summary": "On time.", "was_name": "The bus"}
    retire_idea(idea=idea, by=grace)
    answer = client.post(here, sent)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "This is not here any more" in page
    assert "Getting there</textarea>" in page
    assert "On time.</textarea>" in page
    assert page.count("<textarea") == 2
    # Whoever only looks, and whoever is in no team of it, finds nothing, as anywhere.
    assert "This is not here any more" not in client.get(here).content.decode()
    olu = make_member(make_conversation("Another one"), "Olu", Role.ORGANISER)
    client.force_login(olu.account)
    answer = client.post(here, sent)
    assert answer.status_code == 404
    assert "On time." not in answer.content.decode()
