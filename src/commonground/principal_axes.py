"""Principal axes of sparse centred votes, without ever filling in the missing ones.

After centring on the statements' means a missing vote is 0, so the centred matrix C (participants
× statements) stays sparse. Its principal axes are the leading eigenvectors of CᵀC, a sum over
participants. Lanczos iteration (ARPACK) needs only products with CᵀC, and its fixed start makes
it the same on every run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import LinearOperator, eigsh

from commonground.blocks import Arrays, Engine
from commonground.votes import Votes

Matrix = Any  # a scipy.sparse.csr_array; scipy has no types

DENSE_UP_TO = 150
"""Statements up to which all of CᵀC is made: quicker than iterating."""


@dataclass(frozen=True)
class PrincipalAxes:
    """The directions in which participants differ most, the strongest first."""

    axes: npt.NDArray[np.float64]
    """n_axes × n_statements, rows of length 1; the largest entry of each is positive."""
    strengths: npt.NDArray[np.float64]
    """Eigenvalues of CᵀC: sums of squares along each axis."""


def vote_sums(votes: Votes, ignored: npt.NDArray[np.bool_]) -> Arrays:
    """Sum of the vote values and number of votes, by statement; ignored statements sum to 0."""
    tallies = votes.tallies()
    total = (tallies.agree - tallies.disagree).astype(float)
    total[ignored] = 0.0
    return total, tallies.seen.astype(float)


def centred(votes: Votes, means: npt.NDArray[np.float64], ignored: npt.NDArray[np.bool_]) -> Matrix:
    """The votes less the means of their statements, as sparse rows; ignored statements are 0."""
    values = votes.values - means[votes.columns]
    if ignored.any():
        values[ignored[votes.columns]] = 0.0
    starts = votes.starts.astype(np.int32) if votes.n_votes < 2**31 else votes.starts
    return sparse.csr_array(
        (values, votes.columns, starts), shape=(votes.n_participants, votes.n_statements)
    )


def principal_axes(centred_blocks: Engine, n_statements: int, n_axes: int) -> PrincipalAxes:
    """The `n_axes` strongest axes; those beyond the rank of the votes are zero."""
    if n_statements <= max(DENSE_UP_TO, n_axes + 1):
        (products,) = centred_blocks.sums(_all_products)
        strengths, vectors = np.linalg.eigh(products)
    else:
        both_ways = centred_blocks.prepared(_with_transpose)
        operator = LinearOperator(
            (n_statements, n_statements),
            matvec=lambda vector: both_ways.sums(_product, vector)[0],
            dtype=float,
        )
        start = np.random.default_rng(0).standard_normal(n_statements)
        if not operator.matvec(start).any():  # nobody differs from anybody: no axis at all
            return PrincipalAxes(np.zeros((n_axes, n_statements)), np.zeros(n_axes))
        strengths, vectors = eigsh(operator, k=n_axes, v0=start, which="LA")
    order = np.argsort(-strengths)[:n_axes]
    axes = np.zeros((n_axes, n_statements))
    found = np.zeros(n_axes)
    noise = 1e-12 * max(float(strengths.max(initial=0.0)), 1e-300)
    for place, index in enumerate(order):
        if strengths[index] > noise:
            axis = vectors[:, index]
            axes[place] = axis * (1.0 if axis[np.argmax(np.abs(axis))] > 0 else -1.0)
            found[place] = strengths[index]
    return PrincipalAxes(axes=axes, strengths=found)


def _all_products(block: Matrix) -> tuple[npt.NDArray[np.float64]]:
    if block.shape[0] * block.shape[1] <= 4_000_000:
        dense = block.toarray()
        return (dense.T @ dense,)
    return ((block.T @ block).toarray(),)


def _with_transpose(block: Matrix) -> tuple[Matrix, Matrix]:
    return block, block.T


def _product(
    block: tuple[Matrix, Matrix], vector: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64]]:
    matrix, transpose = block
    return (transpose @ (matrix @ vector),)
