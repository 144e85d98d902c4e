"""Lloyd's k-means on points in the plane, started from the first distinct points as Polis does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

SMALL = 500_000
"""Distances up to which all of them are worked out each time: quicker than keeping bounds."""
MANY = 8
"""When one centre in so many has moved, all distances are worked out: quicker than some columns."""
AT_ONCE = 2_000
"""Points that are looked at together: their distances to a hundred centres stay near."""
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
    heavy = np.ascontiguousarray((points * weights[:, None]).T)
    for _ in range(max_iterations):
        size = np.bincount(nearest.labels, weights=weights, minlength=len(centres))
        moved = centres.copy()
        for axis in (0, 1):
            total = np.bincount(nearest.labels, weights=heavy[axis], minlength=len(centres))
            np.divide(total, size, out=moved[:, axis], where=size > 0)
        away = moved - centres
        steps = np.hypot(away[:, 0], away[:, 1])
        centres, before = moved, nearest.labels
        nearest.update(centres, steps)
        # Where no label changed, the next centres would be these again.
        if steps.max() < MOVED or np.array_equal(nearest.labels, before):
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
    missing = (np.arange(most) >= np.array(numbers)[:, None]).ravel()
    centres = np.tile(first, (n_numbers, 1))
    with_one = np.column_stack([points, np.ones(len(points))])
    every = [np.repeat(of, n_numbers) for of in (weights, *(points * weights[:, None]).T)]
    offset, lines = most * np.arange(n_numbers), np.empty((3, len(centres)))

    def nearest() -> Labels:
        """n_points × numbers: the nearest centre, numbered over all numbers of clusters."""
        _lines(centres, lines)[2, missing] = np.inf
        further = (with_one @ lines).reshape(-1, n_numbers, most)
        return np.asarray(further.argmin(axis=2) + offset)

    labels, going = nearest(), np.ones(n_numbers, dtype=bool)
    for _ in range(max_iterations):
        size, *totals = (
            np.bincount(labels.ravel(), weights=of, minlength=len(centres)) for of in every
        )
        moving = (size > 0) & np.repeat(going, most)
        away = np.zeros_like(centres)
        for axis, total in enumerate(totals):
            np.divide(total, size, out=away[:, axis], where=moving)
            np.subtract(away[:, axis], centres[:, axis], out=away[:, axis], where=moving)
        centres += away
        before, labels = labels, nearest()
        far = np.hypot(away[:, 0], away[:, 1]).reshape(n_numbers, most).max(axis=1) >= MOVED
        going &= far & (labels != before).any(axis=0)
        if not going.any():
            break
    by_number = (labels - offset).T
    return [
        _without_empty(own, of)
        for own, of in zip(by_number, centres.reshape(n_numbers, most, 2), strict=True)
    ]


def _without_empty(labels: Labels, centres: Floats) -> Clusters:
    used = np.bincount(labels, minlength=len(centres)) > 0
    return Clusters(labels=(np.cumsum(used) - 1)[labels], centres=centres[used])


class _Nearest:
    """The nearest centre of every point, kept up to date with bounds (Hamerly 2010).

    A point whose distance to its own centre is surely below its distance to any other need not be
    looked at again. The labels are those of a full search.
    """

    def __init__(self, points: Floats, centres: Floats) -> None:
        self.points = points
        self.labels = np.zeros(len(points), dtype=np.int64)
        self._with_one = np.column_stack([points, np.ones(len(points))])
        self._small = len(points) * len(centres) <= SMALL
        self._lines = np.empty((3, len(centres)))
        self._further = np.empty((len(points) if self._small else 0, len(centres)))
        self._own = np.zeros(len(points))
        self._other = np.full(len(points), np.inf)
        if self._small:
            self._search_all(centres)
        else:
            self._search(np.arange(len(points)), centres)

    def update(self, centres: Floats, steps: Floats) -> None:
        """Take in that each centre moved by its step."""
        if self._small:
            self._search_all(centres, steps > 0)
            return
        self._own += steps[self.labels]
        self._other -= steps.max()
        doubtful = np.flatnonzero(self._own >= self._other)
        self.labels = self.labels.copy()
        difference = self.points[doubtful] - centres[self.labels[doubtful]]
        self._own[doubtful] = np.hypot(*difference.T)
        doubtful = doubtful[self._own[doubtful] >= self._other[doubtful]]
        self._search(doubtful, centres)

    def _search_all(self, centres: Floats, moved: npt.NDArray[np.bool_] | None = None) -> None:
        """Every point; distances to centres that have not moved are still known."""
        if moved is None or MANY * np.count_nonzero(moved) > len(centres):
            np.matmul(self._with_one, _lines(centres, self._lines), out=self._further)
        else:
            self._further[:, moved] = _further(self._with_one, centres[moved])
        self.labels = self._further.argmin(axis=1)

    def _search(self, which: Labels, centres: Floats) -> None:
        if len(centres) == 1:
            return
        for start in range(0, len(which), AT_ONCE):
            some = which[start : start + AT_ONCE]
            further = _further(self._with_one[some], centres)
            first = further.argmin(axis=1)
            further[np.arange(len(some)), first] = np.inf
            points, second = self.points[some], further.argmin(axis=1)
            self.labels[some] = first
            self._own[some] = np.hypot(*(points - centres[first]).T)
            self._other[some] = np.hypot(*(points - centres[second]).T)


def _further(with_one: Floats, centres: Floats) -> Floats:
    """For points (x, y, 1) and centres: half the squared distance, less a number of the point's."""
    return np.asarray(with_one @ _lines(centres, np.empty((3, len(centres)))))


def _lines(centres: Floats, into: Floats) -> Floats:
    """3 × n_centres, so that (x, y, 1) times it is what `_further` gives."""
    np.negative(centres.T, out=into[:2])
    x, y = centres[:, 0], centres[:, 1]
    np.divide(x * x + y * y, 2, out=into[2])
    return into


def _first_distinct(points: Floats, k: int) -> Floats:
    seen: dict[tuple[float, float], None] = {}
    for start in range(0, len(points), 4 * k):
        for x, y in points[start : start + 4 * k].tolist():
            seen[(x, y)] = None
        if len(seen) >= k:
            break
    return np.array(list(seen)[:k], dtype=float).reshape(-1, 2)
