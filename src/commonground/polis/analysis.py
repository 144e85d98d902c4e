"""All of Polis' analysis of one conversation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.group_counts import GroupCounts, count_by_group
from commonground.indexing import check_lengths
from commonground.polis.consensus import Consensus, consensus, group_aware_consensus
from commonground.polis.grouping import UNGROUPED, Grouping, find_groups, people_with_enough_votes
from commonground.polis.plane import Plane, polis_plane
from commonground.polis.priorities import priorities
from commonground.polis.representative import Representative, representative_statements
from commonground.votes import Votes


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


def analyse_as_polis(votes: Votes, labels: npt.NDArray[np.int64] | None = None) -> PolisAnalysis:
    """Analyse as Polis does, with all that follows from the groups.

    `labels` takes groups as given (one number a participant, -1 for none), since those of a live
    Polis conversation depend on its history. Otherwise they are found from a fresh start.
    """
    plane = polis_plane(votes)
    grouping = None
    if labels is None:
        with_votes = int(np.count_nonzero(votes.tallies().seen))
        grouped = people_with_enough_votes(votes.answers_given, with_votes)
        grouping = find_groups(plane.participants, grouped)
        labels = grouping.labels
    check_lengths(participants=votes.participants, labels=labels)
    n_groups = int(labels.max(initial=UNGROUPED)) + 1
    counts = count_by_group(votes, labels, n_groups)
    agree, disagree, seen = (
        array.sum(axis=0) for array in (counts.agree, counts.disagree, counts.seen)
    )
    return PolisAnalysis(
        plane=plane,
        labels=labels,
        grouping=grouping,
        counts=counts,
        representative=representative_statements(counts, votes.statements, votes.left_out),
        consensus=consensus(votes),
        group_aware_consensus=group_aware_consensus(counts),
        priorities=priorities(agree, disagree, seen, plane.extremity, votes.meta),
    )
