"""Agrees and disagrees as a sparse matrix with two columns a statement, and the sums over it.

Column 2j holds a 1 for everybody who disagreed with statement j, column 2j + 1 for everybody who
agreed. Everything the model and the plane need is a product with this matrix, added up over
blocks of participants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.blocks import Arrays, Engine
from commonground.leading_axes import leading_axes, strongest_of
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]
FEW_PEOPLE, FEW_STATEMENTS = 40, 64
"""Up to these all products are made: it is quicker, and the rank may be too low to iterate."""

Matrix = Any  # a scipy.sparse.csr_array (scipy has no types), or a dense array when small

DENSE_UP_TO, MOST_CELLS = 60_000, 4_000_000
"""Cells up to which the matrix, and one made for its products, are dense: it is quicker then."""


def stance_block(votes: Votes) -> Matrix:
    """The matrix of a block of participants, 1 and 0; not-sure answers are left out."""
    if not votes.values.all():
        votes = votes.keep(votes.values != 0)
    columns = 2 * votes.columns + (votes.values > 0)
    if 2 * votes.n_participants * votes.n_statements <= DENSE_UP_TO:
        dense = np.zeros((votes.n_participants, 2 * votes.n_statements))
        dense[votes.rows, columns] = 1.0
        return dense
    return sparse.csr_array(
        (np.ones(votes.n_votes), columns, votes.starts.astype(np.int32)),
        shape=(votes.n_participants, 2 * votes.n_statements),
    )


@dataclass(frozen=True)
class StanceCounts:
    """Agrees and disagrees by statement, as floats."""

    agree: Floats
    disagree: Floats

    @classmethod
    def of(cls, votes: Votes) -> StanceCounts:
        """The counts of votes."""
        tallies = votes.tallies()
        return cls(agree=tallies.agree.astype(float), disagree=tallies.disagree.astype(float))

    @property
    def rate(self) -> Floats:
        """Agree share of those who took a stance, one of each kind added."""
        return (self.agree + 1) / (self.agree + self.disagree + 2)


def stances_of_each(block: Matrix) -> npt.NDArray[np.int64]:
    """How many stances each person of the block took."""
    if isinstance(block, np.ndarray):
        return np.asarray(block.sum(axis=1), dtype=np.int64)
    return np.asarray(np.diff(block.indptr), dtype=np.int64)


def count_stances(blocks: Engine) -> StanceCounts:
    """Count everybody's stances."""
    (counts,) = blocks.sums(_column_sums)
    return StanceCounts(agree=counts[1::2], disagree=counts[0::2])


def deviations(counts: StanceCounts, *, scaled: bool = False) -> Floats:
    """What each column of the matrix adds: the stance less its statement's mean.

    `scaled` divides by the standard deviation, so that every statement weighs the same.
    """
    answered = np.maximum(counts.agree + counts.disagree, 1)
    means = (counts.agree - counts.disagree) / answered
    added = np.empty(2 * len(means))
    added[0::2], added[1::2] = -1 - means, 1 - means
    if scaled:
        spread = np.sqrt(np.maximum(1 - means**2, 0))
        added *= np.repeat(np.where(spread > 0, 1 / np.where(spread > 0, spread, 1), 0), 2)
    return added


def strongest_axes(
    blocks: Engine, added: Floats, n_axes: int, *, tolerance: float = 1e-6
) -> tuple[Floats, Floats]:
    """The strongest axes (n_axes × n_statements) of the deviations, and their sums of squares.

    Axes beyond the rank are 0. The largest entry of each axis is positive. `tolerance` is that of
    `leading_axes`; the error of the sums of squares is about its square.
    """
    n_statements = len(added) // 2
    few_people = sum(blocks.gathered(_n_rows)) <= FEW_PEOPLE
    if few_people or n_statements <= FEW_STATEMENTS or not added.any():
        fold = sparse.csr_array(
            (added, np.arange(2 * n_statements) // 2, np.arange(2 * n_statements + 1)),
            shape=(2 * n_statements, n_statements),
        )
        strengths, vectors = strongest_of(blocks.sums(_all_products, fold)[0], n_axes)
    else:
        both_ways = blocks.prepared(with_transpose)

        def product(vector: Floats) -> Floats:
            (sums,) = both_ways.sums(_product, added * np.repeat(vector, 2))
            return _fold(added * sums)

        strengths, vectors = leading_axes(product, n_statements, n_axes, tolerance)
    axes, found = np.zeros((n_axes, n_statements)), np.zeros(n_axes)
    for place, (strength, axis) in enumerate(zip(strengths, vectors, strict=True)):
        if strength > 1e-9 * max(float(strengths[0]), 1e-300):
            axes[place] = axis * (1.0 if axis[np.argmax(np.abs(axis))] > 0 else -1.0)
            found[place] = strength
    return axes, found


def _n_rows(block: Matrix) -> int:
    return int(block.shape[0])


def _all_products(block: Matrix, fold: Matrix) -> Arrays:
    deviation = block @ fold
    if isinstance(deviation, np.ndarray):
        return (deviation.T @ deviation,)
    if deviation.shape[0] * deviation.shape[1] <= MOST_CELLS:
        dense = deviation.toarray()
        return (dense.T @ dense,)
    return ((deviation.T @ deviation).toarray(),)


def _fold(by_column: Floats) -> Floats:
    return np.asarray(by_column.reshape(-1, 2).sum(axis=1))


def _column_sums(block: Matrix) -> Arrays:
    if isinstance(block, np.ndarray):
        return (block.sum(axis=0),)
    return (np.bincount(block.indices, minlength=block.shape[1]).astype(float),)


def with_transpose(block: Matrix) -> tuple[Matrix, Matrix]:
    """The matrix and its transpose, which shares its numbers: made once, not at every product."""
    return block, block.T


def _product(block: tuple[Matrix, Matrix], vector: Floats) -> Arrays:
    matrix, transpose = block
    return (transpose @ (matrix @ vector),)
