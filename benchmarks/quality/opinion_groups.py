"""How good the opinion groups are: `python -m benchmarks.quality.opinion_groups`.

Beside red-dwarf. Settings (the answer weight, the leaning, what one more group must gain) were
chosen on three of the real conversations; the others judge. The table marks which is which.
`benchmarks.quality.nested_choice` chooses again the other way round, and
`benchmarks.quality.polis_own_groups` has the groups that Polis itself reported.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks.conversations import (
    REAL,
    Planted,
    planted_conversation,
    real_conversation,
    shuffled,
)
from benchmarks.peers.red_dwarf import RedDwarf
from benchmarks.quality.measures import (
    HALVES,
    SEEDS,
    Aside,
    Floats,
    Labels,
    group_rates,
    halves_alike,
    mean,
    ours_with,
    overall_rates,
    percent,
)
from commonground.opinion_groups import Verdict, find_opinion_groups
from commonground.opinion_groups.stability import adjusted_rand
from commonground.votes import Votes

ROOMS = 20


def main() -> None:
    """Print every table."""
    peer = RedDwarf()
    real_ones(peer)
    planted_ones(peer)
    small_rooms(peer)
    peer.close()


def real_ones(peer: RedDwarf) -> None:
    """Held-out gain, stability of halves, and groups on shuffled answers."""
    print(
        "| conversation | role | groups: ours | red-dwarf | held-out gain: ours | red-dwarf "
        "| halves of people alike: ours | red-dwarf | ours, two groups "
        "| halves of answers alike: ours | red-dwarf | ours, two groups "
        "| groups when shuffled: ours | red-dwarf |"
    )
    print("|---" * 14 + "|")
    for name, role in REAL.items():
        votes = real_conversation(name)
        votes = votes.keep(~votes.left_out[votes.columns])
        ours, theirs = find_opinion_groups(votes), peer.group(votes)
        gains = np.array([_gains(votes, seed, peer) for seed in range(SEEDS)])
        alike = np.array([_halves(votes, seed, peer) for seed in range(HALVES)])
        noise = [shuffled(votes, seed) for seed in range(SEEDS)]
        none = [find_opinion_groups(each).n_groups for each in noise]
        found = [peer.group(each) for each in noise]
        print(
            f"| {name} | {role} | {ours.n_groups} | {theirs.n_groups if theirs else 'fails'} "
            f"| {percent(gains[:, 0])} | {percent(gains[:, 1])} | "
            + " | ".join(mean(column) for column in alike.T)
            + f" | {', '.join(map(str, none))} "
            f"| {', '.join(str(each.n_groups) if each else 'fails' for each in found)} |"
        )
        sys.stdout.flush()


def planted_ones(peer: RedDwarf) -> None:
    """Adjusted Rand index with planted camps, beside the best that is possible."""
    print()
    print(
        "| planted camps | strength | answers each | ceiling | ours (groups) | red-dwarf (groups) |"
    )
    print("|---|---|---|---|---|---|")
    for camps, strength, answers in ((2, 1.0, 30), (3, 1.0, 50), (4, 1.0, 50), (4, 0.6, 100)):
        room = planted_conversation(
            2000, 200, 2000 * answers, camps=camps, strength=strength, seed=100 + camps
        )
        ours, theirs = find_opinion_groups(room.votes), peer.group(room.votes)
        print(
            f"| {camps} | {strength} | {answers} "
            f"| {adjusted_rand(room.best_possible(), room.camp):.3f} "
            f"| {_recovered(ours.labels, room):.3f} ({ours.n_groups}) | "
            + (
                f"{_recovered(theirs.labels, room):.3f} ({theirs.n_groups}) |"
                if theirs
                else "fails |"
            )
        )
        sys.stdout.flush()


def small_rooms(peer: RedDwarf) -> None:
    """Twenty people, with two camps planted and with none."""
    print()
    print(
        "| room of 20, 20 rooms each | ours: right | ours: too few to tell | ours: wrong "
        "| red-dwarf: 2 groups | red-dwarf: other |"
    )
    print("|---|---|---|---|---|---|")
    for name, strength in (("two clear camps", 2.5), ("two mild camps", 1.2), ("no camps", 0.0)):
        right = too_few = wrong = two = other = 0
        for seed in range(ROOMS):
            room = planted_conversation(20, 30, 900, camps=2, strength=strength, seed=1000 + seed)
            ours, theirs = find_opinion_groups(room.votes), peer.group(room.votes)
            wanted = 2 if strength else 1
            if ours.verdict is Verdict.TOO_FEW:
                too_few += 1
            elif ours.n_groups == wanted:
                right += 1
            else:
                wrong += 1
            if theirs is not None and theirs.n_groups == 2:
                two += 1
            else:
                other += 1
        print(f"| {name} | {right} | {too_few} | {wrong} | {two} | {other} |")


def _gains(votes: Votes, seed: int, peer: RedDwarf) -> tuple[float, float]:
    """Share of the log-loss of the statement's mean that each saves on a fifth kept aside."""
    aside = Aside.of(votes, seed)
    theirs = peer.group(aside.kept)
    from_groups = aside.gain_of_labels(theirs.labels) if theirs else float("nan")
    return aside.gain_of(find_opinion_groups(aside.kept)), from_groups


def _halves(votes: Votes, seed: int, peer: RedDwarf) -> list[float]:
    """How alike the groups of two halves are, of people and of answers.

    Each half chooses its own number: ours, red-dwarf's, and then ours with two groups.
    """

    def theirs(part: Votes) -> Floats | None:
        found = peer.group(part)
        return group_rates(part, found.labels, overall) if found and found.n_groups else None

    overall = overall_rates(votes)
    ways = (ours_with(votes, None), theirs, ours_with(votes, 2))
    return [
        halves_alike(votes, seed, way, of_answers=of_answers)
        for of_answers in (False, True)
        for way in ways
    ]


def _recovered(labels: Labels, room: Planted) -> float:
    return adjusted_rand(labels + 1, room.camp)


if __name__ == "__main__":
    main()
