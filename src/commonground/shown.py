"""What is shown of one cluster's answers, and what is kept to check the next figures against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commonground.agreement import Membership, Stance, wilson
from commonground.disclosure import Block, Fact, Known, Range
from commonground.rounding import ShareWord

_MIDDLE = {
    ShareWord.NEARLY_ALL: 0.9,
    ShareWord.MOST: 0.7,
    ShareWord.ABOUT_HALF: 0.5,
    ShareWord.SOME: 0.3,
    ShareWord.FEW: 0.1,
}
"""Where each word stands when statements are put in order."""


@dataclass(frozen=True, slots=True)
class PublicStanding:
    """What may be shown of one group's answers.

    `people`: how many answered, rounded to 5; 0 reads "a few or none" (`rounded_count`).
    `stance`: None where it cannot be shown without telling somebody's answer.
    `agree`, `disagree`: the share in a word, or the count rounded to 5 (0: "a few or none"); None
    where no more than the stance may be shown.
    """

    people: int
    stance: Stance | None
    agree: ShareWord | int | None = None
    disagree: ShareWord | int | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "people": self.people,
            "stance": None if self.stance is None else str(self.stance),
            "agree": _plain(self.agree),
            "disagree": _plain(self.disagree),
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> PublicStanding:
        """From `to_dict`."""
        return cls(
            people=kept["people"],
            stance=None if kept["stance"] is None else Stance(kept["stance"]),
            agree=_share(kept["agree"]),
            disagree=_share(kept["disagree"]),
        )


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything shown so far, as facts about blocks of people. Never to be shown itself.

    `counted`: for each figure shown, the people by membership whom it rests on.
    """

    known: Known = field(default_factory=Known)
    counted: Mapping[str, Mapping[Membership, int]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "blocks": [[sorted(b.membership), b.people, b.gone] for b in self.known.blocks],
            "facts": [
                [
                    f.holder,
                    list(f.blocks),
                    [f.agree.lowest, f.agree.highest],
                    [f.disagree.lowest, f.disagree.highest],
                ]
                for f in self.known.facts
            ],
            "counted": [
                [holder, [[sorted(who), people] for who, people in counted.items()]]
                for holder, counted in self.counted.items()
            ],
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Memory:
        """From `to_dict`."""
        return cls(
            known=Known(
                tuple(Block(frozenset(who), n, gone) for who, n, gone in kept["blocks"]),
                tuple(
                    Fact(holder, tuple(blocks), Range(*agree), Range(*disagree))
                    for holder, blocks, agree, disagree in kept["facts"]
                ),
            ),
            counted={
                holder: {frozenset(who): people for who, people in counted}
                for holder, counted in kept["counted"]
            },
        )


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Everything that may be shown of one cluster's answers, and what is kept to go on from.

    `people`: how many answered, each once, rounded to 5; 0 reads "a few or none".
    `groups`: each invited group. `pooled`: the groups with too few people; `together`: these taken
    together, None where even so they are too few. `no_group`: people in none of the groups.
    `breadth`: how many agreeing groups surely have agreeing people of their own.
    `memory`: what the next figures are checked against; private to the service.
    """

    people: int
    groups: Mapping[str, PublicStanding]
    pooled: tuple[str, ...]
    together: PublicStanding | None
    no_group: PublicStanding
    breadth: int
    memory: Memory

    def having(self, stance: Stance) -> tuple[str, ...]:
        """The groups shown with this stance, in the order in which they were invited."""
        return tuple(name for name, group in self.groups.items() if group.stance == stance)

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The groups shown as agreeing."""
        return self.having(Stance.AGREES)

    @property
    def marks(self) -> int:
        """Earned marks in public: one for each group shown as agreeing."""
        return len(self.agreeing)

    @property
    def several_partners(self) -> bool:
        """Whether public pages may say "agreed by several partners"."""
        hidden = any(group.stance is None for group in self.groups.values())
        return self.breadth >= 2 and not hidden and not self.having(Stance.DOES_NOT_AGREE)

    @property
    def order_key(self) -> tuple[int, float, int]:
        """Larger comes first, as `Agreement.order_key`, from what is shown alone.

        An order by exact counts would tell the counts of two statements that are near each other.
        """
        surest = (_lower_bound(self.groups[name]) for name in self.agreeing)
        return (self.breadth, min(surest, default=0.0), self.people)

    def public_dict(self) -> dict[str, Any]:
        """What pages, exports and APIs may show, as JSON has it."""
        return {
            "people": self.people,
            # Some stores of JSON keep names in an order of their own; a list stays as it is.
            "invited": list(self.groups),
            "groups": {name: group.to_dict() for name, group in self.groups.items()},
            "pooled": list(self.pooled),
            "together": None if self.together is None else self.together.to_dict(),
            "no_group": self.no_group.to_dict(),
            "marks": self.marks,
            "breadth": self.breadth,
            "several_partners": self.several_partners,
        }

    def to_dict(self) -> dict[str, Any]:
        """Everything, for the service to keep. Holds exact sizes: never to be shown."""
        return {**self.public_dict(), "memory": self.memory.to_dict()}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> PublicFigures:
        """From `to_dict`."""
        standing = PublicStanding.from_dict
        return cls(
            people=kept["people"],
            groups={name: standing(kept["groups"][name]) for name in kept["invited"]},
            pooled=tuple(kept["pooled"]),
            together=None if kept["together"] is None else standing(kept["together"]),
            no_group=standing(kept["no_group"]),
            breadth=kept["breadth"],
            memory=Memory.from_dict(kept["memory"]),
        )


def _lower_bound(standing: PublicStanding) -> float:
    """The lower 95% bound of the share who agree, as far as what is shown tells it."""
    people = max(standing.people, 1)
    agree = standing.agree
    share = _MIDDLE[agree] if isinstance(agree, ShareWord) else (agree or 0) / people
    return wilson(min(people, round(share * people)), people).lower


def _plain(share: ShareWord | int | None) -> str | int | None:
    return str(share) if isinstance(share, ShareWord) else share


def _share(kept: str | int | None) -> ShareWord | int | None:
    return ShareWord(kept) if isinstance(kept, str) else kept
