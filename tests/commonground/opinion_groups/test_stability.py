"""Whether halves of a conversation give the same groups."""

import numpy as np
import pytest

from commonground.opinion_groups import stability as stability_module
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.stability import adjusted_rand, stability
from tests.commonground.opinion_groups.rooms import planted_room, shuffled


def test_adjusted_rand_of_a_worked_example():
    # The table is 2 1 / 0 3: pairs together in both, in rows, in columns, and in all.
    first, second = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 1, 1])
    both, rows, columns, pairs = 1 + 3, 3 + 3, 1 + 6, 15
    expected = rows * columns / pairs
    assert adjusted_rand(first, second) == pytest.approx(
        (both - expected) / ((rows + columns) / 2 - expected)
    )
    assert adjusted_rand(first, 1 - first) == 1
    assert adjusted_rand(first, np.zeros(6, dtype=int)) == pytest.approx(0)


def test_planted_camps_are_stable_and_noise_is_not():
    votes, _ = planted_room(people=300, camps=2)
    found, noise = stability(votes, 2), stability(shuffled(votes, 1), 2)
    assert found.over_people > 0.85
    assert found.over_answers > 0.85
    assert noise.over_people < 0.3
    assert noise.over_answers < 0.1


def test_one_group_has_nothing_to_compare():
    votes, _ = planted_room(people=50)
    assert np.isnan(stability(votes, 1).over_people)


def test_halves_are_placed_the_same_with_a_table_of_their_own(monkeypatch):
    votes = canonical(planted_room(people=200, camps=3)[0]).votes
    together = stability_module.Halves(votes).alike([2, 3], 2)
    monkeypatch.setattr(stability_module, "TOGETHER_UP_TO", 0)
    np.testing.assert_allclose(stability_module.Halves(votes).alike([2, 3], 2), together, atol=0.03)
    # One deal at a time or several: the deals are the same ones.
    monkeypatch.setattr(stability_module, "CELLS_AT_ONCE", 1)
    np.testing.assert_allclose(stability_module.Halves(votes).alike([2, 3], 2), together, atol=0.03)
