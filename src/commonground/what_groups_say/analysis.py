"""Which statements tell groups apart, which all share, and which divide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups import OpinionGroups
from commonground.votes import Answer, Votes
from commonground.what_groups_say.counts import FairCounts, count_fairly
from commonground.what_groups_say.findings import Dividing, Estimate, Shared, Telling
from commonground.what_groups_say.intervals import (
    Band,
    difference,
    difference_p_value,
    false_discovery_rate,
    share,
    z_for,
)

CONFIDENCE = 0.95
FEWEST_PEOPLE = 5
FALSE_ALARMS = 0.05
CLEARLY_APART = 0.2
AT_MOST = 10
SIDES = (Answer.AGREE, Answer.DISAGREE)


@dataclass(frozen=True)
class WhatGroupsSay:
    """What was found, the surest first in every list."""

    telling: tuple[tuple[Telling, ...], ...]
    """For each group: what most of it says and the others say less."""
    shared: tuple[Shared, ...]
    """What more than half of every group says: the common ground."""
    dividing: tuple[Dividing, ...]
    """What divides groups by at least 20 percentage points."""
    counts: FairCounts
    """The counts under all of it."""


def what_groups_say(votes: Votes, groups: OpinionGroups, at_most: int = AT_MOST) -> WhatGroupsSay:
    """Find them among statements that are not left out; at most `at_most` a list."""
    counts = count_fairly(votes, groups)
    return WhatGroupsSay(
        telling=tuple(
            _telling(group, found, votes, at_most) for group, found in _comparisons(counts)
        )
        if counts.agree.shape[0] > 1
        else ((),),
        shared=_shared(counts, votes, at_most),
        dividing=_dividing(counts, votes, at_most),
        counts=counts,
    )


@dataclass(frozen=True)
class _Comparison:
    """One answer of one group against all others, for every statement."""

    answer: Answer
    people: npt.NDArray[np.float64]
    others_people: npt.NDArray[np.float64]
    share: Band
    others: Band
    difference: Band
    q_value: npt.NDArray[np.float64]


def _comparisons(counts: FairCounts) -> list[tuple[int, list[_Comparison]]]:
    z = z_for(CONFIDENCE)
    seen = counts.seen
    others_seen = seen.sum(axis=0) - seen
    given = np.stack([counts.of(answer) for answer in SIDES])
    others_given = given.sum(axis=1, keepdims=True) - given
    q_values = false_discovery_rate(difference_p_value(given, seen, others_given, others_seen))
    own, others = share(given, seen, z), share(others_given, others_seen, z)
    apart = difference(own, others)

    def pick(band: Band, side: int, group: int) -> Band:
        return Band(band.value[side, group], band.low[side, group], band.high[side, group])

    return [
        (
            group,
            [
                _Comparison(
                    answer,
                    seen[group],
                    others_seen[group],
                    pick(own, side, group),
                    pick(others, side, group),
                    pick(apart, side, group),
                    q_values[side, group],
                )
                for side, answer in enumerate(SIDES)
            ],
        )
        for group in range(seen.shape[0])
    ]


def _telling(
    group: int, comparisons: list[_Comparison], votes: Votes, at_most: int
) -> tuple[Telling, ...]:
    sure = [
        (side.share.value > 0.5)
        & (side.difference.low > 0)
        & (side.q_value <= FALSE_ALARMS)
        & (side.people >= FEWEST_PEOPLE)
        & (side.others_people >= FEWEST_PEOPLE)
        & ~votes.left_out
        for side in comparisons
    ]
    surest = _surest([side.difference.low for side in comparisons], sure, at_most)
    return tuple(
        Telling(
            statement=_id(votes, place),
            answer=side.answer,
            people=float(side.people[place]),
            share=_at(side.share, place),
            others=_at(side.others, place),
            difference=_at(side.difference, place),
            q_value=float(side.q_value[place]),
        )
        for side, place in ((comparisons[which], place) for which, place in surest)
    )


def _shared(counts: FairCounts, votes: Votes, at_most: int) -> tuple[Shared, ...]:
    seen = counts.seen
    z = z_for(CONFIDENCE, comparisons=seen.shape[0])
    enough = (seen >= FEWEST_PEOPLE).all(axis=0) & ~votes.left_out
    shares = [share(counts.of(answer), seen, z) for answer in SIDES]
    least = [of.low.min(axis=0) for of in shares]
    surest = _surest(least, [(low > 0.5) & enough for low in least], at_most)
    return tuple(
        Shared(
            statement=_id(votes, place),
            answer=SIDES[side],
            shares=tuple(_at_group(shares[side], group, place) for group in range(len(seen))),
        )
        for side, place in surest
    )


def _surest(
    lows: list[npt.NDArray[np.float64]], sure: list[npt.NDArray[np.bool_]], at_most: int
) -> list[tuple[int, int]]:
    """Side and place of what is sure: the highest lower bound first, then agrees, then in order."""
    side, place = np.nonzero(np.stack(sure))
    order = np.argsort(-np.stack(lows)[side, place], kind="stable")[:at_most]
    return list(zip(side[order].tolist(), place[order].tolist(), strict=True))


def _dividing(counts: FairCounts, votes: Votes, at_most: int) -> tuple[Dividing, ...]:
    seen = counts.seen
    n_groups = seen.shape[0]
    if n_groups < 2:
        return ()
    z_pairs = z_for(CONFIDENCE, comparisons=n_groups * (n_groups - 1) // 2)
    agree = share(counts.agree, seen, z_pairs)
    enough = seen >= FEWEST_PEOPLE
    widest, pair = np.full(seen.shape[1], -1.0), np.zeros((seen.shape[1], 2), dtype=np.int64)
    apart = Band(np.zeros(seen.shape[1]), np.zeros(seen.shape[1]), np.zeros(seen.shape[1]))
    for one in range(n_groups):
        for other in range(n_groups):
            if one == other:
                continue
            between = difference(_group(agree, one), _group(agree, other))
            wider = (between.low > widest) & enough[one] & enough[other]
            widest[wider], pair[wider] = between.low[wider], (one, other)
            apart.value[wider] = between.value[wider]
            apart.low[wider], apart.high[wider] = between.low[wider], between.high[wider]
    z_groups = z_for(CONFIDENCE, comparisons=n_groups)
    mostly_agree = (share(counts.agree, seen, z_groups).low > 0.5) & enough
    mostly_disagree = (share(counts.disagree, seen, z_groups).low > 0.5) & enough
    shares = share(counts.agree, seen, z_for(CONFIDENCE))
    clear = np.flatnonzero((widest >= CLEARLY_APART) & ~votes.left_out)
    return tuple(
        Dividing(
            statement=_id(votes, place),
            most=int(pair[place, 0]),
            least=int(pair[place, 1]),
            difference=_at(apart, place),
            shares=tuple(_at_group(shares, group, place) for group in range(n_groups)),
            agreeing=tuple(np.flatnonzero(mostly_agree[:, place]).tolist()),
            disagreeing=tuple(np.flatnonzero(mostly_disagree[:, place]).tolist()),
        )
        for place in clear[np.argsort(-widest[clear], kind="stable")][:at_most].tolist()
    )


def _id(votes: Votes, place: int) -> object:
    return votes.statements[place : place + 1].tolist()[0]


def _group(band: Band, group: int) -> Band:
    return Band(band.value[group], band.low[group], band.high[group])


def _at_group(band: Band, group: int, place: int) -> Estimate:
    return _at(_group(band, group), place)


def _at(band: Band, place: int) -> Estimate:
    return Estimate(float(band.value[place]), float(band.low[place]), float(band.high[place]))
