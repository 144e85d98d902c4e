"""Suggested ideas stand around what people arranged and do not hang on order."""

import random

from commonground.ideas import Detail, suggest_ideas

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
