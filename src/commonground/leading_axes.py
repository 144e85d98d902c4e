"""The strongest axes of a symmetric matrix that is only known by its products with vectors.

Lanczos iteration (1950) from a fixed start, every new direction made orthogonal to all before it.
It stops as soon as the wanted axes are as exact as asked for, which for a first look at a
conversation is after some twenty products.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LOOK_EVERY = 5
MOST_STEPS = 120
MOSTLY_NEW = 0.5
"""Of the square of a direction, at least, that is left once what is known is taken away from it."""


def strongest_of(matrix: Floats, n_axes: int) -> tuple[Floats, Floats]:
    """At most `n_axes` eigenvalues of a symmetric matrix, largest first, and their vectors.

    The vectors are n_axes × size. Only these are worked out (MRRR, Dhillon & Parlett 2004).
    """
    from scipy import linalg  # which few conversations need, and takes long to load

    size = len(matrix)
    wanted = [max(size - n_axes, 0), size - 1]
    if size == 0:
        return np.zeros(0), np.zeros((0, 0))
    values, vectors = linalg.eigh(matrix, subset_by_index=wanted, check_finite=False)
    return values[::-1], vectors.T[::-1]


def leading_axes(
    product: Callable[[Floats], Floats],
    size: int,
    n_axes: int,
    tolerance: float,
    most_steps: int = MOST_STEPS,
) -> tuple[Floats, Floats]:
    """At most `n_axes` eigenvalues, largest first, and their vectors (n_axes × size).

    `product` multiplies a vector of `size` by the matrix, which must have no negative eigenvalue.
    The residual of each axis is at most `tolerance` of the largest eigenvalue, unless `most_steps`
    products do not suffice. Fewer axes come back where the matrix has a lower rank.
    """
    values, vectors = leading_axes_of_each(
        lambda vector: product(vector[0])[None], 1, size, n_axes, tolerance, most_steps
    )
    return values[0], vectors[0]


def leading_axes_of_each(
    product: Callable[[Floats], Floats],
    n_matrices: int,
    size: int,
    n_axes: int,
    tolerance: float,
    most_steps: int = MOST_STEPS,
) -> tuple[Floats, Floats]:
    """The same for several matrices side by side: n_matrices × n_axes, and × size.

    `product` multiplies each row (n_matrices × size) by its own matrix. It goes on until all are
    exact enough. Where one matrix has a lower rank than others, its last axes are 0.
    """
    start = np.random.default_rng(0).standard_normal(size)
    vector = np.tile(start / np.linalg.norm(start), (n_matrices, 1))
    most = min(size, most_steps)
    basis = np.empty((n_matrices, most, size))  # pages that are never written take no memory
    diagonal, beside = np.empty((n_matrices, most)), np.empty((n_matrices, most))
    for step in range(most):
        basis[:, step] = vector
        following = product(vector)
        diagonal[:, step] = _inner(following, vector)
        following = following - diagonal[:, step, None] * vector
        if step:
            following -= beside[:, step - 1, None] * basis[:, step - 1]
        # Only rounding is left along what is known. Where that is much of it, once more takes
        # away the rest ("twice is enough", Parlett 1980).
        known, before = basis[:, : step + 1], _inner(following, following)
        following = _apart(following, known)
        after = _inner(following, following)
        if (after < MOSTLY_NEW * before).any():
            following = _apart(following, known)
            after = _inner(following, following)
        length = np.sqrt(after)
        ended = length <= 1e-10 * np.maximum(diagonal[:, : step + 1].max(axis=1), 1e-300)
        beside[:, step] = length
        last = step + 1 == most or bool(ended.all())
        if not last:
            if ended.any():
                beside[ended, step] = 0.0
                following[ended], length[ended] = 0.0, 1.0
            vector = following / length[:, None]
            if step + 1 < n_axes or (step + 1) % LOOK_EVERY:
                continue
        tridiagonal = np.zeros((n_matrices, step + 1, step + 1))
        inner = np.arange(step + 1)
        tridiagonal[:, inner, inner] = diagonal[:, : step + 1]
        tridiagonal[:, inner[:-1], inner[1:]] = beside[:, :step]
        tridiagonal[:, inner[1:], inner[:-1]] = beside[:, :step]
        values, mixes = np.linalg.eigh(tridiagonal)
        values, mixes = values[:, ::-1][:, :n_axes], mixes[:, :, ::-1][:, :, :n_axes]
        residual = np.abs(beside[:, step, None] * mixes[:, -1]).max(axis=1)
        if last or bool((residual <= tolerance * values[:, 0]).all()):
            break
    return values, np.matmul(mixes.transpose(0, 2, 1), basis[:, : step + 1])


def _apart(vectors: Floats, known: Floats) -> Floats:
    """What is left of each vector once its parts along the known ones are taken away."""
    mix = np.matmul(known, vectors[:, :, None])
    return np.asarray(vectors - np.matmul(mix.transpose(0, 2, 1), known)[:, 0])


def _inner(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.vecdot(one, other))
