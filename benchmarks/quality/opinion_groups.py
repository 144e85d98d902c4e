"""How good the opinion groups are: `python -m benchmarks.quality.opinion_groups`.

Beside red-dwarf. Settings (the answer weight, the leaning, what one more group must gain) were
chosen on three of the real conversations; the others judge. The table marks which is which.
"""

from __future__ import annotations

import sys

import numpy as np
import numpy.typing as npt

from benchmarks.conversations import (
    REAL,
    Planted,
    planted_conversation,
    real_conversation,
    shuffled,
)
from benchmarks.peers.red_dwarf import RedDwarf
from commonground.group_counts import count_by_group
from commonground.opinion_groups import OpinionGroups, Verdict, find_opinion_groups
from commonground.opinion_groups.mixture import LEANING
from commonground.opinion_groups.stability import adjusted_rand
from commonground.votes import Votes

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

SEEDS = 3
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
        "| halves alike: ours | red-dwarf | groups when shuffled: ours | red-dwarf |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, role in REAL.items():
        votes = real_conversation(name)
        votes = votes.keep(~votes.left_out[votes.columns])
        ours, theirs = find_opinion_groups(votes), peer.group(votes)
        gains = np.array([_gains(votes, seed, peer) for seed in range(SEEDS)])
        alike = np.array([_halves(votes, seed, peer) for seed in range(SEEDS)])
        noise = [shuffled(votes, seed) for seed in range(SEEDS)]
        none = [find_opinion_groups(each).n_groups for each in noise]
        found = [peer.group(each) for each in noise]
        print(
            f"| {name} | {role} | {ours.n_groups} | {theirs.n_groups if theirs else 'fails'} "
            f"| {_percent(gains[:, 0])} | {_percent(gains[:, 1])} "
            f"| {_mean(alike[:, 0])} | {_mean(alike[:, 1])} | {', '.join(map(str, none))} "
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
    random = np.random.default_rng(seed)
    enough = np.repeat(votes.answers_given >= 5, votes.answers_given)
    aside = (random.random(votes.n_votes) < 0.2) & enough
    kept, asked = votes.keep(~aside), votes.keep(aside & (votes.values != 0))
    tallies = kept.tallies()
    overall = (tallies.agree + 1) / (tallies.agree + tallies.disagree + 2)
    agrees, rows, columns = asked.values > 0, asked.rows, asked.columns
    base = _loss(overall[columns], agrees)
    ours = find_opinion_groups(kept)
    rates = np.where(np.isnan(ours.rates), overall, ours.rates)
    predicted = np.einsum("ik,ki->i", ours.memberships[rows], rates[:, columns])
    theirs = peer.group(kept)
    if theirs is None:
        return 1 - _loss(predicted, agrees) / base, float("nan")
    by_group, label = _group_rates(kept, theirs.labels, overall), theirs.labels[rows]
    from_groups = np.where(label >= 0, by_group[label, columns], overall[columns])
    return 1 - _loss(predicted, agrees) / base, 1 - _loss(from_groups, agrees) / base


def _halves(votes: Votes, seed: int, peer: RedDwarf) -> tuple[float, float]:
    """Each groups two halves of the people; both results then place everybody."""
    random = np.random.default_rng(seed)
    half = random.permutation(votes.n_participants) % 2 == 0
    tallies = votes.tallies()
    overall = (tallies.agree + 1) / (tallies.agree + tallies.disagree + 2)
    n_groups = find_opinion_groups(votes).n_groups
    placed: list[Labels] = []
    peers: list[Labels] = []
    for side in (half, ~half):
        part = votes.take(side)
        ours: OpinionGroups = find_opinion_groups(part, n_groups)
        placed.append(_placed(votes, np.where(np.isnan(ours.rates), overall, ours.rates)))
        theirs = peer.group(part)
        if theirs is not None and theirs.n_groups:
            peers.append(_placed(votes, _group_rates(part, theirs.labels, overall)))
    same = adjusted_rand(*placed) if n_groups > 1 else float("nan")
    return same, adjusted_rand(*peers) if len(peers) == 2 else float("nan")


def _group_rates(votes: Votes, labels: Labels, overall: Floats) -> Floats:
    counts = count_by_group(votes, labels, max(int(labels.max()) + 1, 1))
    return np.asarray(
        (counts.agree + LEANING * overall) / (counts.agree + counts.disagree + LEANING)
    )


def _placed(votes: Votes, rates: Floats) -> Labels:
    return Planted(votes, np.zeros(0, dtype=np.int64), rates).best_possible()


def _recovered(labels: Labels, room: Planted) -> float:
    return adjusted_rand(labels + 1, room.camp)


def _loss(chance: Floats, agrees: npt.NDArray[np.bool_]) -> float:
    right = np.clip(np.where(agrees, chance, 1 - chance), 1e-4, 1)
    return float(-np.log(right).mean())


def _percent(values: Floats) -> str:
    return f"{100 * np.nanmean(values):.1f}%" if np.isfinite(values).any() else "–"


def _mean(values: Floats) -> str:
    return f"{np.nanmean(values):.2f}" if np.isfinite(values).any() else "–"


if __name__ == "__main__":
    main()
