"""What somebody could work out from everything that was ever shown of one cluster's answers.

The attacker here knows who is in which partner group and when each person answered, how the figures
are made, and has kept every page. People of the same groups who came between the same two pages
look the same to them: a *block*. Each figure that was shown is a *fact*: bounds on how many of some
blocks agree, and on how many disagree. Somebody's answer is told when every way to fill the blocks
that fits all facts has their whole block agree, or has nobody of it agree, and likewise disagree.

Whether a figure may be shown is decided from the blocks and the facts alone, never from the true
answers, so that a figure which is held back tells nothing either.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from commonground.nested import are_nested, possible

_SEARCHES = 6
"""Integer programmes at most for one verdict; a condition that is not shown counts as not met."""


_NEARLY_WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class Block:
    """People whom nobody can tell apart. Gone: they were counted once and are no longer."""

    membership: frozenset[str]
    people: int
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From the lowest to the highest number of people, both included."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Fact:
    """What was shown about the people of some blocks (places in the list of blocks)."""

    holder: str
    blocks: tuple[int, ...]
    agree: Range
    disagree: Range


@dataclass(frozen=True, slots=True)
class Known:
    """The blocks of people, and every fact shown about them, in the order in which they came."""

    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()

    def with_people(self, people: Mapping[frozenset[str], int]) -> Known:
        """With those who came since as new blocks, and those who went marked as gone.

        `people`: everybody who is counted now, by membership. Which people went is not known from
        counts: the last to come are taken to be gone.
        """
        blocks, facts = list(self.blocks), list(self.facts)
        there: dict[frozenset[str], int] = {}
        for block in blocks:
            if not block.gone:
                there[block.membership] = there.get(block.membership, 0) + block.people
        going = {who: max(0, n - people.get(who, 0)) for who, n in there.items()}
        for place, block in reversed(list(enumerate(self.blocks))):
            leave = 0 if block.gone else min(block.people, going[block.membership])
            if not leave:
                continue
            going[block.membership] -= leave
            blocks[place] = replace(block, people=block.people - leave)
            blocks.append(Block(block.membership, leave, gone=True))
            facts = [
                replace(fact, blocks=(*fact.blocks, len(blocks) - 1))
                if place in fact.blocks
                else fact
                for fact in facts
            ]
        for who in sorted(people, key=sorted):
            if people[who] > there.get(who, 0):
                blocks.append(Block(who, people[who] - there.get(who, 0)))
        return Known(tuple(blocks), tuple(facts))

    def and_fact(self, fact: Fact) -> Known:
        """With one fact more."""
        return replace(self, facts=(*self.facts, fact))

    def possible(self, places: Collection[int]) -> tuple[Range, Range]:
        """Bounds on how many of these blocks agree, and disagree, from each fact by itself."""
        mine = set(places)
        people = sum(self.blocks[place].people for place in mine)
        agree, against = [0, people], [0, people]
        for fact in self.facts:
            beyond = sum(self.blocks[place].people for place in mine.difference(fact.blocks))
            outside = sum(self.blocks[place].people for place in set(fact.blocks) - mine)
            for bounds, told in ((agree, fact.agree), (against, fact.disagree)):
                bounds[0] = max(bounds[0], told.lowest - outside)
                bounds[1] = min(bounds[1], told.highest + beyond)
        return Range(*agree), Range(*against)

    def places(self, memberships: Collection[frozenset[str]]) -> tuple[int, ...]:
        """The blocks of people with these memberships who are still counted."""
        return tuple(
            place
            for place, block in enumerate(self.blocks)
            if block.people and not block.gone and block.membership in memberships
        )


class Verdict(Enum):
    """Of a set of facts: nobody's answer is told; somebody's is; or they cannot all be true."""

    SAFE = "safe"
    TELLS = "tells"
    IMPOSSIBLE = "impossible"


def verdict(known: Known) -> Verdict:
    """Whether the facts tell anybody's answer. Looks at what hangs together with the last fact.

    With `a` and `d` the people of a block of `s` who agree and disagree, nobody in it is told when
    a > 0, a < s, d > 0 and d < s are each possible. Blocks in exactly the same facts are taken as
    one: what is possible for the sum is possible for each part.

    Where the facts nest or keep apart (partner groups without members in common), what is possible
    is worked out exactly (`nested`). Where only those about agreeing do, and by themselves those
    about disagreeing, the bounds form two laminar families; every corner is then in whole numbers
    (Edmonds 1970), and one linear programme answers for all conditions together. Otherwise each
    condition is looked for in whole numbers, and what is not found counts as told.
    """
    system = _System.of(known.blocks, known.facts)
    if system.tree:
        return system.in_tree()
    # The mean of one witness for each condition meets all of them by this much.
    if system.satisfiable(slack=1 / (4 * len(system.sizes) + 1)):
        return Verdict.SAFE if system.laminar or system.witnessed() else Verdict.TELLS
    return Verdict.TELLS if system.satisfiable() else Verdict.IMPOSSIBLE


@dataclass(frozen=True, slots=True)
class _System:
    """Bounds over x = (agreeing of each block, disagreeing of each block)."""

    sizes: NDArray[np.float64]
    rows: NDArray[np.float64]
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]
    laminar: bool
    sets: NDArray[np.float64]
    agree: NDArray[np.float64]
    disagree: NDArray[np.float64]
    tree: bool

    @classmethod
    def of(cls, blocks: Sequence[Block], facts: Sequence[Fact]) -> _System:
        connected = _connected(facts)
        inside = np.zeros((len(connected), len(blocks)), dtype=np.int8)
        for row, fact in enumerate(connected):
            inside[row, list(fact.blocks)] = 1
        people = np.array([block.people for block in blocks], dtype=np.float64)
        told = np.flatnonzero(inside.any(axis=0) & (people > 0))
        alike, which = np.unique(inside[:, told], axis=1, return_inverse=True)
        sizes = np.zeros(alike.shape[1])
        np.add.at(sizes, which.ravel(), people[told])
        sets = alike.astype(np.float64)
        agree = np.array([[f.agree.lowest, f.agree.highest] for f in connected], dtype=float)
        against = np.array([[f.disagree.lowest, f.disagree.highest] for f in connected], float)
        everybody = sets @ sizes
        says_agree = (agree[:, 0] > 0) | (agree[:, 1] < everybody)
        says_against = (against[:, 0] > 0) | (against[:, 1] < everybody)
        says = says_agree | says_against
        nothing = np.zeros_like(sets)
        return cls(
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

    def in_tree(self) -> Verdict:
        """The verdict where all facts nest or keep apart."""
        found = possible(self.sizes, self.sets, self.agree, self.disagree)
        if found is None:
            return Verdict.IMPOSSIBLE
        safe = (
            (found.agree_high > 0)
            & (found.agree_low < self.sizes)
            & (found.disagree_high > 0)
            & (found.disagree_low < self.sizes)
        )
        return Verdict.SAFE if safe.all() else Verdict.TELLS

    def satisfiable(self, *, slack: float = 0.0) -> bool:
        """Whether all bounds can hold at once, each condition for safety met by the slack."""
        count = len(self.sizes)
        one = np.hstack([np.eye(count), np.eye(count)])
        found = linprog(
            np.zeros(2 * count),
            A_ub=np.vstack([self.rows, -self.rows, one]),
            b_ub=np.concatenate([self.highest, -self.lowest, self.sizes]),
            bounds=[(slack, size - slack) for size in np.tile(self.sizes, 2)],
            method="highs",
        )
        return found.x is not None

    def witnessed(self) -> bool:
        """Whether points in whole numbers are found that show each condition to be possible.

        Each point is sought to meet as many conditions that no point has met yet as it can.
        """
        count = len(self.sizes)
        met = np.zeros((4, count), dtype=bool)
        for _ in range(_SEARCHES):
            point = self._meeting(~met)
            if point is None:
                return False
            agree, against = point[:count], point[count:]
            now = np.vstack([agree > 0, agree < self.sizes, against > 0, against < self.sizes])
            if not (now & ~met).any():
                return False
            met |= now
            if met.all():
                return True
        return False

    def _meeting(self, wanted: NDArray[np.bool_]) -> NDArray[np.float64] | None:
        """A possible point in whole numbers that meets many of the wanted conditions.

        Each condition has a gain between 0 and 1, at most what the point leaves room for.
        """
        count = len(self.sizes)
        one, none = np.eye(count), np.zeros((count, count))
        gains = np.eye(4 * count)
        room = np.vstack(
            [
                np.hstack([-one, none]),
                np.hstack([one, none]),
                np.hstack([none, -one]),
                np.hstack([none, one]),
            ]
        )
        left = np.concatenate([np.zeros(count), self.sizes, np.zeros(count), self.sizes])
        width = 4 * count
        constraints = LinearConstraint(
            np.vstack(
                [
                    np.hstack([self.rows, np.zeros((len(self.rows), width))]),
                    np.hstack([one, one, np.zeros((count, width))]),
                    np.hstack([room, gains]),
                ]
            ),
            np.concatenate([self.lowest, np.full(5 * count, -np.inf)]),
            np.concatenate([self.highest, self.sizes, left]),
        )
        for whole in (0, 1):  # a corner is nearly always in whole numbers without asking for it
            found = milp(
                np.concatenate([np.zeros(2 * count), -wanted.ravel().astype(float)]),
                integrality=np.repeat([whole, 0], [2 * count, width]),
                bounds=Bounds(0, np.concatenate([np.tile(self.sizes, 2), np.ones(width)])),
                constraints=constraints,
                options={"node_limit": 200, "mip_rel_gap": 0.2},
            )
            if found.x is None:
                return None
            point = np.asarray(found.x[: 2 * count], dtype=np.float64)
            if np.abs(point - np.rint(point)).max() < _NEARLY_WHOLE:
                return np.rint(point)
        return None


def _connected(facts: Sequence[Fact]) -> list[Fact]:
    """The facts that share blocks with the last one, directly or through others."""
    reached, left = [facts[-1]], list(facts[:-1])
    places = set(facts[-1].blocks)
    while True:
        near = [fact for fact in left if not places.isdisjoint(fact.blocks)]
        if not near:
            return reached
        reached += near
        left = [fact for fact in left if places.isdisjoint(fact.blocks)]
        places.update(*(fact.blocks for fact in near))
