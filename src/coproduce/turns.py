"""Pages of one web process are made one after the other.

Python runs one thread at a time in a process. Where several make pages, each gives way at every
question to the database and then waits for the others before it goes on: all of them are late.
So the threads take turns. Before its turn a thread has everything that was sent, so that a slow
phone holds up nobody; and a page that takes long does not hold up the others for longer than
PATIENCE. What runs no Python, such as reading a sentence, is waited for beside the others.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Protocol

# Longer than nearly every page takes, shorter than people wait.
PATIENCE = 0.5

# What is larger is a file from a team member: it is read by the page itself, beside the others.
MOST_READ_BEFORE = 256 * 1024


class Application(Protocol):
    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]: ...


class _Turn:
    """One for all threads of a process. A thread knows whether it has it."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._taken = threading.Lock()

    def take(self) -> None:
        """Wait for it, and go on without it after PATIENCE."""
        if self._taken.acquire(timeout=self._patience):
            _of_this_thread.turn = self

    def give_up(self) -> None:
        if _of_this_thread.turn is self:
            _of_this_thread.turn = None
            self._taken.release()


class _OfThisThread(threading.local):
    turn: _Turn | None = None


_of_this_thread = _OfThisThread()


@contextmanager
def beside_others() -> Iterator[None]:
    """Let other pages go on meanwhile. For what takes long and runs no Python; nowhere else.

    Outside of a request, and on a page that goes on without a turn, it changes nothing.
    """
    turn = _of_this_thread.turn
    if turn is None:
        yield
        return
    turn.give_up()
    try:
        yield
    finally:
        turn.take()


class InTurn:
    """A WSGI application whose requests wait for each other."""

    def __init__(self, application: Application, *, patience: float = PATIENCE) -> None:
        self._application = application
        self._turn = _Turn(patience)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not _all_is_here(environ):
            return self._application(environ, start_response)
        self._turn.take()
        try:
            return self._application(environ, start_response)
        finally:
            self._turn.give_up()


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
