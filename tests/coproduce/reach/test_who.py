"""Who is missing, against benchmarks; and whom to invite next."""

import datetime

import pytest
from django.urls import reverse

from coproduce.conversations.models import Area
from coproduce.genuineness.counts import move_public_counts
from coproduce.reach.queries.who import not_answered_by, who_took_part
from coproduce.reach.services import load_benchmarks
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
)
from tests.coproduce.understanding.arranging import show_figure

pytestmark = pytest.mark.django_db

BENCHMARKS = (
    "kind,key,people,source,as_of\n"
    "partner_group,parent_carers,300,Invented count,2024-03-14\n"
    "partner_group,education,100,Invented count,2024-03-14\n"
    "partner_group,health,100,Invented count,2024-03-14\n"
    "area,exeter,900,Invented census,2021-03-21\n"
)


def people(conversation, group, number, area=None):
    for _ in range(number):
        who = make_participant(conversation, *([group] if group else []), area=area)
        make_statement(conversation, "Mine.", by=who)


def load(text=BENCHMARKS):
    load_benchmarks(by=None, name="benchmarks.csv", content=text.encode())


def test_a_ratio_is_share_here_over_share_there_from_rounded_numbers():
    conversation = make_conversation()
    load()
    people(conversation, "parent_carers", 11)
    people(conversation, "education", 29)
    people(conversation, "health", 4)
    people(conversation, "children", 20)
    move_public_counts(conversation)
    found = {one.key: one for one in who_took_part(conversation).groups}
    # About 10 and about 30 of 40 here; 300 and 100 of 500 there.
    assert found["parent_carers"].ratio == pytest.approx((10 / 40) / (300 / 500))
    assert found["education"].ratio == pytest.approx((30 / 40) / (100 / 500))
    assert found["education"].in_words == "3.8: more than their share"
    assert found["parent_carers"].benchmark.as_of == datetime.date(2024, 3, 14)
    assert (found["health"].ratio, found["health"].why_not) == (
        None,
        "none: fewer than five people",
    )
    assert (found["children"].ratio, found["children"].in_words) == (
        None,
        "unknown: no benchmark",
    )


def test_one_benchmark_alone_compares_with_nothing():
    conversation = make_conversation()
    load()
    exeter = Area.objects.get(conversation=conversation, key="exeter")
    people(conversation, "health", 6, area=exeter)
    move_public_counts(conversation)
    (found, other) = who_took_part(conversation).areas
    assert (found.label, found.told) == ("Exeter", "about 5")
    assert found.in_words == "unknown: nothing else has a benchmark to compare with"
    assert other.in_words == "unknown: no benchmark"


def test_before_anything_is_counted_it_says_so():
    conversation = make_conversation()
    load()
    who = who_took_part(conversation)
    assert {one.told for one in who.groups} == {"not counted yet"}
    assert who.invite_next == []


def test_those_who_are_not_there_are_invited_first_then_the_smallest_share():
    conversation = make_conversation()
    load()
    people(conversation, "parent_carers", 11)
    people(conversation, "education", 29)
    people(conversation, "children", 20)
    move_public_counts(conversation)
    order = [one.key for one in who_took_part(conversation).invite_next]
    assert order == ["health", "exeter", "north-devon", "parent_carers", "children"]


def test_statements_that_a_partner_group_has_not_answered():
    conversation = make_conversation()
    bus, taxi, walk = (make_statement(conversation, t) for t in ("Bus.", "Taxi.", "Walk."))
    show_figure(bus, {"education": (6, 0, 0), "health": (2, 0, 0)})
    show_figure(taxi, {"education": (2, 0, 0), "health": (6, 0, 0)})
    assert set(not_answered_by(conversation, "education")) == {taxi, walk}
    assert set(not_answered_by(conversation, "health")) == {bus, walk}
    hal = make_member(conversation, "Hal")
    people(conversation, "education", 5)
    move_public_counts(conversation)
    found = {one.key: one.unanswered for one in who_took_part(conversation).groups}
    assert found["education"] == 7
    assert found["health"] == 8
    assert hal.conversation == conversation


def test_the_public_page_says_numbers_with_their_source_and_never_a_total(client):
    conversation = make_conversation()
    load()
    people(conversation, "parent_carers", 11)
    people(conversation, "health", 3)
    move_public_counts(conversation)
    page = client.get(reverse("public:who", args=[conversation.slug]))
    told = page.content.decode()
    assert "Invented count, 14 March 2024" in told
    rows = {row.key: row.told for row in page.context["who"].groups}
    assert rows == {
        "children": "a few or none",
        "parent_carers": "about 10",
        "education": "a few or none",
        "health": "a few or none",
    }
    assert page.context["tiles"].in_words == (
        "People who took part, by area: Exeter: a few or none; North Devon: a few or none."
    )


def test_a_ready_invitation_has_text_link_and_a_poster(client):
    conversation = make_conversation(purpose="We plan the buses.")
    grace = make_member(conversation, "Grace")
    people(conversation, "parent_carers", 6)
    move_public_counts(conversation)
    client.force_login(grace.account)
    page = client.get(reverse("reach:invite_next", args=[conversation.slug]))
    invitation = page.context["invitations"][0]
    assert "We plan the buses." in invitation.text
    assert f"/j/{conversation.join_code}/" in invitation.text
    poster = client.get(invitation.poster).content.decode()
    assert invitation.present.label in poster
    assert conversation.join_code in poster
    assert "<svg" in poster
    wrong = reverse("reach:poster", args=[conversation.slug]) + "?kind=area&key=nowhere"
    assert client.get(wrong).status_code == 404


def test_an_invitation_says_few_of_you_only_where_few_are_known_to_be_here(client):
    conversation = make_conversation()
    load()
    people(conversation, "parent_carers", 6)
    people(conversation, "education", 29)
    people(conversation, "children", 20)
    move_public_counts(conversation)
    client.force_login(make_member(conversation, "Grace").account)
    page = client.get(reverse("reach:invite_next", args=[conversation.slug]))
    said = {one.present.key: "So far few of you" in one.text for one in page.context["invitations"]}
    assert said == {
        "health": True,
        "exeter": True,
        "north-devon": True,
        "parent_carers": True,
        "children": False,
    }


def test_nobody_is_invited_while_nobody_new_can_say_or_answer(client):
    conversation = make_conversation(phases=["gathering"])
    client.force_login(make_member(conversation, "Grace").account)
    page = reverse("reach:invite_next", args=[conversation.slug])
    for phase, told in (
        ("gathering", False),
        ("agreeing", False),
        ("published", True),
        ("acting", True),
        ("closed", True),
    ):
        conversation.phases = [phase]
        conversation.save(update_fields=["phases"])
        found = "Nobody new can take part" in client.get(page).content.decode()
        assert (phase, found) == (phase, told)


def test_the_same_number_of_questions_with_one_area_and_with_thirty(
    client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    few, many = make_conversation("Few", slug="few"), make_conversation("Many", slug="many")
    for number in range(30):
        Area.objects.create(conversation=many, key=f"area-{number}", label=f"Area {number}")
    for conversation in (few, many):
        people(conversation, "education", 6)
        move_public_counts(conversation)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("public:who", args=[few.slug]))
    with django_assert_num_queries(len(asked)):
        client.get(reverse("public:who", args=[many.slug]))
