"""The index finds what a text repeats, and never offers an opposite as the same."""

import numpy as np
import pytest

from commonground.duplicates import DuplicateIndex, Relation
from commonground.duplicates.index import _highest
from commonground.duplicates.sketches import Sketches

BUS = "I want to get the bus by myself."
NO_BUS = "I don't want to get the bus by myself."


def index_of(*texts: str) -> DuplicateIndex:
    index = DuplicateIndex()
    index.add(range(len(texts)), texts)
    return index


def test_finds_the_same_words_whatever_the_case_and_marks() -> None:
    found = index_of("The gate is locked too early.", "More shade at the pool").similar_to(
        "the gate is locked too early!!"
    )
    assert [(one.second, one.relation, one.reasons) for one in found] == [
        (0, Relation.SAME, ("same words",))
    ]


def test_an_opposite_is_never_offered_while_typing() -> None:
    assert index_of(BUS).similar_to(NO_BUS, at_least=Relation.DIFFERENT) == []


def test_opposites_are_reported_apart() -> None:
    pairs = index_of(BUS, NO_BUS).pairs()
    assert pairs.alike == ()
    assert [(one.first, one.second) for one in pairs.may_disagree] == [(0, 1)]
    assert "one says not" in pairs.may_disagree[0].reasons


def test_a_removed_statement_is_not_found_and_its_words_are_gone() -> None:
    index = index_of("The gate is locked too early.")
    index.remove(0)
    assert index.similar_to("The gate is locked too early.") == []
    assert 0 not in index
    assert index.pairs().alike == ()
    with pytest.raises(KeyError):
        index.remove(0)


def test_vectors_may_come_later_and_in_parts() -> None:
    index = index_of("Brighter lamps on the path", "Longer library hours")
    assert index.without_vectors == (0, 1)
    index.set_vectors([1], np.array([[1.0, 0.0]], dtype=np.float32))
    assert index.without_vectors == (0,)


def test_vectors_of_another_model_are_refused() -> None:
    index = index_of("Brighter lamps on the path", "Longer library hours")
    index.set_vectors([1], np.array([[1.0, 0.0]], dtype=np.float32))
    with pytest.raises(ValueError, match="different models"):
        index.set_vectors([0], np.array([[1.0, 0.0, 0.0]], dtype=np.float32))


def test_an_id_added_again_gets_its_new_text() -> None:
    index = index_of("Brighter lamps on the path")
    index.add([0], ["Longer library hours"])
    assert len(index) == 1
    assert index.similar_to("Brighter lamps on the path") == []
    assert [one.second for one in index.similar_to("Longer library hours")] == [0]


def test_ids_and_texts_must_match_in_number() -> None:
    with pytest.raises(ValueError, match="2 ids were given with 1 texts"):
        DuplicateIndex().add([1, 2], ["one"])


def test_an_unrelated_statement_changes_nothing() -> None:
    said = ["The gate is locked too early", "gate locked too early!", BUS, NO_BUS]
    assert index_of(*said, "Zebras sleep standing").pairs() == index_of(*said).pairs()


def test_the_order_of_statements_changes_no_pair() -> None:
    said = ["The gate is locked too early", "gate locked too early!", BUS, NO_BUS, "More shade"]

    def found(texts: list[str]) -> set[tuple[frozenset[str], Relation]]:
        index = DuplicateIndex()
        index.add(texts, texts)
        pairs = index.pairs()
        return {
            (frozenset((str(one.first), str(one.second))), one.relation)
            for one in (*pairs.alike, *pairs.may_disagree)
        }

    assert found(said) == found(said[::-1])
    assert len(found(said)) == 2


@pytest.mark.parametrize("text", ["", " ", "!!!", "😀", "\x00\x07", "a" * 10_000, "停止移動我們"])
def test_odd_texts_do_no_harm(text: str) -> None:
    index = index_of("Longer library hours", text)
    assert index.similar_to("Longer library hours")[0].second == 0
    index.similar_to(text)
    index.pairs()


def test_among_very_many_the_nearest_by_meaning_is_found() -> None:
    chance = np.random.default_rng(5)
    vectors = chance.standard_normal((9000, 64)).astype(np.float32) + 2.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = DuplicateIndex()
    index.add(range(9000), [f"word{one}" for one in range(9000)], vectors)
    near = vectors[4321] + 0.01 * chance.standard_normal(64).astype(np.float32)
    near /= np.linalg.norm(near)
    found = index.similar_to("unlike", vector=near, limit=1, at_least=Relation.RELATED)
    assert [one.second for one in found] == [4321]
    index.remove(4321)
    found = index.similar_to("unlike", vector=near, at_least=Relation.RELATED)
    assert 4321 not in [one.second for one in found]
    index.add(["late"], ["word"], near[None, :])
    found = index.similar_to("unlike", vector=near, limit=1, at_least=Relation.RELATED)
    assert [one.second for one in found] == ["late"]


def test_progress_tells_how_many_pairs_are_judged() -> None:
    told: list[tuple[int, int]] = []
    index_of(BUS, NO_BUS, "More shade at the pool").pairs(progress=lambda *at: told.append(at))
    assert told == [(1, 1)]


def test_the_highest_scores_are_found_wherever_they_stand() -> None:
    chance = np.random.default_rng(2)
    for scores in (chance.random(500), chance.random(500) ** 9, np.zeros(500), -chance.random(500)):
        found = scores[_highest(scores, 16)]
        assert sorted(found.tolist()) == sorted(scores.tolist())[-16:]
    assert sorted(_highest(np.arange(3.0), 16).tolist()) == [0, 1, 2]


def test_the_nearest_sketches_are_those_with_fewest_bits_apart_and_removed_rows_are_not() -> None:
    chance = np.random.default_rng(3)
    vectors = chance.standard_normal((300, 70)).astype(np.float32)
    sketches = Sketches(np.zeros(70, dtype=np.float32))
    sketches.put(range(300), vectors)
    among = np.ones(300, dtype=np.bool_)
    among[:100] = False
    wanted = vectors[150]
    found = sketches.nearest(wanted, among, 12)
    apart = ((vectors > 0) != (wanted > 0)).sum(axis=1)
    order = sorted(range(100, 300), key=lambda row: (apart[row], row))
    assert sorted(found.tolist()) == sorted(order[:12])
    assert found.tolist().count(150) == 1
    few = among.copy()
    few[105:] = False
    assert sketches.nearest(wanted, few, 12).tolist() == [100, 101, 102, 103, 104]
