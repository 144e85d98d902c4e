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
    size = votes.n_statements
    # Everybody else is counted too, as one more group, and left away: quicker than choosing votes.
    group = np.where((labels >= 0) & (labels < n_groups), labels, n_groups)
    n_cells = (n_groups + 1) * 3 * size
    of_person = (group * (3 * size)).astype(np.int32 if n_cells < 2**31 else np.int64)
    cells = np.repeat(of_person, votes.answers_given)
    cells += votes.columns
    cells += size * (votes.values + np.int32(1))
    table = np.bincount(cells, minlength=n_cells).reshape(n_groups + 1, 3, size)[:n_groups]
    disagree, not_sure, agree = (table[:, answer].copy() for answer in range(3))
    return GroupCounts(agree=agree, disagree=disagree, not_sure=not_sure)
