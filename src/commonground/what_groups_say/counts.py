"""Answers counted by opinion group without going round in circles.

Groups are found from answers. Asking afterwards whether the groups differ on those same answers
would find differences even where there are none. So each answer is counted toward the groups that
the person would belong to had they not given it: one person's answer to statement j counts for
group k as much as their other answers put them there. The counts are sums of probabilities, and
so not whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups import OpinionGroups
from commonground.opinion_groups.mixture import ANSWER_WEIGHT
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]

VOTES_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class FairCounts:
    """Expected numbers of people: arrays of n_groups × n_statements."""

    agree: Floats
    disagree: Floats
    not_sure: Floats

    @property
    def seen(self) -> Floats:
        """People of the group who answered in any way."""
        return self.agree + self.disagree + self.not_sure

    def of(self, answer: int) -> Floats:
        """The counts of one answer: 1 agree, -1 disagree, 0 not sure."""
        return {1: self.agree, -1: self.disagree, 0: self.not_sure}[answer]


def count_fairly(votes: Votes, groups: OpinionGroups) -> FairCounts:
    """Count every answer toward the groups that its author's other answers put them in."""
    n_groups, n_statements = groups.rates.shape
    rates = np.where(np.isnan(groups.rates), 0.5, groups.rates)
    unsaid = np.ones((n_groups, n_statements, 3))
    unsaid[:, :, 0], unsaid[:, :, 2] = (1 - rates) ** -ANSWER_WEIGHT, rates**-ANSWER_WEIGHT
    unsaid[:, votes.left_out, :] = 1
    unsay = unsaid.reshape(n_groups, -1)
    table = np.zeros((n_groups, 3 * n_statements))
    belonging = np.ascontiguousarray(groups.memberships.T)
    for block, people in _blocks(votes):
        cell = (3 * block.columns + (block.values + 1)).astype(np.intp)
        others = np.empty((n_groups, block.n_votes))
        for group in range(n_groups):
            # "clip": places are known to be right, and "raise" would write to a copy first.
            unsay[group].take(cell, out=others[group], mode="clip")
            others[group] *= np.repeat(belonging[group, people], block.answers_given)
        others /= others.sum(axis=0)
        for group in range(n_groups):
            table[group] += np.bincount(cell, weights=others[group], minlength=3 * n_statements)
    cube = table.reshape(n_groups, n_statements, 3)
    return FairCounts(agree=cube[:, :, 2], disagree=cube[:, :, 0], not_sure=cube[:, :, 1])


def _blocks(votes: Votes) -> list[tuple[Votes, slice]]:
    found, start = [], 0
    for block in votes.blocks(VOTES_AT_ONCE):
        found.append((block, slice(start, start + block.n_participants)))
        start += block.n_participants
    return found
