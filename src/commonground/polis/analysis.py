"""All of Polis' analysis of one conversation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import Arrays, Engine, InProcess
from commonground.group_counts import GroupCounts, count_by_group
from commonground.indexing import check_lengths
from commonground.polis.consensus import Consensus, consensus, group_aware_consensus
from commonground.polis.grouping import UNGROUPED, Grouping, find_groups, people_with_enough_votes
from commonground.polis.nearest import Labels
from commonground.polis.plane import Plane, plane_of_blocks
from commonground.polis.priorities import priorities
from commonground.polis.representative import Representative, representative_statements
from commonground.votes import Tallies, Votes


@dataclass(frozen=True)
class PolisAnalysis:
    """What Polis would say about a conversation."""

    plane: Plane
    """Where people and statements lie."""
    labels: npt.NDArray[np.int64]
    """For each participant: the group, or -1 for too few votes."""
    grouping: Grouping | None
    """How the groups were found; none when they were given."""
    counts: GroupCounts
    """Answers by group and statement, of the people who are grouped."""
    representative: tuple[tuple[Representative, ...], ...]
    """For each group: the statements that stand for it."""
    consensus: Consensus
    """What most of all participants agree, or disagree, with."""
    group_aware_consensus: npt.NDArray[np.float64]
    """For each statement: how likely every group agrees with it."""
    priorities: npt.NDArray[np.float64]
    """For each statement: the weight with which it would be shown next."""


def analyse_as_polis(votes: Votes, labels: Labels | None = None) -> PolisAnalysis:
    """Analyse as Polis does, with all that follows from the groups.

    `labels` takes groups as given (one number a participant, -1 for none), since those of a live
    Polis conversation depend on its history. Otherwise they are found from a fresh start.
    """
    return analyse_as_polis_in_blocks(InProcess.of([votes]), labels)


def analyse_as_polis_in_blocks(blocks: Engine, labels: Labels | None = None) -> PolisAnalysis:
    """The same over an engine whose blocks are `Votes` with the same statements.

    For instance blocks of a Parquet file (`commonground.formats.parquet_blocks`), or on the workers
    of a cluster. Participants, in `labels` too, are in the order of the blocks. Whatever has one
    number for each participant comes here; their answers stay where the blocks are.
    """
    statements, left_out, meta = blocks.gathered(_statements)[0]
    tallies = Tallies(*blocks.sums(_tallies))
    plane = plane_of_blocks(blocks, tallies, left_out)
    answers_given = blocks.gathered(_answers_given)
    grouping = None
    if labels is None:
        with_votes = int(np.count_nonzero(tallies.seen))
        grouped = people_with_enough_votes(np.concatenate(answers_given), with_votes)
        grouping = find_groups(plane.participants, grouped)
        labels = grouping.labels
    check_lengths(participants=plane.participants, labels=labels)
    n_groups = int(labels.max(initial=UNGROUPED)) + 1
    ends = np.cumsum([len(part) for part in answers_given])[:-1]
    counts = GroupCounts(
        *blocks.paired(_with_labels, np.split(labels, ends)).sums(_counted, n_groups)
    )
    agree, disagree, seen = (
        array.sum(axis=0) for array in (counts.agree, counts.disagree, counts.seen)
    )
    return PolisAnalysis(
        plane=plane,
        labels=labels,
        grouping=grouping,
        counts=counts,
        representative=representative_statements(counts, statements, left_out),
        consensus=consensus(tallies, statements, left_out),
        group_aware_consensus=group_aware_consensus(counts),
        priorities=priorities(agree, disagree, seen, plane.extremity, meta),
    )


def _statements(votes: Votes) -> Arrays:
    return votes.statements, votes.left_out, votes.meta


def _tallies(votes: Votes) -> Arrays:
    tallies = votes.tallies()
    return tallies.agree, tallies.disagree, tallies.not_sure


def _answers_given(votes: Votes) -> npt.NDArray[np.int64]:
    return votes.answers_given


def _with_labels(votes: Votes, labels: Labels) -> tuple[Votes, Labels]:
    return votes, labels


def _counted(block: tuple[Votes, Labels], n_groups: int) -> Arrays:
    counts = count_by_group(*block, n_groups)
    return counts.agree, counts.disagree, counts.not_sure
