"""What is found about a statement: told by one group, shared by all, or dividing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonground.votes import Answer


@dataclass(frozen=True)
class Estimate:
    """A share, or a difference of shares, with its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Telling:
    """A statement that tells a group from the rest."""

    statement: Any
    """Id of the statement."""
    answer: Answer
    """The answer that most of the group gives: agree or disagree."""
    people: float
    """Expected number of people of the group who answered it."""
    share: Estimate
    """Of the group, who gives this answer; not-sure answers are part of the whole."""
    others: Estimate
    """Of everybody else."""
    difference: Estimate
    """Share less others: the size of the effect."""
    q_value: float
    """Corrected for having looked at every statement and group (false discovery rate)."""


@dataclass(frozen=True)
class Shared:
    """A statement to which more than half of every group gives the same answer."""

    statement: Any
    answer: Answer
    shares: tuple[Estimate, ...]
    """For each group; the intervals hold for all groups at once."""

    @property
    def least(self) -> Estimate:
        """The group that shares it least, by the lower bound."""
        return min(self.shares, key=lambda share: share.low)


@dataclass(frozen=True)
class Dividing:
    """A statement on which two groups clearly differ."""

    statement: Any
    most: int
    """The group that agrees most."""
    least: int
    """The group that agrees least."""
    difference: Estimate
    """Agree share of the one less that of the other; holds for all pairs of groups at once."""
    shares: tuple[Estimate, ...]
    """Agree share of each group."""
    agreeing: tuple[int, ...]
    """Groups of which surely more than half agree."""
    disagreeing: tuple[int, ...]
    """Groups of which surely more than half disagree."""

    @property
    def opposed(self) -> bool:
        """Whether one group mostly agrees while another mostly disagrees."""
        return bool(self.agreeing and self.disagreeing)
