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

from commonground.nested import possible
from commonground.witnesses import System, Witnesses


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


def verdict(known: Known, witnesses: Witnesses | None = None) -> Verdict:
    """Whether the facts tell anybody's answer. Looks at what hangs together with the last fact.

    With `a` and `d` the people of a block of `s` who agree and disagree, nobody in it is told when
    a > 0, a < s, d > 0 and d < s are each possible. Blocks in exactly the same facts are taken as
    one: what is possible for the sum is possible for each part.

    Where the facts nest or keep apart (partner groups without members in common), what is possible
    is worked out exactly (`nested`). Where only those about agreeing do, and by themselves those
    about disagreeing, the bounds form two laminar families; every corner is then in whole numbers
    (Edmonds 1970), and one linear programme answers for all conditions together. Otherwise ways to
    answer are looked for that show each condition to be possible (`witnesses`). The verdict is the
    same whatever `witnesses` holds: it only saves looking for what was found before.
    """
    system = _system(known)
    if system.tree:
        return _in_tree(system)
    if not system.laminar:
        safe = system.each_is_possible(Witnesses() if witnesses is None else witnesses)
    else:
        safe = system.has_room()
    if safe:
        return Verdict.SAFE
    return Verdict.TELLS if system.satisfiable() else Verdict.IMPOSSIBLE


def _system(known: Known) -> System:
    connected = _connected(known.facts)
    inside = np.zeros((len(connected), len(known.blocks)), dtype=np.int8)
    for row, fact in enumerate(connected):
        inside[row, list(fact.blocks)] = 1
    return System.of(
        np.array([block.people for block in known.blocks], dtype=np.float64),
        inside,
        np.array([[f.agree.lowest, f.agree.highest] for f in connected], dtype=np.float64),
        np.array([[f.disagree.lowest, f.disagree.highest] for f in connected], dtype=np.float64),
    )


def _in_tree(system: System) -> Verdict:
    """The verdict where all facts nest or keep apart."""
    found = possible(system.sizes, system.sets, system.agree, system.disagree)
    if found is None:
        return Verdict.IMPOSSIBLE
    safe = (
        (found.agree_high > 0)
        & (found.agree_low < system.sizes)
        & (found.disagree_high > 0)
        & (found.disagree_low < system.sizes)
    )
    return Verdict.SAFE if safe.all() else Verdict.TELLS


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
