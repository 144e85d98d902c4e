"""Exactly which counts are possible where the facts about people nest or keep apart.

Each fact bounds how many of a set of people agree and how many disagree. Where of any two sets one
holds the other or they have nobody in common, the sets form a tree whose leaves are the blocks of
people who cannot be told apart.

Of every part of the tree, the possible pairs (a, d) of people who agree and disagree are all whole
points within bounds on a, on d and on a + d: of a block of s people 0 <= a, 0 <= d, a + d <= s.
Such sets are generalized polymatroids. Sums of them are the whole points within the sums of their
tightest bounds, and more bounds of these three kinds leave them of this kind (Frank and Tardos,
1988). So one walk up the tree tells whether all facts can be true, and one walk down what is
possible for each block, without a linear programme.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Lowest and highest of a, of d and of a + d: rows of 6, or of shape (6, blocks).
_A_LOW, _A_HIGH, _D_LOW, _D_HIGH, _T_LOW, _T_HIGH = range(6)
_MIRRORED = [_A_HIGH, _A_LOW, _D_HIGH, _D_LOW, _T_HIGH, _T_LOW]


@dataclass(frozen=True, slots=True)
class Possible:
    """The lowest and highest number of each block who may agree, and disagree; shape (blocks,)."""

    agree_low: Floats
    agree_high: Floats
    disagree_low: Floats
    disagree_high: Floats


def are_nested(sets: Floats) -> bool:
    """Whether of any two sets (rows of 0 and 1) one holds the other or they have none in common."""
    shared = sets @ sets.T
    sizes = np.diag(shared)
    return bool(np.all((shared == 0) | (shared == sizes[:, None]) | (shared == sizes[None, :])))


def possible(sizes: Floats, sets: Floats, agree: Floats, disagree: Floats) -> Possible | None:
    """What is possible for each block; None where the facts cannot all be true.

    `sizes`: people of each block, shape (blocks,). `sets`: nested rows of 0 and 1, shape (facts,
    blocks). `agree`, `disagree`: the lowest and highest count of each fact, shape (facts, 2).
    """
    order = np.argsort(sets.sum(axis=1), kind="stable")
    sets, agree, disagree = sets[order], agree[order], disagree[order]
    count = len(sets)
    # The smallest set around each block, and around each set; `count` stands for "none".
    around_block = np.where(sets.any(axis=0), sets.argmax(axis=0), count).astype(np.int64)
    above = [_next_around(sets, at) for at in range(count)]
    everybody = sets @ sizes
    facts = np.column_stack([agree, disagree, np.zeros(count), everybody])
    leaves = np.zeros((6, len(sizes)))
    leaves[[_A_HIGH, _D_HIGH, _T_HIGH]] = sizes

    summed = np.zeros((count + 1, 6))
    for bound in range(6):
        summed[:, bound] = np.bincount(around_block, leaves[bound], minlength=count + 1)
    parts = np.zeros((count, 6))
    for at in range(count):
        inside = _meet(summed[at].tolist(), facts[at].tolist())
        if inside is None:
            return None
        parts[at] = inside
        summed[above[at]] += parts[at]

    # What the rest of the tree leaves to each set, and then to each block in it.
    allowed = np.zeros((count + 1, 6))
    allowed[count] = summed[count]
    for at in reversed(range(count)):
        rest = summed[above[at]] - parts[at]
        left = _meet(parts[at].tolist(), (allowed[above[at]] - rest[_MIRRORED]).tolist())
        if left is None:
            return None
        allowed[at] = left
    rest = summed[around_block].T - leaves
    outside = allowed[around_block].T - rest[_MIRRORED]
    low, high = np.maximum(leaves[0::2], outside[0::2]), np.minimum(leaves[1::2], outside[1::2])
    return Possible(
        agree_low=np.maximum(low[0], low[2] - high[1]),
        agree_high=np.minimum(high[0], high[2] - low[1]),
        disagree_low=np.maximum(low[1], low[2] - high[0]),
        disagree_high=np.minimum(high[1], high[2] - low[0]),
    )


def _next_around(sets: Floats, at: int) -> int:
    """The smallest set that holds this one; of equal sets, the one that comes after it."""
    member = int(sets[at].argmax())
    larger = np.flatnonzero(sets[at + 1 :, member])
    return at + 1 + int(larger[0]) if len(larger) else len(sets)


def _meet(one: list[float], other: list[float]) -> list[float] | None:
    """Both bounds together, as tight as they are; None where no point is within both."""
    a_low, a_high = max(one[0], other[0]), min(one[1], other[1])
    d_low, d_high = max(one[2], other[2]), min(one[3], other[3])
    t_low, t_high = max(one[4], other[4], a_low + d_low), min(one[5], other[5], a_high + d_high)
    if a_low > a_high or d_low > d_high or t_low > t_high:
        return None
    return [
        max(a_low, t_low - d_high),
        min(a_high, t_high - d_low),
        max(d_low, t_low - a_high),
        min(d_high, t_high - a_low),
        t_low,
        t_high,
    ]
