"""Whether people who answered both statements answered alike: what no reading of text can tell."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

ENOUGH = 5
"""People who answered both, below which their answers say nothing about the two statements."""


@dataclass(frozen=True, slots=True)
class AnsweredBoth:
    """How people who agreed or disagreed with each of two statements did so ("not sure" left out).

    people: how many gave such an answer to both.
    alike: how many of them gave the same answer to both.
    """

    people: int
    alike: int

    def __post_init__(self) -> None:
        if not 0 <= self.alike <= self.people:
            raise ValueError(
                f"alike must lie between 0 and people, but {self.alike} of {self.people} was given"
            )

    @property
    def enough(self) -> bool:
        return self.people >= ENOUGH

    @property
    def share_alike(self) -> float:
        """Share who answered alike, pulled toward three quarters by four made-up people.

        Three quarters is what unrelated statement pairs of real conversations show: most people
        agree with most statements.
        """
        return (self.alike + 3.0) / (self.people + 4.0)


AnswersOfBoth = Callable[[Hashable, Hashable], AnsweredBoth]
"""Looks up, for two statement ids, how people who answered both answered."""
