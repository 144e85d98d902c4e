"""Suggests connected ideas among statements, around what people have arranged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from commonground.ideas.belonging import ALSO, JOINS, best, shares
from commonground.ideas.communities import communities
from commonground.ideas.hierarchy import MOST, joined
from commonground.ideas.names import different_names, name_groups
from commonground.ideas.nearness import Neighbours, Table, neighbours, table_of
from commonground.ideas.suggestions import Detail, IdeaLevel, IdeaSuggestions, SuggestedIdea
from commonground.vectors import Vectors
from commonground.words import tidy

_NEIGHBOURS = 5
_LEAST_JOINED = {Detail.FEWER: 0.12, Detail.MIDDLE: 0.2, Detail.MORE: 0.3}
"""How near the statements of one idea are on average; chosen on ArgKP train."""
_SPLIT_FIRST = 2.0
"""Resolution of the first split where there are too many statements to compare all at once."""
_LEAST_TIE = {Detail.FEWER: 0.14, Detail.MIDDLE: 0.18, Detail.MORE: 0.22}
"""Nearness under which two statements are not tied. Of statements on another subject set among
those of one (ArgKP train), half have no tie of 0.18 and more; of those on the subject, nearly all
have one of 0.22."""
_MANY_NEW = 0.2
"""Share of new statements from which earlier suggestions are not built on but made afresh."""

NameHook = Callable[[Sequence[str], Sequence[str]], str | None]
"""Given the texts of an idea and the phrases we found, a better name; None keeps ours."""


@dataclass(frozen=True, slots=True)
class _Statements:
    """What is suggested on, in one order whatever the order it came in."""

    ids: list[Hashable]
    texts: list[str]
    table: Table
    near: Neighbours
    arranged: Mapping[Hashable, tuple[Hashable, ...]]

    @property
    def free(self) -> list[int]:
        return [row for row, one in enumerate(self.ids) if one not in self.arranged]


@dataclass(slots=True)
class _Group:
    """An idea in the making: rows that a person put there, and rows that we suggest."""

    made_by_person: bool
    arranged: list[int]
    suggested: list[int]


def suggest_ideas(
    ids: Sequence[Hashable],
    texts: Sequence[str],
    vectors: Vectors | None = None,
    *,
    placed: Mapping[Hashable, Collection[Hashable]] | None = None,
    detail: Detail | None = None,
    earlier: IdeaSuggestions | None = None,
    name_hook: NameHook | None = None,
    random_state: int = 0,
) -> IdeaSuggestions:
    """Suggested ideas at every level of detail, or at one.

    vectors: float32, shape (n, d), unit rows; without them shared words decide.
    placed: for each statement that a person has arranged, the ideas it stands in. It stays there
        and nowhere else; only the rest is suggested, into these ideas and around them. An empty
        collection means that a person wants it in none.
    earlier: suggestions made before for most of the same statements. They stand, and only new
        statements are placed, unless more than a fifth are new.
    name_hook: asked for a better name of each idea that no person made.
    The same statements give the same ideas in whatever order they come.
    """
    statements = _in_one_order(ids, texts, vectors, placed or {})
    wanted = list(Detail) if detail is None else [detail]
    before = {one.detail: one for one in earlier.levels} if earlier is not None else {}
    return IdeaSuggestions(
        tuple(_level(one, statements, before.get(one), name_hook, random_state) for one in wanted)
    )


def _in_one_order(
    ids: Sequence[Hashable],
    texts: Sequence[str],
    vectors: Vectors | None,
    placed: Mapping[Hashable, Collection[Hashable]],
) -> _Statements:
    if len(ids) != len(texts):
        raise ValueError(f"{len(ids)} ids were given with {len(texts)} texts")
    if vectors is not None and len(vectors) != len(ids):
        raise ValueError(f"{len(ids)} ids were given with {len(vectors)} vectors")
    if len(set(ids)) != len(ids):
        raise ValueError("an id was given twice")
    tidied = [tidy(text) for text in texts]
    order = sorted(range(len(ids)), key=lambda at: (tidied[at], str(ids[at])))
    in_order = [tidied[at] for at in order]
    rows = None if vectors is None else np.asarray(vectors, dtype=np.float32)[order]
    table = table_of(in_order, rows)
    near = neighbours(table, _NEIGHBOURS)
    arranged = {key: tuple(value) for key, value in placed.items()}
    return _Statements([ids[at] for at in order], in_order, table, near, arranged)


def _level(
    detail: Detail,
    statements: _Statements,
    before: IdeaLevel | None,
    name_hook: NameHook | None,
    random_state: int,
) -> IdeaLevel:
    least = _LEAST_TIE[detail]
    groups = _made_by_people(statements)
    free = statements.free
    if before is not None:
        groups |= _carried_over(statements, before, free)
    taken = {row for group in groups.values() for row in group.suggested}
    free = _join_standing(statements, groups, [row for row in free if row not in taken], least)
    for some in _few_enough(statements, free, random_state):
        for rows in joined(statements.table, some, _LEAST_JOINED[detail]):
            groups[_key(statements.texts[row] for row in rows)] = _Group(False, [], rows)
    _add_seconds(statements, groups, taken, least)
    return _named(detail, statements, groups, name_hook)


def _few_enough(
    statements: _Statements, free: Sequence[int], random_state: int
) -> list[Sequence[int]]:
    """The free rows, split into communities first where there are very many."""
    if len(free) <= MOST:
        return [free]
    least = _LEAST_TIE[Detail.MIDDLE]
    found = communities(statements.near, free, least, _SPLIT_FIRST, random_state)
    return [some[start : start + MOST] for some in found for start in range(0, len(some), MOST)]


def _made_by_people(statements: _Statements) -> dict[Hashable, _Group]:
    groups: dict[Hashable, _Group] = {}
    for row, one in enumerate(statements.ids):
        for idea in statements.arranged.get(one, ()):
            groups.setdefault(idea, _Group(True, [], [])).arranged.append(row)
    return groups


def _carried_over(
    statements: _Statements, before: IdeaLevel, free: Sequence[int]
) -> dict[Hashable, _Group]:
    """The earlier ideas that nobody made, with those of their members that are still free."""
    row_of = {statements.ids[row]: row for row in free}
    seen = {one for idea in before.ideas for one in idea.members} | set(before.in_none)
    if sum(one not in seen for one in row_of) > _MANY_NEW * len(row_of):
        return {}
    groups = {}
    for idea in before.ideas:
        still = [row_of[one] for one in idea.suggested if one in row_of]
        if not idea.made_by_person and len(still) > 1:
            groups[idea.key] = _Group(False, [], still)
    return groups


def _join_standing(
    statements: _Statements, groups: dict[Hashable, _Group], free: Sequence[int], least: float
) -> list[int]:
    """Suggest free rows for standing groups that hold most of their ties; return the others."""
    standing = {key: group.arranged + group.suggested for key, group in groups.items()}
    mine = shares(statements.near, standing, least)
    left = []
    for row in free:
        key, share = best(mine[row])
        if key is not None and share >= JOINS:
            groups[key].suggested.append(row)
        else:
            left.append(row)
    return left


def _add_seconds(
    statements: _Statements,
    groups: dict[Hashable, _Group],
    carried: Collection[int],
    least: float,
) -> None:
    """Suggest a statement for a second idea where many of its ties lead; sort by belonging."""
    members = {key: group.arranged + group.suggested for key, group in groups.items()}
    mine = shares(statements.near, members, least)
    for row in statements.free:
        if row in carried:
            continue
        homes = [key for key, rows in members.items() if row in rows]
        if len(homes) == 1:
            others = {key: share for key, share in mine[row].items() if key != homes[0]}
            key, share = best(others)
            if key is not None and share >= ALSO:
                groups[key].suggested.append(row)
    for key, group in groups.items():
        group.suggested.sort(key=lambda row: (-mine[row].get(key, 0.0), row))


def _named(
    detail: Detail,
    statements: _Statements,
    groups: Mapping[Hashable, _Group],
    name_hook: NameHook | None,
) -> IdeaLevel:
    texts = {
        key: [statements.texts[row] for row in group.arranged + group.suggested]
        for key, group in groups.items()
    }
    phrases = dict(zip(texts, name_groups(list(texts.values())), strict=True))
    largest_first = sorted(groups, key=lambda key: (-len(texts[key]), str(key)))
    names = dict(
        zip(largest_first, different_names([phrases[key] for key in largest_first]), strict=True)
    )
    ideas = []
    for key, group in groups.items():
        name = names[key]
        if name_hook is not None and not group.made_by_person:
            name = name_hook(texts[key], phrases[key]) or name
        ideas.append(
            SuggestedIdea(
                key=key,
                made_by_person=group.made_by_person,
                name=name,
                phrases=phrases[key],
                arranged=tuple(statements.ids[row] for row in group.arranged),
                suggested=tuple(statements.ids[row] for row in group.suggested),
            )
        )
    ideas.sort(key=lambda one: (-len(one.members), str(one.key)))
    somewhere = {one for idea in ideas for one in idea.members}
    nowhere = [statements.ids[row] for row in statements.free]
    return IdeaLevel(detail, tuple(ideas), tuple(one for one in nowhere if one not in somewhere))


def _key(texts: Iterable[str]) -> str:
    return sha256("\n".join(sorted(texts)).encode("utf-8", "replace")).hexdigest()[:12]
