"""Pairs worth judging among many statements, found in blocks of rows without an n x n matrix."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.vectors import Vectors
from commonground.words import letter_grams

BLOCK = 512
NEAREST = 10
LEAST_MEANING = 0.84
"""Cosine under which no pair of the development data was the same or part of one another."""
LEAST_LETTERS = 0.3


def nearest_pairs(
    vectors: Vectors, has_vector: npt.NDArray[np.bool_]
) -> dict[tuple[int, int], float]:
    """Row pairs (lower first), one among the ten nearest of the other, with their cosine."""
    rows = np.flatnonzero(has_vector)
    matrix = np.ascontiguousarray(vectors[rows])
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(rows), BLOCK):
        cosines = matrix[start : start + BLOCK] @ matrix.T
        own = np.arange(len(cosines))
        cosines[own, start + own] = -1.0
        keep = min(NEAREST, cosines.shape[1])
        best = np.argpartition(-cosines, keep - 1, axis=1)[:, :keep]
        for at, columns in enumerate(best):
            for column in columns:
                cosine = float(cosines[at, column])
                if cosine >= LEAST_MEANING:
                    one, other = int(rows[start + at]), int(rows[column])
                    found[min(one, other), max(one, other)] = cosine
    return found


def lexical_pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Row pairs (lower first) whose letter runs overlap by `LEAST_LETTERS`, rare ones first."""
    weighted = _weighted_letters(texts)
    if weighted is None:
        return []
    across = weighted.T.tocsr()
    found: set[tuple[int, int]] = set()
    for start in range(0, len(texts), BLOCK):
        overlap = (weighted[start : start + BLOCK] @ across).tocoo()
        ours, others = overlap.row + start, overlap.col
        near = (ours < others) & (overlap.data >= LEAST_LETTERS)
        found.update(zip(ours[near].tolist(), others[near].tolist(), strict=True))
    return sorted(found)


def _weighted_letters(texts: Sequence[str]) -> sparse.csr_array | None:
    """Unit rows of letter runs weighted by rarity; runs that very many texts hold are left out."""
    numbers: dict[str, int] = {}
    columns: list[int] = []
    starts = [0]
    for text in texts:
        columns.extend(
            numbers.setdefault(gram, len(numbers)) for gram in sorted(letter_grams(text))
        )
        starts.append(len(columns))
    if not columns:
        return None
    places = np.array(columns, dtype=np.int32)
    seen_in = np.bincount(places, minlength=len(numbers))
    most = max(50, len(texts) // 50)
    weights = np.where(seen_in <= most, np.log1p(len(texts) / np.maximum(seen_in, 1)), 0.0)
    matrix = sparse.csr_array(
        (weights[places].astype(np.float32), places, np.array(starts)),
        shape=(len(texts), len(numbers)),
    )
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = sparse.diags_array(1.0 / np.maximum(lengths, 1e-9), format="csr")
    scaled = sparse.csr_array(scale @ matrix)
    scaled.eliminate_zeros()
    return scaled
