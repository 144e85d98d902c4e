"""The strongest axes of a symmetric matrix that is only known by its products with vectors.

Lanczos iteration (1950) from a fixed start, every new direction made orthogonal to all before it.
It stops as soon as the wanted axes are as exact as asked for, which for a first look at a
conversation is after some twenty products.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import linalg

Floats = npt.NDArray[np.float64]

LOOK_EVERY = 5
MOST_STEPS = 120


def strongest_of(matrix: Floats, n_axes: int) -> tuple[Floats, Floats]:
    """At most `n_axes` eigenvalues of a symmetric matrix, largest first, and their vectors.

    The vectors are n_axes × size. Only these are worked out (MRRR, Dhillon & Parlett 2004).
    """
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
    start = np.random.default_rng(0).standard_normal(size)
    vector = start / np.linalg.norm(start)
    most = min(size, most_steps)
    basis = np.empty((most, size))  # pages that are never written take no memory
    diagonal, beside = np.empty(most), np.empty(most)
    for step in range(most):
        basis[step] = vector
        following = product(vector)
        diagonal[step] = following @ vector
        known = basis[: step + 1]
        for _ in range(2):  # once more takes away what rounding left (Parlett's "twice is enough")
            following = following - (known @ following) @ known
        length = math.sqrt(float(following @ following))
        beside[step] = length
        last = step + 1 == most or length <= 1e-10 * max(float(diagonal[: step + 1].max()), 1e-300)
        if not last:
            vector = following / length
            if step + 1 < n_axes or (step + 1) % LOOK_EVERY:
                continue
        tridiagonal = np.diag(diagonal[: step + 1])
        inner = np.arange(step)
        tridiagonal[inner, inner + 1] = tridiagonal[inner + 1, inner] = beside[:step]
        values, mixes = np.linalg.eigh(tridiagonal)
        values, mixes = values[::-1][:n_axes], mixes[:, ::-1][:, :n_axes]
        if last or np.abs(length * mixes[-1]).max() <= tolerance * values[0]:
            break
    return values, mixes.T @ basis[: step + 1]
