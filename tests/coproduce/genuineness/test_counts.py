"""What may be shown of people, against somebody who knows the groups and keeps every page."""

import json

import pytest

from commonground.shown import PublicStanding
from coproduce.genuineness import counts
from coproduce.genuineness.models import CheckInAnswer, PublicCount
from coproduce.genuineness.services import answer, offer
from tests.commonground.attacker import every_way, fits, told
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db


def check_in(conversation, group, choices, asked="voice"):
    for choice in choices:
        person = make_participant(conversation, *([group] if group else []))
        answer(check_in=offer(participant=person), participant=person, asked=asked, choice=choice)


def shown(conversation, about):
    return PublicCount.objects.get(conversation=conversation, about=about).shown


def test_nothing_is_shown_below_enough_and_then_it_moves_by_fives():
    conversation = make_conversation()
    about = counts.felt_about("voice")
    check_in(conversation, "education", ["yes"] * 4)
    counts.move_public_counts(conversation)
    assert not PublicCount.objects.filter(about=about).exists()
    check_in(conversation, "education", ["yes"])
    counts.move_public_counts(conversation)
    first = shown(conversation, about)
    assert first["groups"]["education"] == {
        "people": 5,
        "stance": "agrees",
        "agree": "most",
        "disagree": "some",
    }
    check_in(conversation, "education", ["no"] * 4)
    counts.move_public_counts(conversation)
    assert shown(conversation, about) == first
    check_in(conversation, "education", ["no"])
    counts.move_public_counts(conversation)
    moved = shown(conversation, about)
    assert moved["people"] == 10
    assert moved != first


def test_what_is_shown_holds_nothing_of_what_is_remembered():
    conversation = make_conversation()
    check_in(conversation, "education", ["yes"] * 6 + ["no"])
    counts.move_public_counts(conversation)
    for row in PublicCount.objects.all():
        assert not {"memory", "counted", "counts", "figures"} & set(row.shown), row.about
        assert "blocks" not in json.dumps(row.shown)
    assert PublicCount.objects.get(about=counts.felt_about("voice")).memory["figures"]["blocks"]


def test_how_many_were_asked_and_answered_is_rounded_and_has_no_groups():
    conversation = make_conversation()
    check_in(conversation, "education", ["yes"] * 6)
    for _ in range(7):
        offer(participant=make_participant(conversation, "health"))
    counts.move_public_counts(conversation)
    assert shown(conversation, counts.ASKED) == {"cells": [["people", 15]]}
    assert shown(conversation, counts.ANSWERED) == {"cells": [["people", 5]]}


def test_who_took_part_is_counted_by_group_without_a_total_and_without_no_group_given():
    conversation = make_conversation()
    for group, people in (("parent_carers", 12), ("education", 3), (None, 8)):
        for _ in range(people):
            person = make_participant(conversation, *([group] if group else []))
            make_statement(conversation, "Words.", by=person)
    counts.move_public_counts(conversation)
    assert shown(conversation, counts.TOOK_PART) == {
        "cells": [["children", 0], ["parent_carers", 10], ["education", 0], ["health", 0]]
    }


def test_who_never_said_or_answered_anything_did_not_take_part():
    conversation = make_conversation()
    for _ in range(6):
        make_participant(conversation, "health")
    counts.move_public_counts(conversation)
    assert dict(shown(conversation, counts.TOOK_PART)["cells"])["health"] == 0


@pytest.mark.parametrize("pattern", range(0, 32, 3))
def test_whoever_knows_the_groups_and_keeps_every_page_learns_nobodys_answer(pattern):
    """Five teachers and five parents answer, then five more teachers; every page is kept.

    Goes through every way in which they may have answered, and keeps those that fit what was
    shown: nobody's answer is the same in all of them.
    """
    conversation = make_conversation()
    about = counts.felt_about("voice")
    choices = ["yes" if pattern >> place & 1 else "no" for place in range(5)]
    people = [("education", choice) for choice in choices]
    people += [("parent_carers", choice) for choice in reversed(choices)]
    pages = []
    for start in range(0, 10, 5):
        for group, choice in people[start : start + 5]:
            check_in(conversation, group, [choice])
            counts.move_public_counts(conversation)
            row = PublicCount.objects.filter(about=about).first()
            pages.append(None if row is None else row.shown)
    assert pages[0] is None
    ways = every_way(10)
    for page, count in zip(pages, range(1, 11), strict=True):
        if page is None:
            continue
        # What the page tells rests on the people of the last time that it moved.
        counted = 5 if count < 10 else 10
        for name, members in (("education", range(5)), ("parent_carers", range(5, counted))):
            standing = PublicStanding.from_dict(page["groups"][name])
            if len(members) >= 5:
                ways = ways[fits(ways, list(members), standing)]
    assert len(ways) > 1
    assert told(ways) == []


def test_what_happens_to_words_moves_when_it_has_happened_to_five_more():
    conversation = make_conversation()
    people = [make_participant(conversation, "education") for _ in range(12)]
    said = [make_statement(conversation, f"Words {n}.", by=p) for n, p in enumerate(people)]
    counts.move_public_counts(conversation)
    first = shown(conversation, "not_shown")
    assert first["groups"]["education"]["agree"] == "few"
    for number, one in enumerate(said[:5], start=1):
        one.words.standing = "not_shown"
        one.words.save()
        counts.move_public_counts(conversation)
        assert (shown(conversation, "not_shown") != first) == (number == 5)
    assert shown(conversation, "not_shown")["groups"]["education"]["agree"] == "about half"


def test_the_same_number_of_questions_for_one_person_and_for_thirty(django_assert_max_num_queries):
    conversation = make_conversation()
    check_in(conversation, "education", ["yes"] * 5)
    counts.move_public_counts(conversation)
    check_in(conversation, "education", ["yes"] * 30)
    assert CheckInAnswer.objects.count() == 35
    with django_assert_max_num_queries(75):
        counts.move_public_counts(conversation)


def test_statements_that_everybody_answered_are_counted_from_public_figures():
    from tests.coproduce.understanding.arranging import show_figure

    conversation = make_conversation()
    bus, taxi = (make_statement(conversation, text) for text in ("The bus.", "The taxi."))
    for group in ("education", "health"):
        for _ in range(5):
            make_statement(
                conversation, "Mine.", by=make_participant(conversation, group), cluster_of=bus
            )
    show_figure(bus, {"education": (5, 0, 1), "health": (3, 3, 0)})
    show_figure(taxi, {"education": (6, 0, 1), "health": (1, 0, 0)})
    counts.move_public_counts(conversation)
    assert shown(conversation, counts.HEARD) == {
        "statements": 2,
        "heard": 1,
        "by_group": [["education", 2], ["health", 1]],
    }
    moved = PublicCount.objects.get(about=counts.HEARD).moved_at
    counts.move_public_counts(conversation)
    assert PublicCount.objects.get(about=counts.HEARD).moved_at == moved, "nothing moved"
