"""Sums over blocks of participants.

What the methods here need from the votes are sums over participants, so it does not matter
whether the participants lie in one block or many, or in which process. An engine holds the blocks
and adds up; `InProcess` does it here, `commonground.cluster` does it on Dask's workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Arrays = tuple[npt.NDArray[Any], ...]


class Engine(Protocol):
    """Blocks of participants somewhere, and two ways to ask them something."""

    def prepared(self, function: Callable[..., Any], *arguments: Any) -> Engine:
        """An engine whose blocks are `function(block, *arguments)`, kept where the blocks are."""
        ...

    def paired(self, function: Callable[..., Any], parts: Sequence[Any]) -> Engine:
        """An engine whose blocks are `function(block, part)`, each block with a part of its own.

        Raises `ValueError` unless there is one part for each block.
        """
        ...

    def sums(self, function: Callable[..., Arrays], *arguments: Any) -> Arrays:
        """Each array that `function(block, *arguments)` returns, added up over the blocks."""
        ...

    def gathered(self, function: Callable[..., Any], *arguments: Any) -> list[Any]:
        """What `function(block, *arguments)` returns, for each block in order."""
        ...


@dataclass(frozen=True)
class InProcess:
    """The blocks in this process, one after the other."""

    blocks: tuple[Any, ...]

    @classmethod
    def of(cls, blocks: Iterable[Any]) -> InProcess:
        """An engine over any blocks."""
        return cls(tuple(blocks))

    def prepared(self, function: Callable[..., Any], *arguments: Any) -> InProcess:
        """See `Engine.prepared`."""
        return InProcess(tuple(function(block, *arguments) for block in self.blocks))

    def paired(self, function: Callable[..., Any], parts: Sequence[Any]) -> InProcess:
        """See `Engine.paired`."""
        return InProcess(
            tuple(function(block, part) for block, part in zip(self.blocks, parts, strict=True))
        )

    def sums(self, function: Callable[..., Arrays], *arguments: Any) -> Arrays:
        """See `Engine.sums`."""
        return added(function(block, *arguments) for block in self.blocks)

    def gathered(self, function: Callable[..., Any], *arguments: Any) -> list[Any]:
        """See `Engine.gathered`."""
        return [function(block, *arguments) for block in self.blocks]


def added(parts: Iterable[Arrays]) -> Arrays:
    """The arrays of every part added up, in the order of the parts."""
    following = iter(parts)
    totals = next(following, None)
    if totals is None:
        raise ValueError("there is no block to add up")
    for place, part in enumerate(following):
        if place == 0:
            totals = tuple(np.array(array) for array in totals)
        for total, array in zip(totals, part, strict=True):
            total += array
    return totals
