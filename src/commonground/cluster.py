"""Blocks of participants on the workers of a Dask cluster.

The blocks stay on the workers; only sums of the size of the statements travel. Needs the extra
`dask`. With a client of any cluster, on one machine or many:

    from distributed import Client
    from commonground.cluster import OnCluster
    from commonground.opinion_groups.in_blocks import find_groups_in_blocks

    client = Client("tcp://scheduler.example:8786")
    engine = OnCluster.loaded(client, read_one_file, ["part-0.parquet", "part-1.parquet"])
    found = find_groups_in_blocks(engine)

`read_one_file(path)` runs on a worker and returns `Votes`; every part needs the same list of
statements (`all_statements`), and all the answers of a person must be in one part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from commonground.blocks import Arrays, added


@dataclass(frozen=True)
class OnCluster:
    """An `Engine` whose blocks are futures of a Dask client."""

    client: Any
    """A `distributed.Client`."""
    blocks: tuple[Any, ...]
    """One future for each block."""

    @classmethod
    def of(cls, client: Any, blocks: Iterable[Any]) -> OnCluster:
        """Send blocks from here to the workers, spread evenly."""
        return cls(client, tuple(client.scatter(list(blocks), hash=False)))

    @classmethod
    def loaded(cls, client: Any, load: Callable[[Any], Any], parts: Iterable[Any]) -> OnCluster:
        """Let the workers load the blocks themselves: `load(part)` for each part."""
        return cls(client, tuple(client.map(load, list(parts), pure=False)))

    def prepared(self, function: Callable[..., Any], *arguments: Any) -> OnCluster:
        """See `Engine.prepared`."""
        return OnCluster(self.client, tuple(self._asked(function, arguments)))

    def paired(self, function: Callable[..., Any], parts: Sequence[Any]) -> OnCluster:
        """See `Engine.paired`."""
        return OnCluster(
            self.client,
            tuple(
                self.client.submit(function, block, part, pure=False)
                for block, part in zip(self.blocks, parts, strict=True)
            ),
        )

    def sums(self, function: Callable[..., Arrays], *arguments: Any) -> Arrays:
        """See `Engine.sums`. Added up in the order of the blocks, so the same on every run."""
        return added(self.client.gather(self._asked(function, arguments)))

    def gathered(self, function: Callable[..., Any], *arguments: Any) -> list[Any]:
        """See `Engine.gathered`."""
        return list(self.client.gather(self._asked(function, arguments)))

    def _asked(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> list[Any]:
        return [
            self.client.submit(function, block, *arguments, pure=False) for block in self.blocks
        ]
