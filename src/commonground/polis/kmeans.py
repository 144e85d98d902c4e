"""Lloyd's k-means on points in the plane, started from the first distinct points as Polis does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

SMALL = 50_000
"""Distances up to which all of them are worked out each time: quicker than keeping bounds."""
FEW = 500_000
"""Distances up to which all of the doubtful points are worked out: quicker than a search tree."""
MOVED = 0.01
"""Centres that all move less than this have settled."""


@dataclass(frozen=True)
class Clusters:
    """Points put together; no cluster is empty."""

    labels: Labels
    """For each point: its cluster."""
    centres: Floats
    """n_clusters × 2."""


def kmeans(points: Floats, weights: Floats, k: int, max_iterations: int) -> Clusters:
    """Cluster `points` (n × 2) into at most `k`; fewer when there are fewer distinct points."""
    centres = _first_distinct(points, k)
    nearest = _Nearest(points, centres)
    heavy = (weights * points.T).copy()
    for _ in range(max_iterations):
        size = np.bincount(nearest.labels, weights=weights, minlength=len(centres))
        held = size > 0
        moved = centres.copy()
        for axis in (0, 1):
            total = np.bincount(nearest.labels, weights=heavy[axis], minlength=len(centres))
            moved[held, axis] = total[held] / size[held]
        steps = np.hypot(*(moved - centres).T)
        centres = moved
        nearest.update(centres, steps)
        if steps.max() < MOVED:
            break
    used, labels = np.unique(nearest.labels, return_inverse=True)
    return Clusters(labels=labels, centres=centres[used])


class _Nearest:
    """The nearest centre of every point, kept up to date with bounds (Hamerly 2010).

    A point whose distance to its own centre is surely below its distance to any other need not be
    looked at again. The labels are those of a full search.
    """

    def __init__(self, points: Floats, centres: Floats) -> None:
        self.points = points
        self.labels = np.zeros(len(points), dtype=np.int64)
        self._small = len(points) * len(centres) <= SMALL
        self._own = np.zeros(len(points))
        self._other = np.full(len(points), np.inf)
        if self._small:
            self._compare_all(centres)
        else:
            self._search(np.arange(len(points)), centres)

    def update(self, centres: Floats, steps: Floats) -> None:
        """Take in that each centre moved by its step."""
        if self._small:
            self._compare_all(centres)
            return
        self._own += steps[self.labels]
        self._other -= steps.max()
        doubtful = np.flatnonzero(self._own >= self._other)
        difference = self.points[doubtful] - centres[self.labels[doubtful]]
        self._own[doubtful] = np.hypot(*difference.T)
        doubtful = doubtful[self._own[doubtful] >= self._other[doubtful]]
        self._search(doubtful, centres)

    def _compare_all(self, centres: Floats) -> None:
        squares = (centres**2).sum(axis=1) / 2
        self.labels = np.asarray((squares - self.points @ centres.T).argmin(axis=1))

    def _search(self, which: Labels, centres: Floats) -> None:
        if len(centres) == 1 or not len(which):
            return
        points = self.points[which]
        if len(which) * len(centres) > FEW:
            result = cKDTree(centres).query(points, k=2)
            distances, found = np.asarray(result[0]), np.asarray(result[1])
            self.labels[which] = found[:, 0]
            self._own[which], self._other[which] = distances.T
            return
        further = (centres**2).sum(axis=1) / 2 - points @ centres.T
        first = further.argmin(axis=1)
        further[np.arange(len(which)), first] = np.inf
        self.labels[which] = first
        self._own[which] = np.hypot(*(points - centres[first]).T)
        self._other[which] = np.hypot(*(points - centres[further.argmin(axis=1)]).T)


def _first_distinct(points: Floats, k: int) -> Floats:
    seen: dict[tuple[float, float], None] = {}
    for start in range(0, len(points), 4 * k):
        for x, y in points[start : start + 4 * k].tolist():
            seen[(x, y)] = None
        if len(seen) >= k:
            break
    return np.array(list(seen)[:k], dtype=float).reshape(-1, 2)
