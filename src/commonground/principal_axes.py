"""Principal axes of sparse centred votes, without ever filling in the missing ones.

After centring on the statements' means a missing vote is 0, so the centred matrix C (participants
× statements) stays sparse. Its principal axes are the leading eigenvectors of CᵀC, a sum over
participants. Lanczos iteration needs only products with CᵀC, and its fixed start makes it the
same on every run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.blocks import Arrays, Engine, added
from commonground.leading_axes import leading_axes, strongest_of
from commonground.votes import Tallies, Votes

Matrix = Any  # a scipy.sparse.csr_array; scipy has no types

DENSE_UP_TO = 160
"""Statements up to which all of CᵀC is made: quicker than iterating."""
CELLS_AT_ONCE = 1_000_000
"""Cells that are dense at once while it is made."""
DENSE_CELLS = 80_000
"""Cells up to which the products for iterating are dense: quicker than sparse ones."""
EXACT, MOST_STEPS = 1e-13, 600
"""Residual of an axis as a share of the largest eigenvalue, and products to get there."""


@dataclass(frozen=True)
class PrincipalAxes:
    """The directions in which participants differ most, the strongest first."""

    axes: npt.NDArray[np.float64]
    """n_axes × n_statements, rows of length 1; the largest entry of each is positive."""
    strengths: npt.NDArray[np.float64]
    """Eigenvalues of CᵀC: sums of squares along each axis."""


def vote_sums(tallies: Tallies, ignored: npt.NDArray[np.bool_]) -> Arrays:
    """Sum of the vote values and number of votes, by statement; ignored statements sum to 0."""
    total = (tallies.agree - tallies.disagree).astype(float)
    total[ignored] = 0.0
    return total, tallies.seen.astype(float)


def centred(votes: Votes, means: npt.NDArray[np.float64], counted: npt.NDArray[np.bool_]) -> Matrix:
    """The votes less the means of their statements, as sparse rows.

    Only statements that are `counted` have a column.
    """
    columns, answers, starts = votes.columns, votes.values, votes.starts
    if not counted.all():
        kept = np.flatnonzero(counted.take(columns))
        columns, answers, starts = columns.take(kept), answers.take(kept), kept.searchsorted(starts)
    # `take` is several times as quick as brackets where the positions are 32 bits wide.
    values = answers - means.take(columns)
    if not counted.all():
        columns = (np.cumsum(counted, dtype=np.int32) - np.int32(1)).take(columns)
    if len(values) < 2**31:
        starts = starts.astype(np.int32)
    return sparse.csr_array(
        (values, columns, starts), shape=(votes.n_participants, np.count_nonzero(counted))
    )


def principal_axes(centred_blocks: Engine, n_statements: int, n_axes: int) -> PrincipalAxes:
    """The `n_axes` strongest axes; those beyond the rank of the votes are zero."""
    axes, found = np.zeros((n_axes, n_statements)), np.zeros(n_axes)
    if n_statements <= DENSE_UP_TO:
        strengths, vectors = strongest_of(centred_blocks.sums(_all_products)[0], n_axes)
    else:
        both_ways = centred_blocks.prepared(_with_transpose)
        strengths, vectors = leading_axes(
            lambda vector: both_ways.sums(_product, vector)[0],
            n_statements,
            n_axes,
            EXACT,
            MOST_STEPS,
        )
    noise = 1e-12 * max(float(strengths.max(initial=0.0)), 1e-300)
    for place, (strength, axis) in enumerate(zip(strengths, vectors, strict=True)):
        if strength > noise:
            axes[place] = axis * (1.0 if axis[np.argmax(np.abs(axis))] > 0 else -1.0)
            found[place] = strength
    return PrincipalAxes(axes=axes, strengths=found)


def _all_products(block: Matrix) -> Arrays:
    n_people, n_statements = block.shape
    at_once = CELLS_AT_ONCE // max(n_statements, 1)
    if n_people <= at_once:
        dense = block.toarray()
        return (dense.T @ dense,)
    parts = (block[first : first + at_once].toarray() for first in range(0, n_people, at_once))
    return added((part.T @ part,) for part in parts)


def _with_transpose(block: Matrix) -> tuple[Matrix, Matrix]:
    if block.shape[0] * block.shape[1] <= DENSE_CELLS:
        block = block.toarray()
    return block, block.T


def _product(
    block: tuple[Matrix, Matrix], vector: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64]]:
    matrix, transpose = block
    return (transpose @ (matrix @ vector),)
