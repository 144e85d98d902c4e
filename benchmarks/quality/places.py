"""Whether places on the plane are as sure as they say: `python -m benchmarks.quality.places`.

Half of everybody's answers give a place and its error; the other half of their answers is then
compared with what that place leads to expect. With errors that are right, 95% lie within the 95%
ellipse. Both halves are looked at on the axes of all answers, as the drawing is.

In made-up rooms everybody's true place is known, and so are the true axes: how many lie within
the ellipses that are drawn, with axes found from the same answers? The true plane is only turned
to where the drawn one lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from unittest import mock

import numpy as np

from benchmarks.conversations import REAL, real_conversation
from commonground.blocks import InProcess
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.doubtful_axes import AxesInDoubt
from commonground.opinion_groups.middles import CHI_SQUARE_95
from commonground.opinion_groups.plane import (
    USED_BY_A_STATEMENT,
    Floats,
    draw_plane,
    moments,
    places_with_errors,
    summaries,
)
from commonground.opinion_groups.stances import (
    count_stances,
    deviations,
    stance_block,
    strongest_axes,
)
from commonground.votes import Votes

SEEDS = 3
MADE_UP = 20
ROOMS = (
    (50, 30, 1.0),
    (100, 30, 0.6),
    (100, 60, 0.6),
    (200, 60, 0.3),
    (200, 60, 0.8),
    (600, 60, 0.3),
    (600, 60, 1.0),
    (2000, 100, 0.2),
)


def main() -> None:
    """Print a line for each conversation."""
    print("| conversation | people | other half within the 95% ellipse |")
    print("|---|---|---|")
    for name in REAL:
        votes = canonical(real_conversation(name)).votes
        found = [held(votes, seed) for seed in range(SEEDS)]
        share = 100 * float(np.concatenate(found).mean())
        print(f"| {name} | {len(found[0])} | {share:.1f}% |")
    print()
    print(
        "| made-up people | statements | answered | second axis "
        "| within, axes taken as given | within, as drawn |"
    )
    print("|---|---|---|---|---|---|")
    for people, statements, answered in ROOMS:
        for second, name in ((1.0, "as strong"), (0.5, "half as strong")):
            rooms = [
                made_up_room(people, statements, answered, second=second, seed=seed)
                for seed in range(MADE_UP)
            ]
            given, drawn = (
                100 * float(np.concatenate([covered(room, of_axes) for room in rooms]).mean())
                for of_axes in (False, True)
            )
            print(
                f"| {people} | {statements} | {answered:.0%} | {name} "
                f"| {given:.1f}% | {drawn:.1f}% |",
                flush=True,
            )


def held(votes: Votes, seed: int) -> Floats:
    """For each person with enough answers: 1 where the other half is within the ellipse."""
    engine = InProcess.of([stance_block(votes)])
    counts = count_stances(engine)
    added = deviations(counts)
    axes, strengths = strongest_axes(engine, added, n_axes=2)
    unit = axes * np.sqrt(axes.shape[1])
    doubtful = AxesInDoubt.of(counts.agree + counts.disagree)
    chosen = np.random.default_rng(seed).random(votes.n_votes) < 0.5
    one, other = (
        summaries(stance_block(votes.keep(side)), added, unit, doubtful.share)
        for side in (chosen, ~chosen)
    )
    stances = float(chosen.sum())
    in_one = count_stances(InProcess.of([stance_block(votes.keep(chosen))]))
    by_column = np.stack([in_one.disagree, in_one.agree], axis=1).ravel()
    by_chance, spread = moments(one, float((added**2) @ by_column), stances)
    by_chance *= stances / max(stances - USED_BY_A_STATEMENT * votes.n_statements, 1.0)
    places, errors = places_with_errors(one, by_chance, spread)
    turned = doubtful.turned(strengths, by_chance, votes.n_participants)
    errors += doubtful.added(one, places, errors, by_chance, turned)
    toward = other[:2].T
    products = np.stack([other[2], other[3], other[3], other[4]], axis=1).reshape(-1, 2, 2)
    enough = np.linalg.det(products) > 1e-6
    places, errors, toward, products = (of[enough] for of in (places, errors, toward, products))
    off = toward - np.einsum("nij,nj->ni", products, places)
    expected = products @ errors @ products + by_chance * products
    away = np.einsum("ni,ni->n", off, np.linalg.solve(expected, off[:, :, None])[:, :, 0])
    return np.asarray(away <= CHI_SQUARE_95, dtype=float)


@dataclass(frozen=True)
class MadeUp:
    """A room where everybody's chance to agree with each statement is known."""

    votes: Votes
    chances: Floats
    """n_people × n_statements."""


def made_up_room(
    people: int, statements: int, answered: float, *, second: float = 1.0, seed: int = 0
) -> MadeUp:
    """Answers that depend on a place on two axes; `second`: how strong the second one is."""
    random = np.random.default_rng(seed)
    pull = random.normal(0, 0.8, (statements, 2)) * [1, second]
    leaning = random.normal(0.3, 0.7, statements) + random.normal(0, 1, (people, 2)) @ pull.T
    chances = 1 / (1 + np.exp(-leaning))
    answers = np.where(random.random(chances.shape) < chances, 1.0, -1)
    answers[random.random(chances.shape) > answered] = np.nan
    return MadeUp(Votes.from_matrix(answers), chances)


def covered(room: MadeUp, of_axes: bool = True) -> Floats:
    """For each person: 1 where the true place lies within the ellipse that is drawn.

    `of_axes`: whether the doubt about the axes is counted.
    """
    engine = InProcess.of([stance_block(room.votes)])
    counts = count_stances(engine)
    added = deviations(counts)
    axes, _ = strongest_axes(engine, added, n_axes=2)
    off = 2 * room.chances - 1
    off -= off.mean(axis=0)
    true = np.linalg.svd(off, full_matrices=False)[2][:2]
    one, _, other = np.linalg.svd(axes @ true.T)
    wanted = off @ true.T @ (one @ other).T / np.sqrt(len(added) / 2)
    if of_axes:
        plane = draw_plane(engine, counts)
    else:
        with mock.patch.object(AxesInDoubt, "turned", return_value=np.zeros(2)):
            plane = draw_plane(engine, counts)
    away = plane.people - wanted
    far = np.linalg.solve(plane.covariances, away[:, :, None])[:, :, 0]
    return np.asarray(np.einsum("ni,ni->n", away, far) <= CHI_SQUARE_95, dtype=float)


if __name__ == "__main__":
    main()
