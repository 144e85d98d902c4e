"""Where the model starts: people clustered along the axes on which they differ most.

No chance is involved. The first centre is the person farthest from the middle, each further one
the person farthest from the centres so far, then a few steps of Lloyd's k-means. Somebody with few
answers moves a centre less. The axes are the best in all that a few passes of a block of directions
have touched (block Lanczos, Golub & Underwood 1977): exact enough for a start.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from commonground.opinion_groups.samples import Samples, Singles

FULL_WEIGHT_AT = 20
ITERATIONS = 3
PASSES = 4


def starting_points(samples: Samples, numbers: Sequence[int]) -> list[Singles]:
    """For each number of groups who starts where: n_samples × n_groups × n_people.

    1 in one group; somebody as near to several centres is shared between them.
    """
    places = _places(samples, _n_axes(max(numbers)))
    places /= np.sqrt(np.maximum(samples.answered, 1))
    heft = np.minimum(samples.answered, FULL_WEIGHT_AT) * samples.weights
    looked_at = np.array(
        [np.arange(places.shape[1]) < _n_axes(number) for number in numbers], dtype=np.float32
    )
    centres = _farthest(places, heft, numbers, looked_at)
    return _clustered(places, heft, centres, np.repeat(looked_at, numbers, axis=0), numbers)


def _n_axes(n_groups: int) -> int:
    return max(2, n_groups - 1)


def _places(samples: Samples, n_axes: int) -> Singles:
    """n_samples × n_axes × n_people: deviations from the means along the strongest axes."""
    n_samples, half = samples.n_samples, samples.n_statements
    disagree, agree = samples.counts[:, :half], samples.counts[:, half:]
    means = (agree - disagree) / np.maximum(agree + disagree, 1)
    added = np.stack([-1 - means, 1 - means], axis=1)[:, None]

    def along(axes: Singles) -> Singles:
        table = (added * axes[:, :, None]).reshape(-1, 2 * half)
        found = samples.by_person(table).reshape(n_samples, axes.shape[1], -1)
        found *= samples.weights[:, None]
        return found

    size = min(n_axes, half)
    start = np.random.default_rng(0).standard_normal((size, half)).astype(np.float32)
    directions = np.broadcast_to(start, (n_samples, size, half))
    known: list[Singles] = []
    for _ in range(PASSES):
        found = along(directions).reshape(n_samples * size, -1)
        products = samples.by_statement(found).reshape(n_samples, size, 2, half)
        known.append(_orthonormal((products * added).sum(axis=2)))
        directions = known[-1]
    found = along(_orthonormal(np.concatenate(known, axis=1)))
    _, turn = np.linalg.eigh(np.matmul(found, found.transpose(0, 2, 1)))
    return np.asarray(np.matmul(turn[..., ::-1][..., :n_axes].transpose(0, 2, 1), found))


def _orthonormal(rows: Singles) -> Singles:
    return np.asarray(np.linalg.qr(rows.transpose(0, 2, 1))[0].transpose(0, 2, 1))


def _farthest(
    places: Singles, heft: Singles, numbers: Sequence[int], looked_at: Singles
) -> Singles:
    """n_samples × all groups × n_axes: people who are far from the middle and from each other.

    Each number of groups looks at the first axes only: `looked_at`, numbers × n_axes.
    """
    sample = np.arange(len(places))[:, None]
    squares = np.matmul(looked_at, places**2)
    nearest = np.full(squares.shape, np.inf, dtype=np.float32)
    away = squares
    chosen: list[Singles] = []
    for _ in range(max(numbers)):
        farthest = (heft[:, None] * away).argmax(axis=2)
        centre = places[sample, :, farthest] * looked_at
        chosen.append(centre)
        distances = squares - 2 * np.matmul(centre, places)
        distances += (centre**2).sum(axis=2, keepdims=True)
        away = np.maximum(np.minimum(nearest, distances, out=nearest), 0)
    together = np.stack(chosen, axis=2)
    return np.concatenate(
        [together[:, place, :number] for place, number in enumerate(numbers)], axis=1
    )


def _clustered(
    places: Singles, heft: Singles, centres: Singles, looked_at: Singles, numbers: Sequence[int]
) -> list[Singles]:
    """Who is nearest to which centre, after some steps of k-means; `looked_at`: groups × n_axes."""
    n_samples, n_axes, n_people = places.shape
    ends = np.cumsum(numbers)
    with_one = np.concatenate([places, np.ones((n_samples, 1, n_people), np.float32)], axis=1)
    heavy = np.ascontiguousarray((with_one * heft[:, None]).transpose(0, 2, 1))
    for step in range(ITERATIONS + 1):
        lines = np.concatenate([-2 * centres, (centres**2).sum(axis=2, keepdims=True)], axis=2)
        members = np.matmul(lines, with_one)
        of_number = np.split(members, ends[:-1], axis=1)
        for distances in of_number:
            np.less_equal(distances, distances.min(axis=1, keepdims=True), out=distances)
        if step == ITERATIONS:
            break
        sums = np.matmul(members, heavy)
        weight = sums[..., n_axes:]
        means = sums[..., :n_axes] * looked_at / np.maximum(weight, 1e-30)
        centres = np.where(weight > 0, means, centres)
    for nearest in of_number:
        nearest /= nearest.sum(axis=1, keepdims=True)
        nearest *= heft[:, None] > 0
    return of_number
