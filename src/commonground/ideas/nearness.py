"""How near statements are in what they are about, and the nearest neighbours of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.vectors import Vectors
from commonground.words import content_stems, letter_grams

Nearness = npt.NDArray[np.float32]

_BLOCK = 512
_WORDS_WEIGH = 0.4
"""Weight of shared words beside meaning, for the nearest of a statement; chosen on ArgKP train."""


@dataclass(frozen=True, slots=True)
class Table:
    """What nearness of statements is computed from; one row a statement.

    words: unit rows of word stems weighted by rarity, shape (n, stems).
    meanings: unit rows of sentence vectors less their mean, shape (n, d), or None.
    """

    words: sparse.csr_array
    meanings: Vectors | None

    def __len__(self) -> int:
        return int(self.words.shape[0])

    def nearness(
        self,
        rows: slice | Sequence[int],
        others: slice | Sequence[int],
        words_weigh: float = _WORDS_WEIGH,
    ) -> Nearness:
        """0 nothing in common (or below), 1 alike; dense, shape (rows, others)."""
        by_words = (self.words[rows] @ self.words[others].T).toarray()
        if self.meanings is None:
            return np.asarray(by_words, dtype=np.float32)
        by_meaning = self.meanings[rows] @ self.meanings[others].T
        mixed = words_weigh * by_words + (1 - words_weigh) * by_meaning
        return np.asarray(mixed, dtype=np.float32)


def table_of(texts: Sequence[str], vectors: Vectors | None) -> Table:
    """Read the texts, and take the vectors (float32, shape (n, d)) where there are any.

    The mean is taken out of the vectors: what all statements of a conversation share tells none
    of them apart.
    """
    if vectors is None:
        return Table(_word_rows(texts), None)
    centred = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    meanings = np.asarray(centred / np.maximum(lengths, 1e-9), dtype=np.float32)
    return Table(_word_rows(texts), meanings)


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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each row its nearest others, nearest first.

    rows: their row numbers, shape (n, k). nearness: how near they are, shape (n, k).
    """

    rows: npt.NDArray[np.int64]
    nearness: Nearness


def neighbours(table: Table, count: int) -> Neighbours:
    """The `count` nearest others of each row. Ties go to the lower row, so chance has no say."""
    total = len(table)
    count = max(0, min(count, total - 1))
    nearest = np.empty((total, count), dtype=np.int64)
    nearness = np.empty((total, count), dtype=np.float32)
    for start in range(0, total, _BLOCK):
        block = table.nearness(slice(start, start + _BLOCK), slice(None))
        own = np.arange(len(block))
        block[own, start + own] = -2.0
        order = np.argsort(-block, axis=1, kind="stable")[:, :count]
        nearest[start : start + len(block)] = order
        nearness[start : start + len(block)] = np.take_along_axis(block, order, axis=1)
    return Neighbours(nearest, nearness)
