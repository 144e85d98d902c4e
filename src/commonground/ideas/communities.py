"""Communities of a nearest-neighbour graph, by the Leiden method, run often and agreed upon."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from commonground.errors import MissingExtraError
from commonground.ideas.nearness import Neighbours

_RUNS = 20
_AGREED = 0.5

Edges = Mapping[tuple[int, int], float]


def communities(
    near: Neighbours,
    rows: Collection[int],
    least: float,
    resolution: float,
    random_state: int,
) -> list[list[int]]:
    """Groups among `rows`, largest first; rows with no tie of at least `least` are in none.

    Leiden (Traag, Waltman and van Eck 2019) with modularity at `resolution`. One run hangs on the
    order in which it visits rows, so that one more statement could move many. It is run with
    twenty seeds; ties that fewer than half of the runs keep inside a group are cut, and the last
    run weighs the others by how many kept them (consensus clustering, Lancichinetti and Fortunato
    2012, on the ties alone).
    """
    among = set(rows)
    edges: dict[tuple[int, int], float] = {}
    for row in sorted(among):
        for other, weight in zip(near.rows[row].tolist(), near.nearness[row].tolist(), strict=True):
            if other in among and weight >= least:
                edges[min(row, other), max(row, other)] = weight
    if not edges:
        return []
    runs = [_leiden(edges, resolution, random_state + run) for run in range(_RUNS)]
    agreed: dict[tuple[int, int], float] = {}
    for (one, other), weight in edges.items():
        together = sum(run[one] == run[other] for run in runs) / _RUNS
        if together >= _AGREED:
            agreed[one, other] = weight * together
    if not agreed:
        return []
    groups: dict[int, list[int]] = {}
    for row, group in sorted(_leiden(agreed, resolution, random_state).items()):
        groups.setdefault(group, []).append(row)
    return sorted(groups.values(), key=lambda group: (-len(group), group))


def _leiden(edges: Edges, resolution: float, seed: int) -> dict[int, int]:
    try:
        import graspologic_native
    except ModuleNotFoundError as missing:
        raise MissingExtraError("Suggesting connected ideas", "language") from missing
    _, found = graspologic_native.leiden(
        [(str(one), str(other), weight) for (one, other), weight in sorted(edges.items())],
        resolution=resolution,
        seed=seed,
    )
    return {int(row): group for row, group in found.items()}
