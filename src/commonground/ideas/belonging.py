"""How strongly a statement belongs to groups of others: by where its nearest neighbours stand."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from commonground.ideas.nearness import Neighbours

ALSO = 0.35
"""Share of a statement's ties from which it is suggested for a second group as well."""
JOINS = 0.5
"""Share of a statement's ties from which it joins a group that stands already."""


def shares(
    near: Neighbours, groups: Mapping[Hashable, Sequence[int]], least: float
) -> list[dict[Hashable, float]]:
    """For each row, the share of its ties (those of at least `least`) that lead into each group."""
    homes: dict[int, list[Hashable]] = {}
    for key, rows in groups.items():
        for row in rows:
            homes.setdefault(row, []).append(key)
    found: list[dict[Hashable, float]] = []
    for others, weights in zip(near.rows.tolist(), near.nearness.tolist(), strict=True):
        ties = [(other, weight) for other, weight in zip(others, weights, strict=True)]
        ties = [(other, weight) for other, weight in ties if weight >= least]
        total = sum(weight for _, weight in ties)
        mine: dict[Hashable, float] = {}
        for other, weight in ties:
            for key in homes.get(other, ()):
                mine[key] = mine.get(key, 0.0) + weight / total
        found.append(mine)
    return found


def best(mine: Mapping[Hashable, float]) -> tuple[Hashable | None, float]:
    """The group with the largest share; the lower key where two are equal."""
    if not mine:
        return None, 0.0
    key = min(mine, key=lambda one: (-mine[one], str(one)))
    return key, mine[key]
