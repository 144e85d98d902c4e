"""Answers counted by group and statement, in one pass over the votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from commonground.votes import Votes

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class GroupCounts:
    """Answers by group and statement: arrays of n_groups × n_statements."""

    agree: Counts
    disagree: Counts
    not_sure: Counts

    @property
    def seen(self) -> Counts:
        """People of the group who answered the statement in any way."""
        return self.agree + self.disagree + self.not_sure

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return int(self.agree.shape[0])


def count_by_group(votes: Votes, labels: npt.NDArray[Any], n_groups: int) -> GroupCounts:
    """Count the answers of participants labelled 0 to n_groups - 1; other labels are left out."""
    group = np.repeat(labels.astype(np.int64), votes.answers_given)
    cell = (group * votes.n_statements + votes.columns) * 3 + (votes.values + 1)
    counted = (group >= 0) & (group < n_groups)
    if not counted.all():
        cell = cell[counted]
    size = n_groups * votes.n_statements
    table = np.bincount(cell, minlength=3 * size).reshape(n_groups, votes.n_statements, 3)
    return GroupCounts(
        agree=table[:, :, 2].copy(), disagree=table[:, :, 0].copy(), not_sure=table[:, :, 1].copy()
    )
