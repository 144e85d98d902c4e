"""Several samples of people or answers as one matrix, so that one sum serves all of them.

The rows of the samples stand one after the other, and each has columns of its own (a block
diagonal matrix). Products with it are those with each sample. In small conversations most of the
time of a fit is not arithmetic but the calls around it, and these are then made once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.opinion_groups.stances import Matrix
from commonground.votes import Votes

AT_ONCE = 60_000
"""Votes side by side at most; beyond, the sums are slower when they leave the cache."""


def batches(samples: Sequence[Votes]) -> Iterator[list[Votes]]:
    """The samples in order, so many at once as have `AT_ONCE` votes together, or one by one."""
    some: list[Votes] = []
    for sample in samples:
        if some and sum(each.n_votes for each in some) + sample.n_votes > AT_ONCE:
            yield some
            some = []
        some.append(sample)
    if some:
        yield some


def side_by_side(samples: Sequence[Votes]) -> tuple[Matrix, npt.NDArray[np.int64]]:
    """The stance matrix of all samples, and where the rows of each start, and their end.

    The samples have agrees and disagrees only, the same statements, and at least one row each.
    """
    n_columns = 2 * samples[0].n_statements
    columns, starts, before = [], [np.zeros(1, dtype=np.int32)], 0
    for place, sample in enumerate(samples):
        columns.append(2 * sample.columns + (sample.values > 0) + np.int32(place * n_columns))
        starts.append((sample.starts[1:] + before).astype(np.int32))
        before += sample.n_votes
    bounds = np.concatenate([[0], np.cumsum([sample.n_participants for sample in samples])])
    matrix = sparse.csr_array(
        (np.ones(before), np.concatenate(columns), np.concatenate(starts)),
        shape=(int(bounds[-1]), n_columns * len(samples)),
    )
    return matrix, bounds


def padded(
    values: npt.NDArray[np.float64], bounds: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """… × all rows as n_samples × … × the most rows of a sample, filled up with 0."""
    most = int(np.diff(bounds).max())
    table = np.zeros((len(bounds) - 1, *values.shape[:-1], most))
    for sample, (first, last) in enumerate(
        zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    ):
        table[sample, ..., : last - first] = values[..., first:last]
    return table


def unpadded(table: npt.NDArray[np.int64], bounds: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The other way round."""
    sizes = np.diff(bounds).tolist()
    return np.concatenate([table[sample, ..., :size] for sample, size in enumerate(sizes)], axis=-1)
