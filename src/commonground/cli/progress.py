"""Progress on long work, on standard error, and only where somebody is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


def say(message: str) -> None:
    """One line about what is being done, when standard error is a terminal."""
    if sys.stderr.isatty():
        print(message, file=sys.stderr, flush=True)


def counted(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """Pass the items on and keep a running count ("blocks: 3 of 20") on one line."""
    watched = sys.stderr.isatty()
    for number, item in enumerate(items, start=1):
        if watched:
            of_total = f" of {total}" if total is not None else ""
            print(f"\r{what}: {number}{of_total}", end="", file=sys.stderr, flush=True)
        yield item
    if watched:
        print(file=sys.stderr)


@contextmanager
def running_count(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A function to tell how many of how many are done, on one line; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return

    def tell(done: int, of: int) -> None:
        print(f"\r{what}: {done} of {of}", end="", file=sys.stderr, flush=True)

    yield tell
    print(file=sys.stderr)
