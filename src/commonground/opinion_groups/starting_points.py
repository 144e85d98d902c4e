"""Where the model starts: people clustered along the axes on which they differ most.

No chance is involved. The first centre is the person farthest from the middle, each further one
the person farthest from the centres so far, then Lloyd's k-means. Somebody with few answers moves
a centre less. At most `SAMPLE` people, evenly spaced, take part in choosing the centres.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.blocks import Arrays, Engine
from commonground.opinion_groups.stances import (
    Matrix,
    StanceCounts,
    deviations,
    stances_of_each,
    strongest_axes,
)

Floats = npt.NDArray[np.float64]

SAMPLE = 20_000
FULL_WEIGHT_AT = 20
ITERATIONS = 30


class StartingPoints:
    """The axes, found once, and a start for any number of groups."""

    def __init__(self, blocks: Engine, counts: StanceCounts, most_groups: int) -> None:
        self._blocks = blocks
        added = deviations(counts)
        axes, _ = strongest_axes(blocks, added, n_axes=max(2, most_groups - 1), tolerance=1e-3)
        self._projection = added[:, None] * np.repeat(axes.T, 2, axis=0)
        sizes = [int(rows) for rows in blocks.gathered(_n_rows)]
        every = max(1, -(-sum(sizes) // SAMPLE))
        parts = blocks.gathered(_places, self._projection, every)
        self._places = np.concatenate([places for places, _ in parts])
        self._heft = np.concatenate([heft for _, heft in parts])

    def group_sums(self, n_groups: int) -> Floats:
        """Stances counted by group at the start: 2 n_statements × n_groups."""
        n_axes = max(2, n_groups - 1)
        centres = _centres(self._places[:, :n_axes], self._heft, n_groups)
        (sums,) = self._blocks.sums(_assigned_sums, self._projection[:, :n_axes], centres)
        return np.asarray(sums)


def _centres(places: Floats, heft: Floats, n_groups: int) -> Floats:
    centres = [places[np.argmax(heft * (places**2).sum(axis=1))]]
    nearest = np.full(len(places), np.inf)
    for _ in range(n_groups - 1):
        nearest = np.minimum(nearest, ((places - centres[-1]) ** 2).sum(axis=1))
        centres.append(places[np.argmax(heft * nearest)])
    found = np.array(centres)
    for _ in range(ITERATIONS):
        labels = _nearest(places, found)
        weight = np.bincount(labels, weights=heft, minlength=n_groups)
        before = found.copy()
        for axis in range(places.shape[1]):
            total = np.bincount(labels, weights=heft * places[:, axis], minlength=n_groups)
            found[:, axis] = np.where(
                weight > 0, total / np.maximum(weight, 1e-300), before[:, axis]
            )
        if np.abs(found - before).max() < 1e-6:
            break
    return found


def _nearest(places: Floats, centres: Floats) -> npt.NDArray[np.int64]:
    distances = (centres**2).sum(axis=1) - 2 * places @ centres.T
    return np.asarray(distances.argmin(axis=1))


def _placed(block: Matrix, projection: Floats) -> tuple[Floats, Floats]:
    answered = stances_of_each(block).astype(float)
    return (block @ projection) / np.sqrt(np.maximum(answered, 1))[:, None], answered


def _places(block: Matrix, projection: Floats, every: int) -> tuple[Floats, Floats]:
    places, answered = _placed(block[::every] if every > 1 else block, projection)
    return places, np.minimum(answered, FULL_WEIGHT_AT)


def _assigned_sums(block: Matrix, projection: Floats, centres: Floats) -> Arrays:
    labels = _nearest(_placed(block, projection)[0], centres)
    n_people, n_groups = len(labels), len(centres)
    assigned = sparse.csr_array(
        (np.ones(n_people), labels, np.arange(n_people + 1)), shape=(n_people, n_groups)
    )
    return (block.T @ assigned.toarray(),)


def _n_rows(block: Matrix) -> int:
    return int(block.shape[0])
