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
from commonground.opinion_groups.side_by_side import padded, unpadded
from commonground.opinion_groups.stances import (
    Matrix,
    StanceCounts,
    deviations,
    stances_of_each,
    strongest_axes,
    strongest_axes_of_each,
)

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Bounds = npt.NDArray[np.int64]

SAMPLE = 20_000
FULL_WEIGHT_AT = 20
ITERATIONS = 10
TOLERANCE = 0.05
"""Of the axes, which only serve to find a start."""


def starting_points(
    blocks: Engine, counts: StanceCounts, numbers: Sequence[int], bounds: Bounds | None = None
) -> tuple[Floats, ...]:
    """For each number of groups, stances counted by group: n_groups × 2 n_statements.

    `bounds`: for samples side by side, as `fit_each` has it.
    """
    added = deviations(counts)
    n_axes = _n_axes(max(numbers))
    if bounds is None:
        axes, _ = strongest_axes(blocks, added, n_axes=n_axes, tolerance=TOLERANCE)
    else:
        axes = strongest_axes_of_each(blocks, added, n_axes, len(bounds) - 1, tolerance=TOLERANCE)
    projection = added[:, None] * np.repeat(axes.T, 2, axis=0)
    every = max(1, -(-sum(blocks.gathered(_n_rows)) // SAMPLE)) if bounds is None else 1
    parts = blocks.gathered(_some_places, projection, every)
    places = np.concatenate([places for places, _ in parts], axis=1)
    heft = np.concatenate([heft for _, heft in parts])
    if bounds is None:
        (centres,) = _centres(places[None], heft[None], numbers)
        (sums,) = blocks.sums(_assigned_sums, projection, centres, tuple(numbers))
    else:
        table = padded(places, bounds)
        labels = _nearest(table, _centres(table, padded(heft, bounds), numbers), numbers)
        (sums,) = blocks.sums(_sums_by, _members(unpadded(labels, bounds), numbers))
    return tuple(np.split(sums, np.cumsum(numbers)[:-1]))


def _n_axes(n_groups: int) -> int:
    return max(2, n_groups - 1)


def _centres(places: Floats, heft: Floats, numbers: Sequence[int]) -> Floats:
    """n_samples × numbers × most groups × n_axes: k-means on places, n_samples × n_axes × n_people.

    Each number of groups looks at the first axes only, as many as `_n_axes` says.
    """
    n_samples, n_axes, n_people = places.shape
    most = max(numbers)
    looked_at = (np.arange(n_axes) < np.array([[_n_axes(number)] for number in numbers])) * 1.0
    squares = np.matmul(looked_at, places**2)
    weighted = heft[:, None] * squares
    sample = np.arange(n_samples)[:, None]
    nearest = np.full(squares.shape, np.inf)
    found = np.zeros((n_samples, len(numbers), most, n_axes))
    for group in range(most):
        chosen = places[sample, :, weighted.argmax(axis=2)] * looked_at
        found[:, :, group] = chosen
        if group + 1 < most:
            away = squares - 2 * np.matmul(chosen, places)
            away += (chosen**2).sum(axis=2, keepdims=True)
            np.minimum(nearest, np.maximum(away, 0), out=nearest)
            weighted = heft[:, None] * nearest
    heavy = np.concatenate([places * heft[:, None], heft[:, None]], axis=1).transpose(0, 2, 1)
    before = np.full((n_samples, len(numbers), n_people), -1)
    for _ in range(ITERATIONS):
        labels = _nearest(places, found, numbers)
        if np.array_equal(labels, before):
            break
        before = labels
        member = (labels[:, :, None] == np.arange(most)[:, None]).astype(float)
        sums = np.matmul(member.reshape(n_samples, -1, n_people), heavy)
        sums = sums.reshape(*found.shape[:3], n_axes + 1)
        weight = sums[..., -1:]
        means = sums[..., :-1] * looked_at[:, None] / np.maximum(weight, 1e-300)
        found = np.where(weight > 0, means, found)
    return found


def _nearest(places: Floats, centres: Floats, numbers: Sequence[int]) -> Labels:
    """n_samples × numbers × n_people: the centre nearest to each place; the first of several."""
    n_samples, n_numbers, most, n_axes = centres.shape
    squares = (centres**2).sum(axis=3)
    squares[:, np.arange(most) >= np.array(numbers)[:, None]] = np.inf
    products = np.matmul(centres.reshape(n_samples, -1, n_axes), places)
    distances = products.reshape(n_samples, n_numbers, most, -1)
    distances *= -2
    distances += squares[..., None]
    labels = np.zeros((n_samples, n_numbers, places.shape[2]), dtype=np.int64)
    least = distances[:, :, 0].copy()
    for centre in range(1, most):
        np.copyto(labels, centre, where=distances[:, :, centre] < least)
        np.minimum(least, distances[:, :, centre], out=least)
    return labels


def _members(labels: Labels, numbers: Sequence[int]) -> Floats:
    """Groups of all numbers × n_people: 1 where somebody belongs; labels: numbers × n_people."""
    return np.concatenate(
        [of == np.arange(number)[:, None] for of, number in zip(labels, numbers, strict=True)]
    ).astype(float)


def _placed(block: Matrix, projection: Floats) -> tuple[Floats, Floats]:
    """n_axes × n_people, and how many stances each person took."""
    answered = stances_of_each(block).astype(float)
    places = np.ascontiguousarray((block @ projection).T)
    places /= np.sqrt(np.maximum(answered, 1))
    return places, answered


def _some_places(block: Matrix, projection: Floats, every: int) -> tuple[Floats, Floats]:
    places, answered = _placed(block[::every] if every > 1 else block, projection)
    return places, np.minimum(answered, FULL_WEIGHT_AT)


def _assigned_sums(
    block: Matrix, projection: Floats, centres: Floats, numbers: tuple[int, ...]
) -> Arrays:
    places, _ = _placed(block, projection)
    labels = _nearest(places[None], centres[None], numbers)[0]
    return _sums_by(block, _members(labels, numbers))


def _sums_by(block: Matrix, members: Floats) -> Arrays:
    return ((block.T @ members.T).T,)


def _n_rows(block: Matrix) -> int:
    return int(block.shape[0])
