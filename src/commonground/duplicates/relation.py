"""What one statement can be to another, and a proposal that says so and why."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Relation(StrEnum):
    """What two statements are to each other. Only a person merges; these are proposals."""

    SAME = "same"  # they say the same: may be listed once
    PART_OF = "part_of"  # one says what the other says and the other says more
    RELATED = "related"  # about the same thing, saying something different
    OPPOSITE = "opposite"  # they may disagree: both stay
    DIFFERENT = "different"  # nothing found in common

    @property
    def nearness(self) -> int:
        """From DIFFERENT (0) to SAME (3). OPPOSITE is below all: it is never a way to merge."""
        return _NEARNESS[self]


_NEARNESS = {
    Relation.OPPOSITE: -1,
    Relation.DIFFERENT: 0,
    Relation.RELATED: 1,
    Relation.PART_OF: 2,
    Relation.SAME: 3,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A relation that a person may accept.

    first, second: the two statements: their ids where they have ids, else their texts.
    relation: what they seem to be to each other.
    score: 0 to 1, how sure the sameness is. Compare it within one relation only.
    reasons: plain words for the person who decides, most telling first.
    part: for PART_OF, which of the two is the part of the other; None otherwise.
    """

    first: Hashable
    second: Hashable
    relation: Relation
    score: float
    reasons: tuple[str, ...]
    part: Literal["first", "second"] | None = None
