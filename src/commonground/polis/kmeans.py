"""Lloyd's k-means on points in the plane, started from the first distinct points as Polis does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonground.polis.nearest import Floats, Labels, halves, lines, nearest_of

MOVED = 0.01
"""Centres that all move less than this have settled."""
FAR_AWAY = 1e150
"""Where a centre lies to which nothing is nearest; its square is still a number."""


@dataclass(frozen=True)
class Clusters:
    """Points put together; no cluster is empty."""

    labels: Labels
    """For each point: its cluster."""
    centres: Floats
    """n_clusters × 2."""


def kmeans(points: Floats, weights: Floats, k: int, max_iterations: int) -> Clusters:
    """Cluster `points` (n × 2) into at most `k`; fewer when there are fewer distinct points."""
    centres = np.ascontiguousarray(_first_distinct(points, k).T)
    nearest = nearest_of(points, centres)
    of_each = [weights, *(weights * points.T)]
    for _ in range(max_iterations):
        before = nearest.labels
        size, *totals = (
            np.bincount(before, weights=of, minlength=centres.shape[1]) for of in of_each
        )
        moved = np.divide(totals, size, out=centres.copy(), where=size > 0)
        steps, centres = np.hypot(*(moved - centres)), moved
        nearest.update(centres, steps)
        # Where no label changed, the next centres would be these again.
        if steps.max() < MOVED or not (nearest.labels != before).any():
            break
    return _without_empty(nearest.labels, centres)


def kmeans_of_each(
    points: Floats, weights: Floats, numbers: Sequence[int], max_iterations: int
) -> list[Clusters]:
    """The same for several numbers of clusters, which go on side by side.

    For few points: most of the time is not arithmetic but the calls around it.
    """
    first = _first_distinct(points, max(numbers))
    most, n_numbers = len(first), len(numbers)
    shape = (n_numbers, most)
    centres = np.tile(first.T[:, None], (1, n_numbers, 1))  # 2 × numbers × most
    centres[:, np.arange(most) >= np.array(numbers)[:, None]] = FAR_AWAY
    of_points, by = halves(points).T, np.empty((3, n_numbers * most))
    # Sizes and both totals of all are counted at once: bins for each, one after the other.
    bins = (np.arange(3)[:, None, None] * n_numbers + np.arange(n_numbers)) * most
    of_each = np.stack([weights, *(weights * points.T)])
    of_each = np.repeat(of_each, n_numbers, axis=1).ravel()

    def nearest() -> Labels:
        """n_points × numbers: the nearest centre."""
        further = of_points @ lines(centres.reshape(2, -1), by)
        return np.asarray(further.reshape(-1, *shape).argmin(axis=2))

    labels, going = nearest(), np.ones(n_numbers, dtype=bool)
    for _ in range(max_iterations):
        counted = np.bincount(
            (bins + labels).ravel(), weights=of_each, minlength=3 * n_numbers * most
        )
        counted = counted.reshape(3, *shape)
        size, totals = counted[0], counted[1:]
        moved = np.divide(totals, size, out=centres.copy(), where=(size > 0) & going[:, None])
        steps, centres = np.hypot(*(moved - centres)), moved
        before, labels = labels, nearest()
        going &= (steps.max(axis=1) >= MOVED) & (labels != before).any(axis=0)
        if not going.any():
            break
    return [_without_empty(labels[:, place], centres[:, place]) for place in range(n_numbers)]


def _without_empty(labels: Labels, centres: Floats) -> Clusters:
    used = np.bincount(labels, minlength=centres.shape[1]) > 0
    return Clusters(labels=(np.cumsum(used) - 1).take(labels), centres=centres.T[used])


def _first_distinct(points: Floats, k: int) -> Floats:
    seen: dict[tuple[float, float], None] = {}
    for start in range(0, len(points), 2 * k):
        seen.update(dict.fromkeys(map(tuple, points[start : start + 2 * k].tolist())))
        if len(seen) >= k:
            break
    return np.array(list(seen)[:k], dtype=float).reshape(-1, 2)
