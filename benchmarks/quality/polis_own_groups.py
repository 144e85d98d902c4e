"""Polis' own groups beside ours: `python -m benchmarks.quality.polis_own_groups`.

Polis' exports and published outputs name the group of each person. Those groups were found with all
answers, the ones kept aside here included, so they have an advantage; ours are given the same one
in a column of its own. What was found without the answers kept aside stands beside. Only answers
of people whom Polis grouped are asked for.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from benchmarks.conversations import REAL, data_folder, real_conversation
from benchmarks.peers.red_dwarf import RedDwarf
from benchmarks.published_maths import CONVERSATIONS, read_published_maths
from benchmarks.quality.measures import SEEDS, Aside, Labels, percent
from commonground.opinion_groups import find_opinion_groups
from commonground.polis import analyse_as_polis
from commonground.votes import Votes


def main() -> None:
    """Print the table."""
    peer = RedDwarf()
    print(
        "| conversation | people grouped by Polis | groups: Polis' own | ours "
        "| saw all: Polis' own | saw all: ours, as many groups "
        "| saw the rest: Polis' way | red-dwarf | ours |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name, votes, labels in conversations():
        gains = np.array([_gains(votes, labels, seed, peer) for seed in range(SEEDS)])
        print(
            f"| {name} | {int((labels >= 0).sum())} of {votes.n_participants} "
            f"| {len(np.unique(labels[labels >= 0]))} | {find_opinion_groups(votes).n_groups} | "
            + " | ".join(percent(column) for column in gains.T)
            + " |"
        )
        sys.stdout.flush()
    peer.close()


def conversations() -> Iterator[tuple[str, Votes, Labels]]:
    """Each conversation for which Polis' own groups are known, and those groups."""
    for name in REAL:
        votes = real_conversation(name)
        labels = exported_groups(name, votes)
        yield name, votes.keep(~votes.left_out[votes.columns]), labels
    for name in CONVERSATIONS:
        published = read_published_maths(data_folder().parent / "polis-maths" / name)
        votes = published.votes
        yield name, votes.keep(~votes.left_out[votes.columns]), published.labels()


def exported_groups(name: str, votes: Votes) -> Labels:
    """The column group-id of participants-votes.csv, -1 where it is empty."""
    path = data_folder() / name / "participants-votes.csv"
    with path.open(newline="", encoding="utf-8") as stream:
        groups = {int(row["participant"]): row["group-id"] for row in csv.DictReader(stream)}
    given = (groups.get(int(person), "") for person in votes.participants.tolist())
    return np.array([int(group) if group else -1 for group in given])


def _gains(votes: Votes, labels: Labels, seed: int, peer: RedDwarf) -> list[float]:
    grouped: npt.NDArray[np.bool_] = labels >= 0
    aside = Aside.of(votes, seed, among=grouped)
    as_many = find_opinion_groups(votes, len(np.unique(labels[grouped])))
    theirs = peer.group(aside.kept)
    return [
        aside.gain_of_labels(labels),
        aside.gain_of_labels(as_many.labels),
        aside.gain_of_labels(analyse_as_polis(aside.kept).labels),
        aside.gain_of_labels(theirs.labels) if theirs else float("nan"),
        aside.gain_of(find_opinion_groups(aside.kept)),
    ]


if __name__ == "__main__":
    main()
