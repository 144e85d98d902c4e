"""Whether places on the plane are as sure as they say: `python -m benchmarks.quality.places`.

Half of everybody's answers give a place and its error; the other half of their answers is then
compared with what that place leads to expect. With errors that are right, 95% lie within the 95%
ellipse. Both halves are looked at on the axes of all answers, as the drawing is.
"""

from __future__ import annotations

import numpy as np

from benchmarks.conversations import REAL, real_conversation
from commonground.blocks import InProcess
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.middles import CHI_SQUARE_95
from commonground.opinion_groups.plane import (
    USED_BY_A_STATEMENT,
    Floats,
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


def main() -> None:
    """Print a line for each conversation."""
    print("| conversation | people | other half within the 95% ellipse |")
    print("|---|---|---|")
    for name in REAL:
        votes = canonical(real_conversation(name)).votes
        found = [held(votes, seed) for seed in range(SEEDS)]
        share = 100 * float(np.concatenate(found).mean())
        print(f"| {name} | {len(found[0])} | {share:.1f}% |")


def held(votes: Votes, seed: int) -> Floats:
    """For each person with enough answers: 1 where the other half is within the ellipse."""
    engine = InProcess.of([stance_block(votes)])
    added = deviations(count_stances(engine))
    axes, _ = strongest_axes(engine, added, n_axes=2)
    unit = axes * np.sqrt(axes.shape[1])
    chosen = np.random.default_rng(seed).random(votes.n_votes) < 0.5
    one, other = (
        summaries(stance_block(votes.keep(side)), added, unit) for side in (chosen, ~chosen)
    )
    stances = float(chosen.sum())
    in_one = count_stances(InProcess.of([stance_block(votes.keep(chosen))]))
    by_column = np.stack([in_one.disagree, in_one.agree], axis=1).ravel()
    by_chance, spread = moments(one, float((added**2) @ by_column), stances)
    by_chance *= stances / max(stances - USED_BY_A_STATEMENT * votes.n_statements, 1.0)
    places, errors = places_with_errors(one, by_chance, spread)
    toward = other[:2].T
    products = np.stack([other[2], other[3], other[3], other[4]], axis=1).reshape(-1, 2, 2)
    enough = np.linalg.det(products) > 1e-6
    places, errors, toward, products = (of[enough] for of in (places, errors, toward, products))
    off = toward - np.einsum("nij,nj->ni", products, places)
    expected = products @ errors @ products + by_chance * products
    away = np.einsum("ni,ni->n", off, np.linalg.solve(expected, off[:, :, None])[:, :, 0])
    return np.asarray(away <= CHI_SQUARE_95, dtype=float)


if __name__ == "__main__":
    main()
