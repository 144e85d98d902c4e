"""How near statements are in what they are about, as a sparse graph of nearest neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.vectors import Vectors
from commonground.words import content_stems, letter_grams

_BLOCK = 512
Rows = sparse.csr_array | Vectors
"""Unit rows whose dot products are nearness."""


def features(texts: Sequence[str], vectors: Vectors | None) -> Rows:
    """Centred vectors where there are any, else rarity-weighted word stems."""
    if vectors is None:
        return _word_rows(texts)
    centred = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(lengths, 1e-9), dtype=np.float32)


def _word_rows(texts: Sequence[str]) -> sparse.csr_array:
    numbers: dict[str, int] = {}
    columns: list[int] = []
    starts = [0]
    for text in texts:
        found = set(content_stems(text)) or set(letter_grams(text))
        columns.extend(numbers.setdefault(one, len(numbers)) for one in sorted(found))
        starts.append(len(columns))
    places = np.array(columns, dtype=np.int32)
    seen_in = np.bincount(places, minlength=len(numbers))
    weights = np.log1p(len(texts) / np.maximum(seen_in, 1))
    matrix = sparse.csr_array(
        (weights[places].astype(np.float32), places, np.array(starts)),
        shape=(len(texts), max(1, len(numbers))),
    )
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1.0 / np.maximum(lengths, 1e-9)) @ matrix)


def nearness_between(rows: Rows, others: Rows) -> npt.NDArray[np.float32]:
    """Dot products, dense, shape (len(rows), len(others))."""
    product = rows @ others.T
    dense = product.toarray() if sparse.issparse(product) else product
    return np.asarray(dense, dtype=np.float32)


def neighbours(rows: Rows, count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """For each row its `count` nearest others, nearest first, and their nearness; shape (n, count).

    Ties go to the lower row, so that the result does not hang on chance.
    """
    total = rows.shape[0]
    count = min(count, total - 1)
    nearest = np.empty((total, count), dtype=np.int64)
    nearness = np.empty((total, count), dtype=np.float32)
    for start in range(0, total, _BLOCK):
        block = nearness_between(rows[start : start + _BLOCK], rows)
        own = np.arange(len(block))
        block[own, start + own] = -2.0
        order = np.argsort(-block, axis=1, kind="stable")[:, :count]
        nearest[start : start + len(block)] = order
        nearness[start : start + len(block)] = np.take_along_axis(block, order, axis=1)
    return nearest, nearness
