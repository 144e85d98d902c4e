"""How quick this machine is now, so that figures of two machines or hours can be told apart.

Rented machines can work at a half or a third of their speed for hours, and change within a minute.
A figure without this says little.
"""

from __future__ import annotations

from time import thread_time

ADDITIONS = 500_000
USUAL = 0.5  # seconds for ten million: a core of an ordinary server


def seconds(tries: int = 3) -> float:
    """Processor time of ten million additions in a Python loop: the best try of a twentieth."""
    return min(_some() for _ in range(tries)) * 10_000_000 / ADDITIONS


def _some() -> float:
    began = thread_time()
    total = 0
    for number in range(ADDITIONS):
        total += number
    return thread_time() - began


def said() -> str:
    return f"this machine now: ten million additions in {seconds():.2f} s"
