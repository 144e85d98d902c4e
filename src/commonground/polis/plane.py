"""The plane that Polis draws people on: two principal components and the projections onto them.

Formulas, with votes +1 agree, -1 disagree, 0 pass, n_i votes of person i, m statements that have
a vote, c_j the mean of the votes on statement j and v_j its entry in a component:

- a person:     sqrt(m / max(1, n_i)) · Σ_j (vote_ij - c_j) v_j over the statements they voted on
- a statement:  sqrt(m) · v_j · (1 - c_j), where somebody who agreed with it alone would be
- extremity:    how far a statement is from the middle

Statements that are moderated out or about the person count as if everybody had passed on them:
their mean and their vote are 0, but they count in m, and in n_i of everybody, voted or not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import Engine, InProcess
from commonground.principal_axes import Matrix, centred, principal_axes, vote_sums
from commonground.votes import Tallies, Votes

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Plane:
    """Where participants and statements lie. The sign of a component has no meaning."""

    means: Floats
    """n_statements: mean vote; 0 where nobody voted or the statement is left out."""
    components: Floats
    """2 × n_statements, rows of length 1."""
    participants: Floats
    """n_participants × 2."""
    statements: Floats
    """n_statements × 2."""

    @property
    def extremity(self) -> Floats:
        """n_statements: distance of the statement from the middle of the plane."""
        return np.hypot(self.statements[:, 0], self.statements[:, 1])


def polis_plane(votes: Votes) -> Plane:
    """Components and projections of all participants and statements."""
    return plane_of_blocks(InProcess.of([votes]), votes.tallies(), votes.left_out)


def plane_of_blocks(blocks: Engine, tallies: Tallies, left_out: npt.NDArray[np.bool_]) -> Plane:
    """The same over an engine of `Votes`; participants in the order of the blocks.

    `tallies`: answers of all blocks by statement.
    """
    totals, counts = vote_sums(tallies, left_out)
    means = totals / np.maximum(counts, 1)
    has_votes = counts > 0
    counted, scale = has_votes & ~left_out, np.sqrt(np.count_nonzero(has_votes))
    differences = blocks.prepared(centred, means, counted)
    found = principal_axes(differences, int(np.count_nonzero(counted)), n_axes=2)
    passed_by_all = int(np.count_nonzero(left_out & has_votes))
    places = differences.gathered(_projected, found.axes, scale, passed_by_all)
    components = np.zeros((2, len(means)))
    components[:, counted] = found.axes
    return Plane(
        means=means,
        components=components,
        participants=np.concatenate(places) if len(places) > 1 else places[0],
        statements=(scale * components * (1 - means)).T,
    )


def _projected(differences: Matrix, axes: Floats, scale: float, passed_by_all: int) -> Floats:
    """Places of a block's people; `passed_by_all`: statements that count in every n_i."""
    counted = np.diff(differences.indptr) + passed_by_all
    stretch = scale / np.sqrt(np.maximum(counted, 1))
    return np.stack([(differences @ axis) * stretch for axis in axes], axis=1)
