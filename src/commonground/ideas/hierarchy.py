"""Ideas within ideas: statements joined step by step by the neighbours that they share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from commonground.ideas.nearness import Nearness, Table

MOST = 3000
"""Statements whose nearness to each other is held at once: 36 MB for 3,000, by the square."""
_NEIGHBOURS = 25
_FEWEST_NEIGHBOURS = 5
_STATEMENTS_A_NEIGHBOUR = 10
"""Among few statements 25 neighbours are a third of all, and lie in many ideas: a tenth serves."""
_WORDS_WEIGH = 0.6
"""Weight of shared words beside meaning: more than for the nearest alone, as ideas have names."""
_SHARED_WEIGH = 0.9
"""Weight of shared neighbours beside nearness itself."""


def joined(table: Table, rows: Sequence[int], least: float) -> list[list[int]]:
    """Groups among `rows` whose members are as near as `least` on average; largest first.

    Average linkage (Sokal and Michener 1958) on how much the nearest neighbours of two statements
    (a tenth of all, from 5 to 25) overlap (after Jarvis and Patrick 1973): statements on one idea
    in other words lie near the same others, though not always near each other. A lower `least`
    joins groups that a higher one keeps apart, and never divides one. A row that joins no other is
    in no group.
    At most `MOST` rows.
    """
    if len(rows) < 2:
        return []
    tree = linkage(_apart(table.nearness(list(rows), list(rows), _WORDS_WEIGH)), "average")
    labels = fcluster(tree, 1.0 - least, "distance")
    groups: dict[int, list[int]] = {}
    for row, label in zip(rows, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(row)
    return sorted(
        (group for group in groups.values() if len(group) > 1),
        key=lambda group: (-len(group), group),
    )


def _apart(nearness: Nearness) -> npt.NDArray[np.float64]:
    """One less the mixture of nearness and shared neighbours, as the upper triangle in one row."""
    total = len(nearness)
    others = nearness.copy()
    np.fill_diagonal(others, -np.inf)
    tenth = total // _STATEMENTS_A_NEIGHBOUR
    count = min(max(_FEWEST_NEIGHBOURS, min(tenth, _NEIGHBOURS)), total - 1)
    nearest = np.argsort(-others, axis=1, kind="stable")[:, :count]
    own = np.repeat(np.arange(total), count)
    weights = np.maximum(np.take_along_axis(others, nearest, axis=1).ravel(), 0.0)
    ties = sparse.csr_array((weights, (own, nearest.ravel())), shape=(total, total))
    ties = ties.maximum(ties.T) + sparse.eye_array(total, dtype=np.float32)
    lengths = np.sqrt(np.asarray(ties.multiply(ties).sum(axis=1)).ravel())
    unit = sparse.csr_array(sparse.diags_array(1.0 / lengths) @ ties)
    shared = (unit @ unit.T).toarray()
    mixed = _SHARED_WEIGH * shared + (1.0 - _SHARED_WEIGH) * np.asarray(nearness, dtype=np.float64)
    apart = 1.0 - (mixed + mixed.T) / 2.0
    np.fill_diagonal(apart, 0.0)
    return np.maximum(squareform(apart, checks=False), 0.0)
