"""A plane to draw people and statements on, and how sure each person's place is.

The two axes along which people differ most. A person's place is the point that would best explain
their answers, pulled toward the middle as if they had also given `PULL` answers that say nothing:
somebody with two answers does not fly to the rim. A statement lies where agreeing with it pulls.

That is ridge regression (Hoerl & Kennard 1970). With Z the axes at the statements somebody took a
stance on and d their deviations from the means, the place is (M + PULL I)⁻¹ Zᵀd, M = ZᵀZ. Where
d = Z p + e, e of variance s², and true places p have covariance S over people, the mean squared
error of the place is

    (M + PULL I)⁻¹ (s² M + PULL² S) (M + PULL I)⁻¹

what chance adds to the answers, and what the pull takes away. s² and S are those with which the
sums of d² and of Zᵀd dᵀZ over people are as expected (method of moments):
Σ d² = Σ tr(M S) + N s²,  Σ Zᵀd dᵀZ = Σ M S M + s² Σ M. s² counts three fitted numbers for each
statement.

The axes are found from the same answers, and are unsure themselves: `commonground.opinion_groups.
doubtful_axes` adds what that does to each place. That the picture could also be turned is not
counted: turning it changes nobody's place among the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import Engine
from commonground.opinion_groups.doubtful_axes import PULL, AxesInDoubt, both_sides, inverses
from commonground.opinion_groups.stances import (
    Matrix,
    StanceCounts,
    deviations,
    strongest_axes,
)

Floats = npt.NDArray[np.float64]

USED_BY_A_STATEMENT = 3
"""Numbers that are fitted for each statement: its mean and its place on two axes."""


@dataclass(frozen=True)
class OpinionPlane:
    """Places of people and statements; left, right, up and down have no meaning of their own."""

    people: Floats
    """n_participants × 2; the middle for somebody without agree or disagree."""
    covariances: Floats
    """n_participants × 2 × 2: mean squared error of each place; that of somebody without agree or
    disagree is the spread of people. NaN where nobody took a stance."""
    statements: Floats
    """n_statements × 2: where agreeing pulls, as far as the statement tells people apart."""
    explained: Floats
    """2: share of the differences that each axis explains."""

    @property
    def standard_errors(self) -> Floats:
        """n_participants × 2: standard deviation of each place on each axis."""
        return np.sqrt(np.diagonal(self.covariances, axis1=1, axis2=2))


@dataclass(frozen=True)
class DrawnPlane:
    """The plane of those who took a stance, and what is known of everybody else."""

    people: Floats
    covariances: Floats
    statements: Floats
    explained: Floats
    of_strangers: Floats
    """2 × 2: covariance of somebody of whom no stance is known."""


def draw_plane(blocks: Engine, counts: StanceCounts) -> DrawnPlane:
    """Find the plane of all blocks, people in the order of the blocks."""
    added = deviations(counts)
    axes, strengths = strongest_axes(blocks, added, n_axes=2)
    n_statements = axes.shape[1]
    unit = axes * np.sqrt(n_statements)
    seen = counts.agree + counts.disagree
    doubtful = AxesInDoubt.of(seen)
    parts = blocks.gathered(summaries, added, unit, doubtful.share)
    summed = np.concatenate(parts, axis=1) if len(parts) > 1 else parts[0]
    squares = float((added**2 * np.stack([counts.disagree, counts.agree], axis=1).ravel()).sum())
    reach = np.sqrt(seen / max(float(seen.max(initial=0)), 1.0))
    n_stances = float(seen.sum())
    by_chance, spread = moments(summed, squares, n_stances)
    by_chance *= n_stances / max(n_stances - USED_BY_A_STATEMENT * n_statements, 1.0)
    people, covariances = places_with_errors(summed, by_chance, spread)
    turned = doubtful.turned(strengths, by_chance, summed.shape[1])
    covariances += doubtful.added(summed, people, covariances, by_chance, turned)
    return DrawnPlane(
        people=people,
        covariances=covariances,
        statements=(unit * reach).T,
        explained=strengths / squares if squares > 0 else np.zeros(2),
        of_strangers=spread,
    )


def summaries(block: Matrix, added: Floats, unit: Floats, doubt: Floats) -> Floats:
    """9 × n_people: Zᵀd (2), M (first, mixed, second), and what the doubt about each axis adds up
    to over the statements of each person: M with each statement times its doubt (3), the doubt.
    """
    one, two = np.repeat(unit, 2, axis=1)
    doubt = np.repeat(doubt, 2)
    products = np.stack([one**2, one * two, two**2])
    columns = np.stack([added * one, added * two, *products, *(products * doubt), doubt], axis=1)
    return np.ascontiguousarray((block @ columns).T)


def moments(summed: Floats, squares: float, n_stances: float) -> tuple[float, Floats]:
    """s², and S (2 × 2), neither of them negative."""
    right, up, first, mixed, second = summed[:5]
    ff, fm, fs, mm, ms, ss = (
        float(one @ other)
        for one, other in (
            (first, first),
            (first, mixed),
            (first, second),
            (mixed, mixed),
            (mixed, second),
            (second, second),
        )
    )
    sums = summed[2:5].sum(axis=1)
    # Unknown: s², and S across, between and along. The entries of M S M, written out.
    expected = np.array(
        [
            [n_stances, sums[0], 2 * sums[1], sums[2]],
            [sums[0], ff, 2 * fm, mm],
            [sums[1], fm, fs + mm, ms],
            [sums[2], mm, 2 * ms, ss],
        ]
    )
    found = np.array([squares, right @ right, right @ up, up @ up])
    by_chance, across, between, along = np.linalg.lstsq(expected, found, rcond=1e-12)[0].tolist()
    values, vectors = np.linalg.eigh(np.array([[across, between], [between, along]]))
    return max(by_chance, 0.0), (vectors * np.maximum(values, 0)) @ vectors.T


def places_with_errors(summed: Floats, by_chance: float, spread: Floats) -> tuple[Floats, Floats]:
    """Places (n_people × 2), and their mean squared errors (n_people × 2 × 2) on given axes."""
    right, up, first, mixed, second = summed[:5]
    a, b, c = inverses(first, mixed, second)
    e = by_chance * first + PULL**2 * spread[0, 0]
    f = by_chance * mixed + PULL**2 * spread[0, 1]
    g = by_chance * second + PULL**2 * spread[1, 1]
    covariances = both_sides((a, b, c), (e, f, g))
    return np.stack([a * right + b * up, b * right + c * up], axis=1), covariances
