"""Where the model starts: people clustered along the axes on which they differ most.

No chance is involved. The first centre is the person farthest from the middle, each further one
the person farthest from the centres so far, then Lloyd's k-means. Somebody with few answers moves
a centre less. At most `SAMPLE` people, evenly spaced, take part in choosing the centres.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from commonground.blocks import Arrays, Engine
from commonground.opinion_groups.stances import (
    Matrix,
    StanceCounts,
    deviations,
    stances_of_each,
    strongest_axes,
)

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

SAMPLE = 20_000
FULL_WEIGHT_AT = 20
ITERATIONS = 10


def starting_points(
    blocks: Engine, counts: StanceCounts, numbers: Sequence[int]
) -> tuple[Floats, ...]:
    """For each number of groups, stances counted by group: n_groups × 2 n_statements."""
    added = deviations(counts)
    axes, _ = strongest_axes(blocks, added, n_axes=_n_axes(max(numbers)), tolerance=0.05)
    projection = added[:, None] * np.repeat(axes.T, 2, axis=0)
    every = max(1, -(-sum(blocks.gathered(_n_rows)) // SAMPLE))
    parts = blocks.gathered(_some_places, projection, every)
    places = np.concatenate([places for places, _ in parts], axis=1)
    heft = np.concatenate([heft for _, heft in parts])
    centres = tuple(_centres(places[: _n_axes(number)], heft, number) for number in numbers)
    (sums,) = blocks.sums(_assigned_sums, projection, centres)
    return tuple(np.split(sums, np.cumsum(numbers)[:-1]))


def _n_axes(n_groups: int) -> int:
    return max(2, n_groups - 1)


def _centres(places: Floats, heft: Floats, n_groups: int) -> Floats:
    """n_groups × n_axes: k-means on places (n_axes × n_people)."""
    chosen = [int(np.argmax(heft * (places**2).sum(axis=0)))]
    nearest = np.full(len(heft), np.inf)
    for _ in range(n_groups - 1):
        away = places - places[:, chosen[-1:]]
        nearest = np.minimum(nearest, (away**2).sum(axis=0))
        chosen.append(int(np.argmax(heft * nearest)))
    found = places[:, chosen].T
    heavy = (places * heft).T
    before = np.full(len(heft), -1)
    for _ in range(ITERATIONS):
        labels = _nearest(places, found)
        if np.array_equal(labels, before):
            break
        before = labels
        member = (labels == np.arange(n_groups)[:, None]).astype(float)
        weight = (member @ heft)[:, None]
        found = np.where(weight > 0, member @ heavy / np.maximum(weight, 1e-300), found)
    return found


def _nearest(places: Floats, centres: Floats) -> Labels:
    """For each place the centre nearest to it; the first of several."""
    distances = (centres**2).sum(axis=1, keepdims=True) - 2 * centres @ places
    labels, least = np.zeros(places.shape[1], dtype=np.int64), distances[0]
    for centre in range(1, len(centres)):
        nearer = distances[centre] < least
        labels[nearer] = centre
        least = np.minimum(least, distances[centre])
    return labels


def _placed(block: Matrix, projection: Floats) -> tuple[Floats, Floats]:
    """n_axes × n_people, and how many stances each person took."""
    answered = stances_of_each(block).astype(float)
    places = np.ascontiguousarray((block @ projection).T)
    places /= np.sqrt(np.maximum(answered, 1))
    return places, answered


def _some_places(block: Matrix, projection: Floats, every: int) -> tuple[Floats, Floats]:
    places, answered = _placed(block[::every] if every > 1 else block, projection)
    return places, np.minimum(answered, FULL_WEIGHT_AT)


def _assigned_sums(block: Matrix, projection: Floats, centres: tuple[Floats, ...]) -> Arrays:
    places, _ = _placed(block, projection)
    member = np.concatenate(
        [
            _nearest(places[: of_one.shape[1]], of_one) == np.arange(len(of_one))[:, None]
            for of_one in centres
        ]
    )
    return ((block.T @ member.T.astype(float)).T,)


def _n_rows(block: Matrix) -> int:
    return int(block.shape[0])
