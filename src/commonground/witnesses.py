"""Ways to answer that show what is possible where facts about people overlap.

A system holds bounds on how many of some blocks of people agree, and disagree. For each block it is
asked whether some of it could agree, some not agree, some disagree and some not disagree. A
*witness* is one way for everybody to answer that keeps all bounds; it shows many of these at once,
and so do the ways beside it, where one person more or fewer answers so. What no witness shows is
looked for by itself, in whole numbers, until one is found or there is none: the answer does not
depend on where the looking began.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from commonground.linear import Programme
from commonground.nested import are_nested

Floats = NDArray[np.float64]

_CORNERS = 6
"""Corners looked at before each condition is looked for by itself."""
_LOOKED_BESIDE = 12
"""Witnesses found before of which the ways beside them are looked at."""
_KEPT = 256
_NEARLY_WHOLE = 1e-6


class Witnesses:
    """Ways to answer that were possible once, by the blocks as they come, before facts join them.

    To be used while the blocks stay the same: for the figures of one cluster at one time.
    """

    def __init__(self) -> None:
        self._kept: deque[Floats] = deque(maxlen=_KEPT)

    def add(self, system: System, point: Floats) -> None:
        self._kept.append(system.spread(point))

    def of(self, system: System) -> Floats:
        """Those that keep the bounds of this system, the newest first; shape (ways, 2 * blocks)."""
        count = len(system.sizes)
        if not self._kept:
            return np.zeros((0, 2 * count))
        everybody = np.array(self._kept)[::-1, :, system.told]
        points = np.zeros((len(everybody), 2, count))
        for place, block in enumerate(system.joined):
            points[:, :, block] += everybody[:, :, place]
        flat = points.reshape(len(points), 2 * count)
        said = flat @ system.rows.T
        return flat[((said >= system.lowest) & (said <= system.highest)).all(axis=1)]


@dataclass(frozen=True)
class System:
    """Bounds over x = (agreeing of each block, disagreeing of each block).

    Blocks in exactly the same facts are one here: `told` are the places of those that any fact is
    about, and `joined` the block that each of them is part of. `people`: of all as they come.
    """

    people: Floats
    told: NDArray[np.intp]
    joined: NDArray[np.intp]
    sizes: Floats
    rows: Floats
    lowest: Floats
    highest: Floats
    laminar: bool
    sets: Floats
    agree: Floats
    disagree: Floats
    tree: bool

    @classmethod
    def of(cls, people: Floats, inside: NDArray[np.int8], agree: Floats, against: Floats) -> System:
        """`inside`: which blocks each fact is about, shape (facts, blocks). `agree`, `against`:
        the lowest and highest count of each fact, shape (facts, 2)."""
        told = np.flatnonzero(inside.any(axis=0) & (people > 0))
        alike, which = np.unique(inside[:, told], axis=1, return_inverse=True)
        sizes = np.zeros(alike.shape[1])
        np.add.at(sizes, which.ravel(), people[told])
        sets = alike.astype(np.float64)
        everybody = sets @ sizes
        says_agree = (agree[:, 0] > 0) | (agree[:, 1] < everybody)
        says_against = (against[:, 0] > 0) | (against[:, 1] < everybody)
        says = says_agree | says_against
        nothing = np.zeros_like(sets)
        return cls(
            people=people,
            told=told,
            joined=which.ravel(),
            sizes=sizes,
            rows=np.vstack(
                [np.hstack([sets, nothing])[says_agree], np.hstack([nothing, sets])[says_against]]
            ),
            lowest=np.concatenate([agree[says_agree, 0], against[says_against, 0]]),
            highest=np.concatenate([agree[says_agree, 1], against[says_against, 1]]),
            laminar=are_nested(sets[says_agree]) and are_nested(sets[says_against]),
            sets=sets[says],
            agree=agree[says],
            disagree=against[says],
            tree=are_nested(sets[says]),
        )

    def spread(self, point: Floats) -> Floats:
        """A point by the blocks as they come, shape (2, all blocks): those of one stand in a row,
        and the first of them agree, the next disagree."""
        count = len(self.sizes)
        spread = np.zeros((2, len(self.people)))
        before = np.zeros(count)
        for place, block in zip(self.told, self.joined, strict=True):
            start, size = before[block], self.people[place]
            agree, both = point[block], point[block] + point[count + block]
            spread[0, place] = min(size, max(0.0, agree - start))
            spread[1, place] = min(size, max(0.0, both - start)) - spread[0, place]
            before[block] += size
        return spread

    def each_is_possible(self, witnesses: Witnesses) -> bool:
        """Whether each condition for safety is met by some point in whole numbers."""
        conditions = _Conditions(self)
        before = witnesses.of(self)
        conditions.take_in(before)
        for point in before[:_LOOKED_BESIDE]:
            if conditions.all_met:
                break
            conditions.meet(point)
        # Nothing to begin with: from the middle most is seen. Whether there is room at all is asked
        # once corners did not show all, and at once where not even one way is known.
        from_nothing = not len(before)
        for attempt in range(1 + _CORNERS):
            if conditions.all_met:
                return True
            begin = from_nothing and attempt == 0
            point = self._middle() if begin else self._corner(conditions.direction())
            if point is not None:
                witnesses.add(self, point)
                conditions.meet(point)
            ask = attempt == (0 if from_nothing else 2)
            if ask and not conditions.all_met and not self.has_room():
                return False
        return self._each_by_itself(conditions, witnesses)

    def has_room(self) -> bool:
        """Whether fractions of people could meet all conditions. Where whole people can, they do:
        the mean of one witness for each condition meets all of them by this much."""
        return self.satisfiable(slack=1 / (4 * len(self.sizes) + 1))

    def satisfiable(self, *, slack: float = 0.0) -> bool:
        """Whether all bounds can hold at once, each condition for safety met by the slack."""
        nothing = np.zeros(len(self.most))
        return self._programme.least(nothing, low=slack, high=self.most - slack) is not None

    def _middle(self) -> Floats | None:
        """A point in whole numbers that keeps one person away from the bounds where it can."""
        wide = np.flatnonzero(self.highest - self.lowest >= 2)
        keeps = np.eye(len(self.rows))[:, wide]
        anything = np.full(len(self.rows), np.inf)
        programme = Programme(
            np.block(
                [
                    [self.rows, -keeps],
                    [self.rows, keeps],
                    [self._one_answer, np.zeros((len(self.sizes), len(wide)))],
                ]
            ),
            np.concatenate([self.lowest, -anything, 0 * self.sizes]),
            np.concatenate([anything, self.highest, self.sizes]),
            np.concatenate([self.most, np.ones(len(wide))]),
        )
        found = programme.least(np.repeat([0.0, -1.0], [len(self.most), len(wide)]))
        return _whole(found, len(self.most))

    def _corner(self, direction: Floats) -> Floats | None:
        """The possible point that makes this smallest, where it is in whole numbers."""
        return _whole(self._programme.least(direction), len(direction))

    def _each_by_itself(self, conditions: _Conditions, witnesses: Witnesses) -> bool:
        """The same, by whole numbers for what no point has shown; each is found, or cannot be."""
        # The direction only says where more may be shown.
        programme = Programme(*self._bounds, self.most, whole=True)
        for wanted, fewest, highest in (
            (conditions.some, 1.0, self.most),
            (conditions.not_all, 0.0, self.most - 1),
        ):
            for place in range(len(self.most)):
                if wanted[place]:
                    continue
                low, high = np.zeros(len(self.most)), self.most.copy()
                low[place], high[place] = fewest, highest[place]
                found = programme.least(conditions.direction(), low=low, high=high)
                if found is None:
                    return False
                point = np.rint(found)
                witnesses.add(self, point)
                conditions.meet(point)
        return True

    @cached_property
    def most(self) -> Floats:
        """How many can stand in each place of a point: agreeing of each block, then disagreeing."""
        return np.tile(self.sizes, 2)

    @cached_property
    def _programme(self) -> Programme:
        return Programme(*self._bounds, self.most)

    @cached_property
    def _bounds(self) -> tuple[Floats, Floats, Floats]:
        """Every bound, and that nobody of a block gives two answers: rows, lowest, highest."""
        return (
            np.vstack([self.rows, self._one_answer]),
            np.concatenate([self.lowest, 0 * self.sizes]),
            np.concatenate([self.highest, self.sizes]),
        )

    @cached_property
    def _one_answer(self) -> Floats:
        return np.tile(np.eye(len(self.sizes)), 2)


def _whole(found: Floats | None, count: int) -> Floats | None:
    """The first numbers of a solution, where there is one and they are whole."""
    if found is None:
        return None
    point = found[:count]
    return np.rint(point) if np.abs(point - np.rint(point)).max() < _NEARLY_WHOLE else None


class _Conditions:
    """Which conditions for safety some point in whole numbers has shown to be possible.

    Places are those of the points: agreeing of each block, then disagreeing of each block.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.most = system.most
        self.some = np.zeros(len(self.most), dtype=bool)  # more than nobody of the block
        self.not_all = np.zeros(len(self.most), dtype=bool)  # fewer than all of it

    @property
    def all_met(self) -> bool:
        return bool(self.some.all() and self.not_all.all())

    def direction(self) -> Floats:
        """What to make small so that a point meets what none has met."""
        return np.asarray(self.some.astype(float) - self.not_all.astype(float))

    def take_in(self, points: Floats) -> None:
        """Take in points by themselves; shape (points, places)."""
        self.some |= (points > 0).any(axis=0)
        self.not_all |= (points < self.most).any(axis=0)

    def meet(self, point: Floats) -> None:
        """Take in a point, and those beside it: one person more here, one fewer there."""
        self.some |= point > 0
        self.not_all |= point < self.most
        told = self.system.rows @ point
        count = len(self.system.sizes)
        free = np.tile(point[:count] + point[count:] < self.system.sizes, 2)
        full = self.system.rows[told >= self.system.highest]
        least = self.system.rows[told <= self.system.lowest]
        for met, beside in ((self.some, _can_rise), (self.not_all, _can_fall)):
            wanted = np.flatnonzero(~met)
            if len(wanted):
                met[wanted] = beside(wanted, point, free, full, least)


def _can_rise(
    wanted: NDArray[np.intp],
    point: Floats,
    free: NDArray[np.bool_],
    full: Floats,
    least: Floats,
) -> NDArray[np.bool_]:
    """Whether one person more may stand in each wanted place, alone or instead of another.

    `free`: places in whose block somebody has no place yet. `full`, `least`: facts (rows) that
    allow nobody more, and nobody fewer.
    """
    alone = free[wanted] & ~full[:, wanted].any(axis=0)
    # Instead of `other`: every full fact around the one holds the other, and the other's facts
    # that allow nobody fewer hold the one. Both of one block, or a block with room.
    stopped = full[:, wanted].T @ (1 - full) + (1 - least[:, wanted]).T @ least
    count = len(point) // 2
    same_block = (wanted[:, None] % count) == (np.arange(len(point))[None, :] % count)
    may = (stopped == 0) & (point > 0)[None, :] & (same_block | free[wanted][:, None])
    return np.asarray(alone | may.any(axis=1))


def _can_fall(
    wanted: NDArray[np.intp],
    point: Floats,
    free: NDArray[np.bool_],
    full: Floats,
    least: Floats,
) -> NDArray[np.bool_]:
    """Whether one person fewer may stand in each wanted place, alone or with another instead."""
    alone = ~least[:, wanted].any(axis=0)
    stopped = least[:, wanted].T @ (1 - least) + (1 - full[:, wanted]).T @ full
    count = len(point) // 2
    same_block = (wanted[:, None] % count) == (np.arange(len(point))[None, :] % count)
    may = (stopped == 0) & (same_block | free[None, :])
    may[np.arange(len(wanted)), wanted] = False
    return np.asarray(alone | may.any(axis=1))
