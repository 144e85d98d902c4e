"""The strongest axes from products alone, beside those of the whole matrix."""

import numpy as np
import pytest

from commonground.leading_axes import leading_axes, leading_axes_of_each, strongest_of


def matrix(rank, size=80):
    random = np.random.default_rng(rank)
    table = random.normal(size=(rank, size)) * np.geomspace(3, 0.3, rank)[:, None]
    return table.T @ table


@pytest.mark.parametrize("rank", [3, 40, 80])
def test_exact_axes_are_those_of_the_whole_matrix(rank):
    products = matrix(rank)
    values, axes = leading_axes(lambda vector: products @ vector, 80, 2, 1e-13)
    strengths, vectors = np.linalg.eigh(products)
    np.testing.assert_allclose(values, strengths[::-1][:2], rtol=1e-12)
    np.testing.assert_allclose(np.abs(np.sum(axes * vectors.T[::-1][:2], axis=1)), 1, atol=1e-9)


def test_a_rough_look_takes_fewer_products_and_is_still_near():
    products, asked = matrix(80), []

    def product(vector):
        asked.append(vector)
        return products @ vector

    leading_axes(product, 80, 1, 1e-13)
    exact = len(asked)
    values, _ = leading_axes(product, 80, 1, 1e-2)
    assert len(asked) - exact < exact
    assert values[0] == pytest.approx(np.linalg.eigvalsh(products)[-1], rel=1e-2)


def test_there_are_no_more_axes_than_the_rank():
    products = matrix(1)
    values, axes = leading_axes(lambda vector: products @ vector, 80, 1, 1e-6)
    assert axes.shape == (1, 80)
    assert values[0] == pytest.approx(np.trace(products))


@pytest.mark.parametrize(("size", "n_axes"), [(1, 2), (2, 2), (12, 3)])
def test_the_strongest_of_a_whole_matrix_are_those_of_a_full_solution(size, n_axes):
    table = np.random.default_rng(size).normal(size=(20, size))
    matrix = table.T @ table
    values, vectors = strongest_of(matrix, n_axes)
    every = np.linalg.eigvalsh(matrix)[::-1]
    np.testing.assert_allclose(values, every[:n_axes], rtol=1e-12)
    assert vectors.shape == (min(size, n_axes), size)
    np.testing.assert_allclose(vectors @ matrix, values[:, None] * vectors, atol=1e-10)


def test_a_matrix_without_rows_has_no_axes():
    values, vectors = strongest_of(np.zeros((0, 0)), 2)
    assert (len(values), len(vectors)) == (0, 0)


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
