"""Seconds of our two ways and of red-dwarf: `python -m benchmarks.speed.against_red_dwarf`.

All in turn, in seconds of processor time on one thread, so that others on the machine matter
less. Ours are timed from arrays of ids to the finished analysis; red-dwarf from its list of
votes. The best turn counts for each: of nine up to 100,000 answers, of five up to 500,000; above
there is one.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from benchmarks.conversations import REAL, planted_conversation, real_conversation
from benchmarks.peers.red_dwarf import RedDwarf
from commonground.opinion_groups import find_opinion_groups
from commonground.polis import analyse_as_polis
from commonground.votes import Votes
from commonground.what_groups_say import what_groups_say

TURNS = ((100_000, 9), (500_000, 5))
"""Up to so many answers, so many turns; above, one."""
PLANTED = {"planted 20,000 × 1,000": (20_000, 1_000, 1_000_000)}


def main() -> None:
    """Print a line for each conversation."""
    peer = RedDwarf()
    print(
        "| conversation | answers | Polis' way | ours | red-dwarf | times Polis' way | times ours |"
    )
    print("|---|---|---|---|---|---|---|")
    for name in [*REAL, *PLANTED]:
        votes = (
            real_conversation(name) if name in REAL else planted_conversation(*PLANTED[name]).votes
        )
        turns = next((of for up_to, of in TURNS if votes.n_votes <= up_to), 1)
        polis, own, theirs = [], [], []
        for _ in range(turns):
            polis.append(_timed(votes, _as_polis))
            own.append(_timed(votes, _our_way))
            found = peer.group(votes)
            theirs.append(found.seconds if found else float("nan"))
        print(
            f"| {name} | {votes.n_votes:,} | {min(polis):.3f} s | {min(own):.3f} s "
            f"| {min(theirs):.2f} s | {min(theirs) / min(polis):.0f} "
            f"| {min(theirs) / min(own):.1f} |"
        )
        sys.stdout.flush()
    peer.close()


def _as_polis(votes: Votes) -> None:
    analyse_as_polis(votes)


def _our_way(votes: Votes) -> None:
    what_groups_say(votes, find_opinion_groups(votes))


def _timed(votes: Votes, analyse: Callable[[Votes], None]) -> float:
    people, statements = votes.participants[votes.rows], votes.statements[votes.columns]
    left_out = votes.statements[votes.left_out].tolist()
    start = time.process_time()
    analyse(Votes.from_arrays(people, statements, votes.values, moderated_out=left_out))
    return time.process_time() - start


if __name__ == "__main__":
    main()
