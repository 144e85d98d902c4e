"""A plane to draw people and statements on.

The two axes along which people differ most. A person's place is the point that would best explain
their answers, pulled toward the middle as if they had also given `PULL` answers that say nothing:
somebody with two answers does not fly to the rim. A statement lies where agreeing with it pulls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import Engine
from commonground.opinion_groups.stances import (
    Matrix,
    StanceCounts,
    deviations,
    strongest_axes,
)

Floats = npt.NDArray[np.float64]

PULL = 5.0


@dataclass(frozen=True)
class OpinionPlane:
    """Places of people and statements; left, right, up and down have no meaning of their own."""

    people: Floats
    """n_participants × 2; the middle for somebody without agree or disagree."""
    statements: Floats
    """n_statements × 2: where agreeing pulls, as far as the statement tells people apart."""
    explained: Floats
    """2: share of the differences that each axis explains."""


def draw_plane(blocks: Engine, counts: StanceCounts) -> OpinionPlane:
    """Find the plane of all blocks, people in the order of the blocks."""
    added = deviations(counts)
    axes, strengths = strongest_axes(blocks, added, n_axes=2)
    n_statements = axes.shape[1]
    unit = axes * np.sqrt(n_statements)
    people = np.concatenate(blocks.gathered(_places, added, unit))
    seen = counts.agree + counts.disagree
    squares = float((added**2 * np.stack([counts.disagree, counts.agree], axis=1).ravel()).sum())
    reach = np.sqrt(seen / max(float(seen.max(initial=0)), 1.0))
    return OpinionPlane(
        people=people,
        statements=(unit * reach).T,
        explained=strengths / squares if squares > 0 else np.zeros(2),
    )


def _places(block: Matrix, added: Floats, unit: Floats) -> Floats:
    """Ridge regression of each person's deviations on the two axes."""
    doubled = np.repeat(unit, 2, axis=1)
    toward = block @ (added * doubled).T
    products = block @ np.stack([doubled[0] ** 2, doubled[0] * doubled[1], doubled[1] ** 2], axis=1)
    first, mixed, second = products[:, 0] + PULL, products[:, 1], products[:, 2] + PULL
    determinant = first * second - mixed**2
    return np.stack(
        [
            (second * toward[:, 0] - mixed * toward[:, 1]) / determinant,
            (first * toward[:, 1] - mixed * toward[:, 0]) / determinant,
        ],
        axis=1,
    )
