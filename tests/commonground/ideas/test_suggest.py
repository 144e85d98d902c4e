"""Suggested ideas stand around what people arranged and do not hang on order."""

import random

import numpy as np
import pytest

from commonground.ideas import Detail, nearest_ideas, suggest_ideas
from commonground.ideas.names import as_written, different_names, name_groups

TEXTS = {
    "p1": "The swimming pool is too cold",
    "p2": "Warm up the swimming pool",
    "p3": "The swimming pool needs longer hours",
    "b1": "The evening bus never comes",
    "b2": "We need an evening bus to the village",
    "b3": "The evening bus leaves before the club ends",
    "x": "Zebras",
}


def arrangement(ids: list[str], **more: object) -> list[set[object]]:
    found = suggest_ideas(ids, [TEXTS[one] for one in ids], detail=Detail.MIDDLE, **more)  # type: ignore[arg-type]
    return [set(idea.members) for idea in found.levels[0].ideas]


def test_connected_statements_stand_together_and_one_alone_in_none() -> None:
    found = suggest_ideas(list(TEXTS), list(TEXTS.values())).level(Detail.MIDDLE)
    assert {frozenset(idea.members) for idea in found.ideas} == {
        frozenset({"p1", "p2", "p3"}),
        frozenset({"b1", "b2", "b3"}),
    }
    assert found.in_none == ("x",)
    assert {idea.name for idea in found.ideas} == {"swimming pool", "evening bus"}


def test_the_order_of_statements_changes_nothing() -> None:
    ids = list(TEXTS)
    shuffled = ids[:]
    random.Random(5).shuffle(shuffled)
    assert shuffled != ids
    assert arrangement(ids) == arrangement(shuffled)


def test_what_a_person_arranged_stays() -> None:
    found = suggest_ideas(
        list(TEXTS), list(TEXTS.values()), placed={"p1": ["travel"], "x": []}
    ).level(Detail.MIDDLE)
    travel = next(idea for idea in found.ideas if idea.key == "travel")
    assert travel.made_by_person
    assert travel.arranged == ("p1",)
    others = [idea for idea in found.ideas if idea.key != "travel"]
    assert all("p1" not in idea.members for idea in others)
    assert all("x" not in idea.members for idea in found.ideas)


def test_new_statements_join_what_was_suggested_and_move_nothing() -> None:
    ids = [one for one in TEXTS if one != "b3"]
    earlier = suggest_ideas(ids, [TEXTS[one] for one in ids])
    later = suggest_ideas(list(TEXTS), list(TEXTS.values()), earlier=earlier)
    before = {idea.key: set(idea.members) for idea in earlier.level(Detail.MIDDLE).ideas}
    after = {idea.key: set(idea.members) for idea in later.level(Detail.MIDDLE).ideas}
    assert before.keys() == after.keys()
    assert all(before[key] <= after[key] for key in before)
    assert set().union(*after.values()) - set().union(*before.values()) == {"b3"}


def test_a_free_statement_is_suggested_for_the_idea_that_its_neighbours_stand_in() -> None:
    placed = {"b1": ["evenings"], "b2": ["evenings"], "p1": ["water"], "p2": ["water"]}
    found = suggest_ideas(list(TEXTS), list(TEXTS.values()), placed=placed).level(Detail.MIDDLE)
    assert {idea.key: idea.suggested for idea in found.ideas} == {
        "evenings": ("b3",),
        "water": ("p3",),
    }


def test_a_statement_may_belong_to_two_ideas() -> None:
    both = "The evening bus to the swimming pool"
    found = suggest_ideas(
        [*TEXTS, "both"],
        [*TEXTS.values(), both],
        placed={**{f"p{n}": ["water"] for n in (1, 2, 3)}, **{f"b{n}": ["bus"] for n in (1, 2, 3)}},
    ).level(Detail.MIDDLE)
    assert all("both" in idea.members for idea in found.ideas)


def test_a_naming_hook_names_only_what_no_person_made() -> None:
    asked = []

    def hook(texts, phrases):  # type: ignore[no-untyped-def]
        asked.append(set(texts))
        return "Getting about"

    found = suggest_ideas(
        list(TEXTS),
        list(TEXTS.values()),
        placed={"p1": ["water"], "p2": ["water"], "p3": ["water"]},
        detail=Detail.MIDDLE,
        name_hook=hook,
    ).levels[0]
    assert asked == [{TEXTS["b1"], TEXTS["b2"], TEXTS["b3"]}]
    assert {idea.key: idea.name for idea in found.ideas}["water"] == "swimming pool"
    assert "Getting about" in {idea.name for idea in found.ideas}


def test_no_statements_give_no_ideas() -> None:
    assert suggest_ideas([], []).level(Detail.MORE).ideas == ()
    assert suggest_ideas(["a"], ["Longer hours"]).level(Detail.MORE).in_none == ("a",)


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        suggest_ideas(["a", "a"], ["Longer hours", "Warmer water"])


def test_the_nearest_idea_is_the_one_with_the_nearest_statements() -> None:
    placed = {"p1": ["water"], "p2": ["water"], "b1": ["bus"]}
    near = nearest_ideas("Is the swimming pool open?", list(TEXTS), list(TEXTS.values()), placed)
    assert near[0].idea == "water"
    assert near[0].closest in {"p1", "p2"}
    assert nearest_ideas("Zebras", list(TEXTS), list(TEXTS.values()), placed) == ()


def test_a_name_neither_ends_in_a_verb_nor_starts_inside_a_number() -> None:
    money = [f"My income is about {number},000 per year" for number in (20, 50, 100)]
    others = ["My street is noisy", "My street is dark", "My street is steep"]
    for name in name_groups([money, others]):
        assert name
        for phrase in name:
            assert phrase.split()[-1] != "is"
            assert not phrase.startswith("0")
    assert name_groups([money, others])[1][0] == "street"


def test_an_idea_with_its_first_statement_is_near_to_what_says_nearly_the_same() -> None:
    meaning = np.array([1.0, 0.1, 0.0], dtype=np.float32)
    (near,) = nearest_ideas(
        "The dining hall is much too loud.",
        ["first"],
        ["The dining hall is too loud for my son."],
        {"first": ["noise"]},
        vector=meaning,
        vectors=np.array([[1.0, 0.0, 0.1]], dtype=np.float32),
    )
    assert (near.idea, near.closest) == ("noise", "first")


def test_small_ideas_among_few_statements_do_not_run_into_one() -> None:
    things = ("gate", "bench", "shed", "pond", "tent", "stage")
    told = ("leaks near the hall", "rusts behind the mill", "creaks beside the lake")
    texts = [f"The {thing} {what}" for what in told for thing in things]
    for detail in Detail:
        level = suggest_ideas(range(18), texts, detail=detail).levels[0]
        members = sorted(sorted(map(int, map(str, idea.members))) for idea in level.ideas)
        assert members == [list(range(6)), list(range(6, 12)), list(range(12, 18))]


def test_a_name_has_the_capitals_that_people_gave_it() -> None:
    texts = ["Swimming in the UK", "the UK is wet", "UK. Swimming is fun", "more swimming lessons"]
    assert as_written("uk", texts) == "UK"
    # At the start of a sentence a capital says nothing, and one person who shouts is one of three.
    assert as_written("swimming", [*texts, "Less SWIMMING", "all swimming stops"]) == "swimming"
    assert as_written("swimming", ["Swimming.", "Swimming? Swimming!"]) == "swimming"
    assert as_written("labour and the tories", ["With Labour and\nthe Tories"]) == (
        "Labour and the Tories"
    )
    # Written out by us, and in no text.
    assert as_written("do not", ["they don't"]) == "do not"


def test_two_ideas_have_two_names_where_there_are_two() -> None:
    assert different_names([["pool", "swim"], ["Pool", "water"], [], ["water"]]) == [
        "pool",
        "water",
        "",
        "water",
    ]
