"""Finds likely neighbours among very many vectors by the signs of their numbers alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from commonground.vectors import Vectors

_WORD = 64


class Sketches:
    """One bit for each number of a vector: above or below the centre of the vectors.

    How many bits two sketches share says roughly how small the angle between their vectors is
    (Charikar 2002, with the axes themselves as directions). It is 1/32 of the memory of float32,
    so that a hundred thousand are compared in about a millisecond; who asks then compares the few
    hundred nearest exactly. The centre is taken out because all sentence vectors of the model lean
    one way, and signs of what is common to all tell nothing apart.
    """

    def __init__(self, centre: Vectors) -> None:
        self._centre = centre
        self._words = -(-len(centre) // _WORD)
        self._bits = np.zeros((self._words, 0), dtype=np.uint64)

    def put(self, rows: npt.ArrayLike, vectors: Vectors) -> None:
        """Sketch `vectors`, shape (n, d), as rows `rows`, shape (n,)."""
        places = np.asarray(rows, dtype=np.int64)
        if len(places) == 0:
            return
        missing = int(places.max()) + 1 - self._bits.shape[1]
        if missing > 0:
            more = np.zeros((self._words, max(missing, self._bits.shape[1])), dtype=np.uint64)
            self._bits = np.concatenate([self._bits, more], axis=1)
        self._bits[:, places] = self._sketch(vectors).T

    def nearest(
        self, vector: Vectors, among: npt.NDArray[np.bool_], count: int
    ) -> npt.NDArray[np.intp]:
        """Rows, at most `count`, whose sketches share most bits with that of `vector`.

        Where some are equally near, lower rows are taken first.
        among: which of the first len(among) rows may be found.
        """
        wanted = self._sketch(vector[None, :])[0]
        apart = np.zeros(len(among), dtype=np.uint16)
        for bits, own in zip(self._bits[:, : len(among)], wanted, strict=True):
            apart += np.bitwise_count(bits ^ own)
        apart[~among] = np.iinfo(np.uint16).max
        # How many bits are apart is a small number, so that counting finds the cut without sorting.
        upto = np.cumsum(np.bincount(apart[among], minlength=1))
        cut = int(np.searchsorted(upto, count))
        below = np.flatnonzero(apart < cut)
        at_cut = np.flatnonzero(apart == cut)[: count - len(below)]
        return np.concatenate([below, at_cut])

    def _sketch(self, vectors: Vectors) -> npt.NDArray[np.uint64]:
        signs = np.zeros((len(vectors), self._words * _WORD), dtype=np.bool_)
        signs[:, : vectors.shape[1]] = vectors > self._centre
        return np.packbits(signs, axis=1).view(np.uint64)
