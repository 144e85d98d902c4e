"""Opinion groups of more people than one table should hold, over blocks of participants.

The blocks may lie in this process, come out of a Parquet file one after another, or lie on the
workers of a cluster (`commonground.cluster`). Whether there are groups and how many is settled on
a sample of people; the model is then fitted to everybody, as sums over blocks. It is the same model
as that of `find_opinion_groups`; only the order of people is that of the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from commonground.blocks import Engine
from commonground.indexing import read_only
from commonground.opinion_groups.analysis import (
    VOTES_FOR_NUMBER,
    VOTES_OF_A_STATEMENT_FOR_NUMBER,
    Choice,
    choose,
)
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.fitting import fit_groups, fit_one
from commonground.opinion_groups.mixture import Mixture, memberships
from commonground.opinion_groups.number import MOST_GROUPS
from commonground.opinion_groups.stances import (
    Matrix,
    count_stances,
    stance_block,
    stances_of_each,
)
from commonground.votes import Votes


@dataclass(frozen=True)
class GroupsInBlocks:
    """What was found; memberships stay where the blocks are until they are asked for."""

    choice: Choice
    """The verdict, the number of groups, and why."""
    model: Mixture
    """Weights and rates of the groups, the largest first."""
    stances: Engine
    """The blocks of agrees and disagrees."""

    def memberships(self) -> list[npt.NDArray[np.float64]]:
        """For each block: n_people × n_groups, how likely each person belongs to each group."""
        return self.stances.gathered(memberships, self.model)

    def labels(self) -> npt.NDArray[np.int8]:
        """The likeliest group of everybody, in the order of the blocks; -1 without a stance."""
        return np.concatenate(self.stances.gathered(_labels, self.model))


def find_groups_in_blocks(
    blocks: Engine, n_groups: int | None = None, *, most_groups: int = MOST_GROUPS
) -> GroupsInBlocks:
    """Find opinion groups over an engine whose blocks are `Votes` with the same statements."""
    sizes = blocks.gathered(_size)
    n_votes, n_statements = sum(size[0] for size in sizes), sizes[0][1]
    wanted = max(VOTES_FOR_NUMBER, VOTES_OF_A_STATEMENT_FOR_NUMBER * n_statements)
    sample = _together(blocks.gathered(_every, max(1, n_votes // wanted)))
    ordered = canonical(sample)
    choice = choose(ordered.votes, n_groups, most_groups)
    stances = blocks.prepared(_stances)
    counts = count_stances(stances)
    if choice.start is None:
        model = fit_one(counts)
    else:
        rates = np.tile(counts.rate, (choice.n_groups, 1))
        rates[:, ordered.statements] = choice.start.rates
        model = fit_groups(stances, counts, replace(choice.start, rates=rates))
    return GroupsInBlocks(choice=choice, model=model, stances=stances)


def _size(block: Votes) -> tuple[int, int]:
    return block.n_votes, block.n_statements


def _every(block: Votes, step: int) -> Votes:
    return block.take(np.arange(0, block.n_participants, step))


def _stances(block: Votes) -> Matrix:
    return stance_block(block.keep((block.values != 0) & ~block.left_out[block.columns]))


def _labels(block: Matrix, model: Mixture) -> npt.NDArray[np.int8]:
    likeliest = memberships(block, model).argmax(axis=1).astype(np.int8)
    return np.where(stances_of_each(block) > 0, likeliest, np.int8(-1))


def _together(parts: list[Votes]) -> Votes:
    """Blocks of participants as one table; participants are numbered anew."""
    counts = np.concatenate([part.answers_given for part in parts])
    return replace(
        parts[0],
        participants=read_only(np.arange(len(counts))),
        starts=read_only(np.concatenate(([0], np.cumsum(counts)))),
        columns=read_only(np.concatenate([part.columns for part in parts])),
        values=read_only(np.concatenate([part.values for part in parts])),
    )
