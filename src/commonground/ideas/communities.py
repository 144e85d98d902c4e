"""Communities of a nearest-neighbour graph, by the Leiden method."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def communities(
    nearest: npt.NDArray[np.int64],
    nearness: npt.NDArray[np.float32],
    resolution: float,
    random_state: int,
) -> list[list[int]]:
    """Groups of rows, largest first: modularity at `resolution`.

    Traag, Waltman and van Eck, "From Louvain to Leiden" (2019).
    """
    edges: dict[tuple[int, int], float] = {}
    for row, (others, weights) in enumerate(zip(nearest.tolist(), nearness.tolist(), strict=True)):
        for other, weight in zip(others, weights, strict=True):
            if weight > 0:
                edges[min(row, other), max(row, other)] = weight
    if not edges:
        return []
    try:
        import graspologic_native
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            "Connected ideas need the package graspologic-native:"
            " pip install 'commonground[language]'"
        ) from missing
    _, found = graspologic_native.leiden(
        [(str(one), str(other), weight) for (one, other), weight in sorted(edges.items())],
        resolution=resolution,
        seed=random_state,
        trials=5,
    )
    groups: dict[int, list[int]] = {}
    for row in sorted(found, key=int):
        groups.setdefault(found[row], []).append(int(row))
    return sorted(groups.values(), key=lambda group: (-len(group), group))
