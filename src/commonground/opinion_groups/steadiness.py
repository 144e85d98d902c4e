"""Of the numbers of groups that are worth it: the one on which halves of the people agree.

More groups nearly always predict a little better. They are taken only where other people would
have given them too: the people are dealt into two halves, again and again, and both halves place
everybody. A further group needs halves that agree on it more than on fewer, by more than
`ERRORS_APART` standard errors of the difference (the rule of one standard error, Breiman et al.
1984, toward fewer), or that agree on it so well that the difference is not asked about.

What is plain is settled by one deal or three, the rest by `SPLITS`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups.number import NumberOfGroups
from commonground.opinion_groups.stability import Halves
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]

LOOKS = ((1, 0.15), (3, 0.0))
"""After so many deals, numbers that are so far below what is needed are not looked at further."""
SPLITS = 5
ERRORS_APART = 1.0
STEADY, STEADY_ENOUGH = 0.3, 0.85
"""Below the first no further group is taken; above the second differences are not asked about."""
PLAINLY_MORE = 0.2
"""So far above what fewer reach, three deals are enough."""


def steady(number: NumberOfGroups, votes: Votes) -> NumberOfGroups:
    """The number of groups to take, for votes in canonical order."""
    numbers = list(number.worth_it)
    if len(numbers) < 2:
        return number
    halves = Halves(votes)
    alike = np.zeros((0, len(numbers)))
    for deals, margin in LOOKS:
        alike = np.concatenate([alike, halves.alike(numbers, deals - len(alike))])
        left = _left(alike.mean(axis=0), margin)
        numbers, alike = [numbers[place] for place in left], alike[:, left]
        if len(numbers) == 1:
            return replace(number, chosen=numbers[0])
        if deals > 1 and _plainly_more(alike.mean(axis=0)):
            return replace(number, chosen=numbers[-1])
    alike = np.concatenate([alike, halves.alike(numbers, SPLITS - len(alike))])
    return replace(number, chosen=numbers[_steadiest(alike)])


def _steadiest(alike: Floats) -> int:
    """The place of the number to take; alike: splits × numbers, the fewest groups first."""
    chosen = 0
    for place in range(1, alike.shape[1]):
        found = alike[:, place]
        surely = _mean_less_error(found) >= STEADY_ENOUGH
        steadier = _mean_less_error(found - alike[:, chosen]) > 0
        if found.mean() >= STEADY and (surely or steadier):
            chosen = place
    return chosen


def _mean_less_error(values: Floats) -> float:
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    return float(values.mean()) - ERRORS_APART * float(error)


def _left(means: Floats, margin: float) -> list[int]:
    """Places of the fewest groups and of what is not plainly less steady than is needed."""
    places = range(1, len(means))
    return [0, *(place for place in places if means[place] >= _needed(means, place) - margin)]


def _needed(means: Floats, place: int) -> float:
    return max(STEADY, min(STEADY_ENOUGH, float(means[:place].max())))


def _plainly_more(means: Floats) -> bool:
    """Whether the most groups are plainly steadier than fewer."""
    enough = min(float(means[:-1].max()) + PLAINLY_MORE, STEADY_ENOUGH + 0.05)
    return bool(means[-1] >= max(enough, STEADY + PLAINLY_MORE))
