"""Pages of one web process are made one after the other.

Python runs one thread at a time in a process. Where several make pages, each gives way at every
question to the database and then waits for the others before it goes on: all of them are late.
So the threads take turns. Before its turn a thread has everything that was sent, so that a slow
phone holds up nobody; and a page that takes long does not hold up the others for longer than
PATIENCE.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Protocol

# Longer than nearly every page takes, shorter than people wait.
PATIENCE = 0.5

# What is larger is a file from a team member: it is read by the page itself, beside the others.
MOST_READ_BEFORE = 256 * 1024


class Application(Protocol):
    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]: ...


class InTurn:
    """A WSGI application whose requests wait for each other."""

    def __init__(self, application: Application, *, patience: float = PATIENCE) -> None:
        self._application = application
        self._patience = patience
        self._turn = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not _all_is_here(environ):
            return self._application(environ, start_response)
        has_turn = self._turn.acquire(timeout=self._patience)
        try:
            return self._application(environ, start_response)
        finally:
            if has_turn:
                self._turn.release()


def _all_is_here(environ: dict[str, Any]) -> bool:
    """Read what is sent with a request, where it is not too much and its length is known."""
    if environ.get("REQUEST_METHOD") in {"GET", "HEAD"}:
        return True
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return False
    if not 0 <= length <= MOST_READ_BEFORE or "HTTP_TRANSFER_ENCODING" in environ:
        return False
    environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length) if length else b"")
    return True
