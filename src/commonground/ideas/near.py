"""Which idea, among those that people arranged, a statement may belong to."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

import numpy as np

from commonground.ideas.nearness import table_of
from commonground.ideas.suggestions import NearIdea
from commonground.vectors import Vectors
from commonground.words import tidy

_LEAST = 0.05
_MEAN_OF = 10
"""Statements from which on vectors are read: the mean of fewer is mostly the statements themselves,
and less that mean even two that say the same point apart."""


def nearest_ideas(
    text: str,
    ids: Sequence[Hashable],
    texts: Sequence[str],
    placed: Mapping[Hashable, Collection[Hashable]],
    *,
    vector: Vectors | None = None,
    vectors: Vectors | None = None,
    limit: int = 3,
) -> tuple[NearIdea, ...]:
    """Ideas whose statements are nearest to `text`, nearest first; empty when nothing is near.

    ids, texts: the statements; placed: for each arranged statement the ideas it stands in.
    vector, vectors: of `text`, shape (d,), and of `texts`, shape (n, d), by one model; both or
    neither; read when there are at least ten arranged statements. An idea is as near as the mean of
    its two nearest statements (of its one, if it has one).
    """
    if (vector is None) != (vectors is None):
        raise ValueError("give a vector for the text and vectors for the statements, or neither")
    rows = [row for row, one in enumerate(ids) if placed.get(one)]
    if not rows:
        return ()
    given = None
    if vector is not None and vectors is not None and len(rows) >= _MEAN_OF:
        given = np.vstack([vectors[rows], vector]).astype(np.float32)
    table = table_of([*(tidy(texts[row]) for row in rows), tidy(text)], given)
    last = len(rows)
    nearness = table.nearness(slice(last, last + 1), slice(0, last)).ravel()
    per_idea: dict[Hashable, list[tuple[float, Hashable]]] = {}
    for row, near in zip(rows, nearness.tolist(), strict=True):
        for idea in placed[ids[row]]:
            per_idea.setdefault(idea, []).append((near, ids[row]))
    found = []
    for idea, members in per_idea.items():
        members.sort(key=lambda one: (-one[0], str(one[1])))
        score = sum(near for near, _ in members[:2]) / len(members[:2])
        if score > _LEAST:
            found.append(NearIdea(idea, min(1.0, score), members[0][1]))
    found.sort(key=lambda one: (-one.score, str(one.idea)))
    return tuple(found[:limit])
