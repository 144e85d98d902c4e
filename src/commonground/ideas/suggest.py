"""Suggests connected ideas among statements, around what people have arranged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from hashlib import sha256

import numpy as np

from commonground.ideas.communities import communities
from commonground.ideas.names import name_groups
from commonground.ideas.nearness import features, neighbours
from commonground.ideas.suggestions import Detail, IdeaLevel, IdeaSuggestions, SuggestedIdea
from commonground.vectors import Vectors
from commonground.words import tidy

_NEIGHBOURS = 5
_RESOLUTIONS = {Detail.FEWER: 0.5, Detail.MIDDLE: 1.0, Detail.MORE: 2.0}

NameHook = Callable[[Sequence[str], Sequence[str]], str | None]
"""Given the texts of an idea and the phrases we found, a better name; None keeps ours."""


def suggest_ideas(
    ids: Sequence[Hashable],
    texts: Sequence[str],
    vectors: Vectors | None = None,
    *,
    placed: Mapping[Hashable, Collection[Hashable]] | None = None,
    detail: Detail | None = None,
    name_hook: NameHook | None = None,
    random_state: int = 0,
) -> IdeaSuggestions:
    """Suggested ideas at every level of detail, or at one.

    vectors: float32, shape (n, d), unit rows; without them shared words decide.
    placed: for each statement that a person has arranged, the ideas it stands in. It stays there
    and
        nowhere else; only the rest is suggested, into these ideas and around them. An empty
        collection means that a person wants it in none.
    The same statements give the same ideas in whatever order they come.
    """
    if len(ids) != len(texts):
        raise ValueError(f"{len(ids)} ids were given with {len(texts)} texts")
    if vectors is not None and len(vectors) != len(ids):
        raise ValueError(f"{len(ids)} ids were given with {len(vectors)} vectors")
    tidied = [tidy(text) for text in texts]
    order = sorted(range(len(ids)), key=lambda at: (tidied[at], str(ids[at])))
    ids = [ids[at] for at in order]
    tidied = [tidied[at] for at in order]
    if vectors is not None:
        vectors = np.asarray(vectors, dtype=np.float32)[order]
    arranged = {} if placed is None else {key: tuple(value) for key, value in placed.items()}
    wanted = list(Detail) if detail is None else [detail]
    levels = tuple(
        _level(one, ids, tidied, vectors, arranged, name_hook, random_state) for one in wanted
    )
    return IdeaSuggestions(levels)


def _level(
    detail: Detail,
    ids: Sequence[Hashable],
    texts: Sequence[str],
    vectors: Vectors | None,
    arranged: Mapping[Hashable, tuple[Hashable, ...]],
    name_hook: NameHook | None,
    random_state: int,
) -> IdeaLevel:
    made: dict[Hashable, list[int]] = {}
    for row, one in enumerate(ids):
        for idea in arranged.get(one, ()):
            made.setdefault(idea, []).append(row)
    free = [row for row, one in enumerate(ids) if one not in arranged]
    groups: list[list[int]] = []
    if len(free) > 2:
        table = features([texts[row] for row in free], None if vectors is None else vectors[free])
        nearest, nearness = neighbours(table, _NEIGHBOURS)
        found = communities(nearest, nearness, _RESOLUTIONS[detail], random_state)
        groups = [[free[at] for at in group] for group in found if len(group) > 1]
    in_some = {row for group in groups for row in group}
    names = name_groups([[texts[row] for row in rows] for rows in (*made.values(), *groups)])
    ideas = []
    for at, (key, rows) in enumerate(made.items()):
        ideas.append(_idea(key, True, names[at], rows, [], ids, texts, name_hook))
    for at, rows in enumerate(groups, start=len(made)):
        key = sha256("\n".join(sorted(texts[row] for row in rows)).encode()).hexdigest()[:12]
        ideas.append(_idea(key, False, names[at], [], rows, ids, texts, name_hook))
    ideas.sort(key=lambda one: (-len(one.members), str(one.key)))
    return IdeaLevel(detail, tuple(ideas), tuple(ids[row] for row in free if row not in in_some))


def _idea(
    key: Hashable,
    made_by_person: bool,
    phrases: tuple[str, ...],
    arranged: Sequence[int],
    suggested: Sequence[int],
    ids: Sequence[Hashable],
    texts: Sequence[str],
    name_hook: NameHook | None,
) -> SuggestedIdea:
    name = phrases[0] if phrases else ""
    if name_hook is not None and not made_by_person:
        name = name_hook([texts[row] for row in (*arranged, *suggested)], phrases) or name
    return SuggestedIdea(
        key,
        made_by_person,
        name,
        phrases,
        tuple(ids[row] for row in arranged),
        tuple(ids[row] for row in suggested),
    )
