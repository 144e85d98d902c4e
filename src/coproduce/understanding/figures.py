"""What may be shown of one cluster's answers, frozen, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commonground.agreement import Stance
from commonground.rounding import STEP
from commonground.small_numbers import PublicFigures

# What is kept to work out the next figures holds exact sizes. It has its own column of the Figure.
PRIVATE = "memory"

STANCE_WORDS = (
    (Stance.AGREES, "Agreed by {}."),
    (Stance.DOES_NOT_AGREE, "Not agreed by {}."),
    (Stance.DIVIDED, "Divided: {}."),
    (Stance.TOO_FEW_TO_TELL, "Too few to tell: {}."),
    (None, "Cannot be shown yet: {}."),
)
TOGETHER_WORDS = {
    Stance.AGREES: "The smaller groups together agree.",
    Stance.DOES_NOT_AGREE: "The smaller groups together do not agree.",
    Stance.DIVIDED: "The smaller groups together are divided.",
}


@dataclass(frozen=True)
class GroupShare:
    """One partner group's answers in words, such as "most agree" or "about 40 agree"."""

    key: str
    label: str
    words: str


@dataclass(frozen=True)
class ShownFigure:
    """Public figures as a version keeps them. `public` is what pages may show, as JSON has it.

    `order` is the place by the rule: breadth, how surely the least agreeing group agrees, people.
    """

    public: Mapping[str, Any]
    order: tuple[int, float, int]

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> ShownFigure | None:
        """From a Figure row; None where nothing may be shown yet."""
        if not shown.get("groups"):
            return None
        public = {key: value for key, value in shown.items() if key != PRIVATE}
        nothing: dict[str, list[Any]] = {"blocks": [], "facts": [], "counted": []}
        return cls(public, PublicFigures.from_dict({**public, PRIVATE: nothing}).order_key)

    def to_dict(self) -> dict[str, Any]:
        return {"public": dict(self.public), "order": list(self.order)}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> ShownFigure:
        breadth, lower, people = kept["order"]
        return cls(kept["public"], (breadth, lower, people))

    @property
    def _groups(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Each group with what is shown of it, in the order in which they were invited."""
        return [(name, self.public["groups"][name]) for name in self.public["invited"]]

    def _having(self, stance: str | None) -> tuple[str, ...]:
        return tuple(name for name, group in self._groups if group["stance"] == stance)

    @property
    def agreeing(self) -> tuple[str, ...]:
        return self._having(Stance.AGREES)

    @property
    def disagreeing(self) -> tuple[str, ...]:
        return self._having(Stance.DOES_NOT_AGREE)

    @property
    def several_partners(self) -> bool:
        return bool(self.public["several_partners"])

    def in_words(self, labels: Mapping[str, str]) -> str:
        """One line: "Agreed by children, parent carers. Divided: schools." """
        told = [
            sentence.format(", ".join(labels.get(name, name) for name in groups))
            for stance, sentence in STANCE_WORDS
            if (groups := self._having(stance))
        ]
        together = self.public["together"]
        if together is not None and together["stance"] in TOGETHER_WORDS:
            told.append(TOGETHER_WORDS[Stance(together["stance"])])
        return " ".join(told)

    def shares(self, labels: Mapping[str, str]) -> tuple[GroupShare, ...]:
        """How many of each group agree, where more than the stance may be shown."""
        return tuple(
            GroupShare(name, labels.get(name, name), share_words(group))
            for name, group in self._groups
            if group["agree"] is not None
        )


def share_words(group: Mapping[str, Any]) -> str:
    agree = group["agree"]
    if isinstance(agree, int):
        return f"about {agree} agree" if agree else "a few or none agree"
    return f"{agree} agree"


def may_tell_again(shown_of: int, people: int) -> bool:
    """Whether a number of people may move: five or more came, or went, since it was shown."""
    return abs(people - shown_of) >= STEP
