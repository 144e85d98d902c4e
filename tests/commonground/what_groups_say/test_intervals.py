"""Intervals against published values."""

import numpy as np
import pytest

from commonground.what_groups_say.intervals import (
    difference,
    difference_p_value,
    false_discovery_rate,
    share,
    z_for,
)


def test_z_for_one_and_for_ten_comparisons():
    assert z_for(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert z_for(0.95, comparisons=10) == pytest.approx(2.807034, abs=1e-6)


def test_wilson_interval_of_newcombes_example():
    # 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, Statistics in Medicine 17, 857-872, table I)
    found = share(np.array([81.0]), np.array([263.0]), z_for(0.95))
    assert found.low[0] == pytest.approx(0.2553, abs=5e-5)
    assert found.high[0] == pytest.approx(0.3662, abs=5e-5)


def test_nothing_known_is_between_nothing_and_all():
    found = share(np.array([0.0]), np.array([0.0]), z_for(0.95))
    assert (found.value[0], found.low[0], found.high[0]) == (0.5, 0.0, 1.0)


def test_difference_interval_of_newcombes_example():
    # 56/70 - 48/80: 0.0524 to 0.3339 (Newcombe 1998, ibid. 873-890, table II, method 10)
    z = z_for(0.95)
    first = share(np.array([56.0]), np.array([70.0]), z)
    second = share(np.array([48.0]), np.array([80.0]), z)
    found = difference(first, second)
    assert found.value[0] == pytest.approx(0.2)
    assert found.low[0] == pytest.approx(0.0524, abs=5e-5)
    assert found.high[0] == pytest.approx(0.3339, abs=5e-5)


def test_p_value_of_a_difference():
    found = difference_p_value(*(np.array([n]) for n in (56.0, 70.0, 48.0, 80.0)))
    assert found[0] == pytest.approx(0.0081, abs=2e-4)
    assert difference_p_value(*(np.array([n]) for n in (0.0, 0.0, 4.0, 9.0)))[0] == 1


def test_false_discovery_rate_of_four_p_values():
    found = false_discovery_rate(np.array([[0.01, 0.04], [0.03, 0.5]]))
    np.testing.assert_allclose(found, [[0.04, 0.16 / 3], [0.16 / 3, 0.5]])
