"""A linear programme that is solved for one wish after another."""

import numpy as np
import pytest

from commonground.linear import Programme


def programme(**how):
    """Two numbers up to 4, of which no more than 5 together; twice the first and the second: 3."""
    return Programme(
        np.array([[1.0, 1.0], [2.0, 1.0]]),
        np.array([-np.inf, 3.0]),
        np.array([5.0, np.inf]),
        np.array([4.0, 4.0]),
        **how,
    )


def test_each_wish_is_met_whatever_was_asked_before():
    ours = programme()
    for wish, least in (
        ([1.0, 0.0], [0.0, None]),
        ([-1.0, -2.0], [1.0, 4.0]),
        ([1.0, 1.0], [1.5, 0.0]),
        ([-2.0, -1.0], [4.0, 1.0]),
    ):
        found = ours.least(np.array(wish))
        assert found is not None
        for number, wanted in zip(found, least, strict=True):
            assert wanted is None or number == pytest.approx(wanted)


def test_closer_bounds_hold_for_one_time_and_may_leave_nothing():
    ours, wish = programme(), np.array([1.0, 1.0])
    assert ours.least(wish, high=np.array([1.0, 0.5])) is None
    assert ours.least(wish) == pytest.approx([1.5, 0.0])
    assert ours.least(wish, low=np.array([0.0, 2.0])) == pytest.approx([0.5, 2.0])
    assert ours.least(wish, low=0.5).sum() == pytest.approx(1.75)
    assert ours.least(wish) == pytest.approx([1.5, 0.0])


def test_whole_numbers_are_whole():
    found = programme(whole=True).least(
        np.array([1.0, 1.0]), low=np.zeros(2), high=np.array([1.0, 4.0])
    )
    assert found is not None
    assert found == pytest.approx(np.rint(found))
    assert 2 * found[0] + found[1] >= 3 - 1e-6
    fractions = np.array([[2.0, 0.0]]), np.array([1.0]), np.array([1.0]), np.array([4.0, 4.0])
    assert Programme(*fractions, whole=True).least(np.zeros(2)) is None
    assert Programme(*fractions).least(np.zeros(2))[0] == pytest.approx(0.5)


def test_nothing_is_written_where_results_go(capfd):
    programme(whole=True).least(np.array([1.0, 1.0]))
    programme().least(np.array([1.0, 1.0]), high=np.zeros(2))
    assert capfd.readouterr() == ("", "")
