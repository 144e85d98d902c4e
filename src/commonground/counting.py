"""Answers counted by membership, from votes and the partner groups that people picked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from commonground.agreement import Counts, Membership
from commonground.votes import Votes


def counts_by_membership(
    votes: Votes, groups: Mapping[Any, Collection[str]]
) -> list[dict[Membership, Counts]]:
    """For each statement (in the order of the columns): its answers by membership.

    `groups`: the partner groups of each participant, by id; who is not in it gave no group. One
    `bincount` over membership, statement and answer.
    """
    memberships: dict[Membership, int] = {}
    codes = np.array(
        [
            memberships.setdefault(frozenset(groups.get(who, ())), len(memberships))
            for who in votes.participants.tolist()
        ],
        dtype=np.int64,
    )
    size = votes.n_statements
    where = (codes[votes.rows] * size + votes.columns) * 3 + (votes.values.astype(np.int64) + 1)
    cells = np.bincount(where, minlength=len(memberships) * size * 3)
    table = cells.reshape(len(memberships), size, 3)
    return [
        {
            who: Counts(
                agree=int(table[code, column, 2]),
                disagree=int(table[code, column, 0]),
                not_sure=int(table[code, column, 1]),
            )
            for who, code in memberships.items()
            if table[code, column].any()
        }
        for column in range(size)
    ]
