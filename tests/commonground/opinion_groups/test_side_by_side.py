"""Samples fitted side by side give what each gives alone."""

import numpy as np
import pytest

from commonground.blocks import InProcess
from commonground.leading_axes import leading_axes, leading_axes_of_each
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.fitting import fit_roughly, fit_roughly_each
from commonground.opinion_groups.side_by_side import (
    AT_ONCE,
    batches,
    padded,
    side_by_side,
    unpadded,
)
from commonground.opinion_groups.stances import count_stances, stance_block
from tests.commonground.opinion_groups.rooms import planted_room

NUMBERS = [2, 3]


def halves():
    room, _ = planted_room(people=120, camps=3)
    votes = canonical(room).votes
    odd = np.arange(votes.n_participants) % 3 == 0  # of unlike size: 40 and 80 people
    return [votes.take(odd), votes.take(~odd)]


def dense(votes):
    block = stance_block(votes)
    return block.toarray() if hasattr(block, "toarray") else block


def test_models_are_those_of_each_sample_alone():
    samples = halves()
    for sample, together in zip(samples, fit_roughly_each(samples, NUMBERS), strict=True):
        engine = InProcess.of([stance_block(sample)])
        alone = fit_roughly(engine, count_stances(engine), NUMBERS)
        for one, other in zip(together, alone, strict=True):
            assert one.n_groups == other.n_groups
            assert one.log_likelihood == pytest.approx(other.log_likelihood, rel=1e-3)
            np.testing.assert_allclose(one.weights.sum(), 1)
            np.testing.assert_allclose(np.sort(one.weights), np.sort(other.weights), atol=0.02)


def test_a_sample_has_rows_and_columns_of_its_own():
    first, second = halves()
    matrix, bounds = side_by_side([first, second])
    assert bounds.tolist() == [0, 40, 120]
    width = 2 * first.n_statements
    table = matrix.toarray()
    np.testing.assert_array_equal(table[:40, :width], dense(first))
    np.testing.assert_array_equal(table[40:, width:], dense(second))
    assert not table[:40, width:].any()
    assert not table[40:, :width].any()


def test_batches_keep_the_order_and_hold_no_more_than_fits():
    samples = halves() * 30
    found = list(batches(samples))
    assert [one for some in found for one in some] == samples
    assert all(sum(one.n_votes for one in some) <= AT_ONCE for some in found if len(some) > 1)


def test_axes_of_matrices_side_by_side_are_those_of_each():
    random = np.random.default_rng(1)
    squares = [(made := random.normal(size=(12, 12))) @ made.T for _ in range(3)]
    both = np.stack(squares)
    values, axes = leading_axes_of_each(
        lambda rows: np.einsum("nij,nj->ni", both, rows), 3, 12, 2, 1e-10
    )
    for place, square in enumerate(squares):
        alone, own = leading_axes(lambda row, square=square: square @ row, 12, 2, 1e-10)
        np.testing.assert_allclose(values[place], alone, rtol=1e-8)
        np.testing.assert_allclose(np.abs((axes[place] * own).sum(axis=1)), 1, rtol=1e-6)


def test_filling_up_and_taking_away_again_changes_nothing():
    bounds = np.array([0, 2, 5])
    values = np.arange(10).reshape(2, 5)
    np.testing.assert_array_equal(
        unpadded(padded(values * 1.0, bounds).astype(int), bounds), values
    )
