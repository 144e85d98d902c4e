"""How many answers do people have to give until as much is known? Ours, Polis' routing, and chance.

Real conversations are played again. People come in a random order; each is asked a third of the
statements that they really answered (five at least, where they answered that many), one after the
other, and gives their real answer. Which of these they are asked, and in which order, is up to
the routing. What is known after each number of answers:

- settled: the share of (partner group, statement) pairs whose stance is known, and is the one that
  all answers of the conversation give. Polis exports have no declared partner groups, so Polis' own
  opinion groups stand in for them: a hard case, since they differ most.
- error: the mean distance between the share who agree (of everybody, statement by statement) so far
  and with all answers; a statement that nobody has answered counts as one half.
- unheard: the share of statements that fewer than five people have answered.

The interval beside each figure is what 19 of 20 redrawings of the orders of people give (bootstrap
over the orders, percentiles): how much the order matters, not how much another conversation would.

Run: python -m benchmarks.quality.routing FOLDER_OF_POLIS_EXPORTS --maths FOLDER_OF_POLIS_MATHS
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.published_maths import CONVERSATIONS, read_published_maths
from commonground.formats import read_polis
from commonground.polis.plane import polis_plane
from commonground.polis.priorities import priorities
from commonground.routing import Heard, draw, weights
from commonground.votes import Votes

CHOOSING = (
    "scoop-hivemind.freshwater",
    "scoop-hivemind.taxes",
    "brexit-consensus",
    "vtaiwan.uberx",
)
"""The conversations that chose the settings of the formula.

The last two judged an earlier formula, and showed what it lacked.
"""

JUDGING = (
    "american-assembly.bowling-green",
    "london.youth.policing",
    "scoop-hivemind.affordable-housing",
)
"""Those that judge it, as they judged the earlier formula: its figures for them were known."""

ENOUGH = 5
CHECKS = 60
REDRAWN = 1000
PLANE_EVERY = 25
"""Polis works its plane out anew every so many people."""


@dataclass
class Played:
    """A conversation to play again: everybody's real answers and stand-in partner groups."""

    name: str
    votes: Votes
    groups: np.ndarray
    n_groups: int
    truth: np.ndarray = field(init=False)
    shares: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        counts = np.zeros((self.votes.n_statements, self.n_groups, 3))
        known = self.groups >= 0
        rows = self.votes.rows
        mask = known[rows]
        np.add.at(
            counts,
            (self.votes.columns[mask], self.groups[rows[mask]], self.votes.values[mask] + 1),
            1,
        )
        self.truth = stances(counts)
        tallies = self.votes.tallies()
        self.shares = tallies.agree / np.maximum(tallies.seen, 1)


def stances(counts: np.ndarray) -> np.ndarray:
    """1 agrees, -1 does not, 0 divided, -9 too few; counts: (statements, groups, answer)."""
    people = counts.sum(axis=2)
    found = np.where(2 * counts[..., 2] > people, 1, np.where(2 * counts[..., 0] > people, -1, 0))
    return np.where(people < ENOUGH, -9, found)


@dataclass
class State:
    """What is known so far."""

    counts: np.ndarray  # statements, groups, answer
    everybody: np.ndarray  # statements, answer
    given: list[tuple[int, int, int]] = field(default_factory=list)


Chances = Callable[[State, int, int], np.ndarray]


def play(played: Played, chances: Chances, seed: int) -> np.ndarray:
    """Rows of (answers, settled, error, unheard) as the conversation goes on."""
    generator = np.random.default_rng(seed)
    votes = played.votes
    order = generator.permutation(votes.n_participants)
    asked = np.maximum(np.minimum(votes.answers_given, 5), votes.answers_given // 3)
    total, every = int(asked.sum()), max(1, int(asked.sum()) // CHECKS)
    state = State(
        np.zeros((votes.n_statements, played.n_groups, 3)), np.zeros((votes.n_statements, 3))
    )
    rows, answers = [], 0
    for number, who in enumerate(order):
        own = slice(votes.starts[who], votes.starts[who + 1])
        columns, values = votes.columns[own], votes.values[own]
        left = dict(zip(columns.tolist(), values.tolist(), strict=True))
        group = int(played.groups[who])
        for _ in range(int(asked[who])):
            among = np.fromiter(left, dtype=np.int64)
            row = draw(chances(state, group, number), among=among, random_state=generator)
            if row is None:
                row = int(generator.choice(among))
            answer = left.pop(row)
            state.everybody[row, answer + 1] += 1
            if group >= 0:
                state.counts[row, group, answer + 1] += 1
            state.given.append((int(who), row, answer))
            answers += 1
            if answers % every == 0 or answers == total:
                rows.append(measure(played, state, answers))
    return np.array(rows)


def measure(played: Played, state: State, answers: int) -> tuple[float, float, float, float]:
    """(answers, settled, error, unheard) now."""
    knowable = played.truth != -9
    settled = (stances(state.counts) == played.truth) & knowable
    people = state.everybody.sum(axis=1)
    share = np.where(people > 0, state.everybody[:, 2] / np.maximum(people, 1), 0.5)
    return (
        answers,
        float(settled.sum() / max(1, knowable.sum())),
        float(np.abs(share - played.shares).mean()),
        float((people < ENOUGH).mean()),
    )


def by_chance(state: State, group: int, number: int) -> np.ndarray:
    """Every statement alike."""
    return np.ones(len(state.everybody))


def as_polis(played: Played) -> Chances:
    """Polis' priorities, with its plane worked out anew every few people."""
    extremity = np.zeros(played.votes.n_statements)
    worked_out = [-1]

    def chances(state: State, group: int, number: int) -> np.ndarray:
        if number // PLANE_EVERY != worked_out[0] and len(state.given) > 20:
            worked_out[0] = number // PLANE_EVERY
            who, what, answer = (np.array(column) for column in zip(*state.given, strict=True))
            so_far = Votes.from_arrays(
                who, what, answer, all_statements=np.arange(played.votes.n_statements)
            )
            extremity[:] = np.nan_to_num(polis_plane(so_far).extremity)
        return priorities(
            state.everybody[:, 2],
            state.everybody[:, 0],
            state.everybody.sum(axis=1),
            extremity,
            np.zeros(len(state.everybody), dtype=bool),
        )

    return chances


def ours() -> Chances:
    """`commonground.routing`, told how each group has answered."""

    def chances(state: State, group: int, number: int) -> np.ndarray:
        groups = tuple(str(place) for place in range(state.counts.shape[1]))
        heard = Heard.of(
            agree=state.everybody[:, 2],
            disagree=state.everybody[:, 0],
            not_sure=state.everybody[:, 1],
            by_group=state.counts.sum(axis=2),
            agree_by_group=state.counts[:, :, 2],
            disagree_by_group=state.counts[:, :, 0],
            groups=groups,
        )
        asker = {str(group)} if group >= 0 else set()
        return weights(heard, asker=asker, enough=ENOUGH)

    return chances


def load(folder: Path, name: str) -> Played:
    """One export, its rejected statements left out."""
    export = read_polis(folder / name)
    votes = export.votes()
    votes = votes.keep(~votes.moderated_out[votes.columns])
    groups = np.array([export.groups.get(who, -1) for who in votes.participants.tolist()])
    return Played(name, votes, groups, int(groups.max()) + 1)


def load_published(folder: Path) -> Played:
    """One conversation with Polis' own output beside it, from which its groups are."""
    published = read_published_maths(folder)
    groups = published.labels()
    votes = published.votes
    return Played(
        folder.name,
        votes.keep(~votes.moderated_out[votes.columns]),
        groups,
        int(groups.max()) + 1,
    )


def answers_needed(curve: np.ndarray, column: int, level: float) -> float:
    """How many answers until a level is reached for good; infinite where it never is."""
    rising = column == 1
    values = curve[:, column]
    there = values >= level if rising else values <= level
    return float(curve[np.argmax(there), 0]) if there.any() else float("inf")


def curves(played: Played, chances: Callable[[], Chances], seeds: Sequence[int]) -> np.ndarray:
    """A curve for each order of people; shape (orders, checks, 4)."""
    return np.stack([play(played, chances(), seed) for seed in seeds])


def relative(way: np.ndarray, chance: np.ndarray, column: int) -> float:
    """Answers needed for what chance knows with all of its answers, as a share of those."""
    mean = chance.mean(axis=0)
    return answers_needed(way.mean(axis=0), column, mean[-1, column]) / float(mean[-1, 0])


def interval(way: np.ndarray, chance: np.ndarray, column: int) -> tuple[float, float]:
    """`relative` in the middle 95% of redrawings of the orders; infinite: never."""
    generator = np.random.default_rng(0)
    drawn = []
    for _ in range(REDRAWN):
        orders = generator.integers(len(way), size=len(way))
        drawn.append(relative(way[orders], chance[orders], column))
    drawn.sort()
    return drawn[round(0.025 * (REDRAWN - 1))], drawn[round(0.975 * (REDRAWN - 1))]


def shown(value: float) -> str:
    return "never" if np.isinf(value) else f"{value:.2f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--maths", type=Path, help="conversations with Polis' own output: they judge"
    )
    parser.add_argument("--orders", type=int, default=20, help="orders of people (20)")
    parser.add_argument("--only", nargs="*", help="these conversations alone")
    arguments = parser.parse_args()
    print(f"{arguments.orders} orders of people. Answers needed for what chance knows with all of")
    print("its answers (1.00: as many as chance), and its interval over the orders.\n")
    for title, names in (("chose the settings", CHOOSING), ("judged them", JUDGING)):
        print(f"-- {title}")
        for name in names:
            if arguments.only is None or name in arguments.only:
                report(load(arguments.folder, name), range(arguments.orders))
    for name in CONVERSATIONS if arguments.maths is not None else ():
        if arguments.only is None or name in arguments.only:
            report(load_published(arguments.maths / name), range(arguments.orders))


def report(played: Played, seeds: Sequence[int]) -> None:
    """Print a conversation's figures."""
    chance = curves(played, lambda: by_chance, seeds)
    ways = {"polis": curves(played, lambda: as_polis(played), seeds)}
    ways["ours"] = curves(played, ours, seeds)
    print(f"{played.name}: {int(chance[0, -1, 0])} answers")
    half = chance.shape[1] // 2
    unheard = chance[:, half, 3].mean()
    print(f"  chance: unheard at half {unheard:.2f}")
    for name, way in ways.items():
        line = f"  {name:>6}: "
        for what, column in (("settled", 1), ("error", 2)):
            low, high = interval(way, chance, column)
            line += f"{what} {shown(relative(way, chance, column))}"
            line += f" ({shown(low)} to {shown(high)}), "
        print(f"{line}unheard at half {way[:, half, 3].mean():.2f}", flush=True)


if __name__ == "__main__":
    main()
