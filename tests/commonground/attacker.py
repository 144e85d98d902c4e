"""Somebody who knows everybody's groups and the order of answers, and keeps every page.

They go through every way in which people may have answered, keep those that fit everything shown,
and look whether anybody surely agrees, surely does not, surely disagrees or surely does not.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from commonground.agreement import Counts, Membership, Stance
from commonground.rounding import bands
from commonground.small_numbers import PublicFigures, PublicStanding

AGREE, NEITHER, DISAGREE = 1, 0, -1

Answers = NDArray[np.int8]
Holder = Callable[[Membership, Sequence[str]], bool]


def every_way(people: int, answers: Sequence[int] = (AGREE, NEITHER, DISAGREE)) -> Answers:
    """All ways for people to answer, shape (ways, people)."""
    grids = np.meshgrid(*[np.array(answers, dtype=np.int8)] * people, indexing="ij")
    return np.stack([grid.ravel() for grid in grids], axis=1)


def counts_of(
    memberships: Sequence[Membership], answers: Sequence[int]
) -> dict[Membership, Counts]:
    """What the service would pass, for these people and answers."""
    kinds = {AGREE: Counts(1, 0, 0), NEITHER: Counts(0, 0, 1), DISAGREE: Counts(0, 1, 0)}
    counts: dict[Membership, Counts] = {}
    for who, answer in zip(memberships, answers, strict=True):
        counts[who] = counts.get(who, Counts()) + kinds[int(answer)]
    return counts


def told(ways: Answers) -> list[int]:
    """The people who agree in all of the ways or in none, or disagree in all or in none."""
    return [
        person
        for person in range(ways.shape[1])
        if any(len(np.unique(ways[:, person] == answer)) == 1 for answer in (AGREE, DISAGREE))
    ]


def fits(ways: Answers, members: Sequence[int], standing: PublicStanding) -> NDArray[np.bool_]:
    """Which ways of answering a shown standing of these people leaves open."""
    ours = ways[:, list(members)]
    agree, against, people = (ours == AGREE).sum(1), (ours == DISAGREE).sum(1), len(members)
    fit = np.ones(len(ways), dtype=bool)
    if standing.stance == Stance.AGREES:
        fit &= 2 * agree > people
    if standing.stance == Stance.DOES_NOT_AGREE:
        fit &= 2 * against > people
    if standing.stance == Stance.DIVIDED:
        fit &= (2 * agree <= people) & (2 * against <= people)
    for share, number in ((standing.agree, agree), (standing.disagree, against)):
        if share is not None:
            said = [band for band in bands(people) if band.said == share]
            fit &= np.logical_or.reduce(
                [(number >= band.lowest) & (number <= band.highest) for band in said]
            )
    return fit


def left_open(
    pages: Sequence[tuple[int, PublicFigures]], memberships: Sequence[Membership]
) -> Answers:
    """The ways of answering that fit every page: (how many had answered, what it showed)."""
    ways = every_way(len(memberships))
    fit = np.ones(len(ways), dtype=bool)
    before: dict[str, dict[Membership, int]] = {}
    for people, page in pages:
        standings = {f"group {name}": group for name, group in page.groups.items()}
        standings["together"] = page.together
        standings["no group"] = page.no_group
        for holder, counted in page.memory.counted.items():
            standing = standings.get(holder)
            if standing is None or before.get(holder) == counted:
                continue
            members = [who for who in range(people) if memberships[who] in counted]
            fit &= fits(ways, members, standing)
        before = dict(page.memory.counted)
    return ways[fit]
