"""Of the numbers of groups that are worth it: the one on which halves of the people agree.

More groups nearly always predict a little better. They are taken only where other people would
have given them too: the people are dealt into two halves, again and again, and both halves place
everybody. A further group needs halves that agree on it more than on fewer, by more than
`ERRORS_APART` standard errors of the difference (the rule of one standard error, Breiman et al.
1984, toward fewer), or that agree on it so well that the difference is not asked about.

Two deals settle what is plain; up to `SPLITS` settle the rest.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups.number import NumberOfGroups
from commonground.opinion_groups.stability import Halves
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]

FIRST_SPLITS, SPLITS = 2, 5
ERRORS_APART = 1.0
STEADY, STEADY_ENOUGH = 0.3, 0.85
"""Below the first no further group is taken; above the second differences are not asked about."""
PLAINLY_LESS, PLAINLY_MORE = 0.05, 0.2
"""So far from what is needed, two deals are enough."""


def steady(number: NumberOfGroups, votes: Votes) -> NumberOfGroups:
    """The number of groups to take, for votes in canonical order."""
    numbers = list(number.worth_it)
    if len(numbers) < 2:
        return number
    halves = Halves(votes)
    first = halves.alike(numbers, FIRST_SPLITS)
    means = first.mean(axis=0)
    in_doubt = [place for place in range(1, len(numbers)) if not _plainly_less(means, place)]
    if not in_doubt:
        return replace(number, chosen=numbers[0])
    if _plainly_more(means, in_doubt[-1]):
        return replace(number, chosen=numbers[in_doubt[-1]])
    looked_at = [0, *in_doubt]
    numbers = [numbers[place] for place in looked_at]
    further = halves.alike(numbers, SPLITS - FIRST_SPLITS)
    alike = np.concatenate([first[:, looked_at], further])
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


def _plainly_less(means: Floats, place: int) -> bool:
    needed = max(STEADY, min(STEADY_ENOUGH, float(means[:place].max())))
    return bool(means[place] < needed - PLAINLY_LESS)


def _plainly_more(means: Floats, place: int) -> bool:
    fewer = float(means[:place].max())
    enough = min(fewer + PLAINLY_MORE, STEADY_ENOUGH + PLAINLY_LESS)
    return bool(means[place] >= max(enough, STEADY + PLAINLY_MORE))
