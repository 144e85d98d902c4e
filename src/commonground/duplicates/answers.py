"""Whether people who answered both statements answered alike: what no reading of text can tell."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np

from commonground.votes import Votes

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


def answers_among(votes: Votes) -> AnswersOfBoth:
    """A look-up in `votes` by statement id; a statement nobody answered gives nobody."""
    said = votes.values != 0
    rows, columns, values = votes.rows[said], votes.columns[said], votes.values[said]
    order = np.lexsort((rows, columns))
    rows, values = rows[order], values[order]
    starts = np.searchsorted(columns[order], np.arange(votes.n_statements + 1))
    place_of = {one: place for place, one in enumerate(votes.statements.tolist())}

    def look_up(first: Hashable, second: Hashable) -> AnsweredBoth:
        one, other = place_of.get(first), place_of.get(second)
        if one is None or other is None:
            return AnsweredBoth(0, 0)
        own, others = (slice(starts[at], starts[at + 1]) for at in (one, other))
        _, a, b = np.intersect1d(rows[own], rows[others], assume_unique=True, return_indices=True)
        return AnsweredBoth(len(a), int((values[own][a] == values[others][b]).sum()))

    return look_up
