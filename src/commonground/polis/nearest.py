"""The nearest of some moving centres for every point in the plane, as k-means asks again and again.

Both ways give the labels of a full search; they differ in what they need not look at again.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

VERY_FEW, FEW = 50_000, 500_000
"""Distances up to which a full search is quickest, and up to which following moves is."""
MANY_MOVED = 1 / 4
"""When more than this share of the centres moved, a full search is quicker too."""
AT_ONCE = 50_000
"""Distances that are looked at together where there are many: so many stay near the processor."""
ROUNDING = 1e-12
"""Differences of squared distances that may be rounding alone, as a share of the largest."""


class Nearest(Protocol):
    """The nearest centre of every point, kept up to date."""

    labels: Labels
    """For each point: its nearest centre, the first of several. Never changed in place."""

    def update(self, centres: Floats, steps: Floats) -> None:
        """Take in that each centre (2 × n_centres) moved by its step."""
        ...


def nearest_of(points: Floats, centres: Floats) -> Nearest:
    """The quicker way for so many points (n × 2) and centres (2 × n_centres)."""
    few = len(points) * centres.shape[1] <= FEW
    return ByMoves(points, centres) if few else ByBounds(points, centres)


class ByMoves:
    """Looks again only where the own centre moved, or one that moved came as near as the own."""

    def __init__(self, points: Floats, centres: Floats) -> None:
        self._halves = halves(points)
        self._of_points = np.ascontiguousarray(self._halves.T)
        self._rounding = ROUNDING * float(np.square(points).sum(axis=1).max(initial=0.0))
        # Written again and again: fresh memory would take as long as the distances themselves.
        self._lines = np.empty((3, centres.shape[1]))
        self._further = np.empty((len(points), centres.shape[1]))
        self.labels = self._search(self._of_points, lines(centres, self._lines))

    def update(self, centres: Floats, steps: Floats) -> None:
        """See `Nearest.update`."""
        by, moved = lines(centres, self._lines), steps.nonzero()[0]
        many = len(moved) > MANY_MOVED * len(steps)
        if many or self._further.size <= VERY_FEW:
            self.labels = self._search(self._of_points, by)
            return
        own = (self._halves * by.take(self.labels, axis=1)).sum(axis=0)
        nearest_moved = (by.take(moved, axis=1).T @ self._halves).min(axis=0, initial=np.inf)
        own_moved = (steps > 0).take(self.labels)
        which = np.flatnonzero(own_moved | (nearest_moved <= own + self._rounding))
        self.labels = self.labels.copy()
        self.labels[which] = self._search(self._of_points.take(which, axis=0), by)

    def _search(self, of_points: Floats, by: Floats) -> Labels:
        further = np.matmul(of_points, by, out=self._further[: len(of_points)])
        return np.asarray(further.argmin(axis=1))


class ByBounds:
    """Keeps bounds of the distances to the nearest centre and to the next (Hamerly 2010).

    A point whose distance to its own centre is surely below its distance to any other need not be
    looked at again.
    """

    def __init__(self, points: Floats, centres: Floats) -> None:
        self._points, self._halves = points, halves(points)
        self.labels = np.zeros(len(points), dtype=np.int64)
        self._own, self._other = np.zeros(len(points)), np.full(len(points), np.inf)
        self._look_at(np.arange(len(points)), centres)

    def update(self, centres: Floats, steps: Floats) -> None:
        """See `Nearest.update`."""
        self._own += steps.take(self.labels)
        self._other -= steps.max()
        doubtful = np.flatnonzero(self._own >= self._other)
        self.labels = self.labels.copy()
        self._own[doubtful] = self._away(doubtful, centres, self.labels[doubtful])
        self._look_at(doubtful[self._own[doubtful] >= self._other[doubtful]], centres)

    def _look_at(self, which: Labels, centres: Floats) -> None:
        if centres.shape[1] == 1:
            return
        by = lines(centres, np.empty((3, centres.shape[1])))
        at_once = _at_once(len(which), centres.shape[1])
        for start in range(0, len(which), at_once):
            some = which[start : start + at_once]
            further = self._halves.take(some, axis=1).T @ by
            first = further.argmin(axis=1)
            further[np.arange(len(some)), first] = np.inf
            self.labels[some] = first
            self._own[some] = self._away(some, centres, first)
            self._other[some] = self._away(some, centres, further.argmin(axis=1))

    def _away(self, which: Labels, centres: Floats, labels: Labels) -> Floats:
        """How far each of those points is from the centre of its label."""
        apart = self._points.take(which, axis=0).T - centres.take(labels, axis=1)
        return np.asarray(np.hypot(apart[0], apart[1]))


def halves(points: Floats) -> Floats:
    """(-x, -y, 1/2) of each point, as columns.

    Times `lines` it gives half the squared distance, less a number of the point's own: enough to
    tell which centre is nearest, in one product of matrices.
    """
    return np.stack([-points[:, 0], -points[:, 1], np.full(len(points), 0.5)])


def lines(centres: Floats, into: Floats) -> Floats:
    """(x, y, x² + y²) of each centre (2 × n_centres), as columns."""
    into[:2] = centres
    x, y = centres
    np.add(x * x, y * y, out=into[2])
    return into


def _at_once(n_points: int, n_centres: int) -> int:
    """How many points are looked at together, so that the parts are even."""
    n_parts = max(1, -(-n_points * n_centres // AT_ONCE))
    return max(1, -(-n_points // n_parts))
