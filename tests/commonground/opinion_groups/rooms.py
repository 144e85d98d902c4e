"""Made-up rooms, with camps planted in them or with none."""

import numpy as np

from commonground.votes import Votes


def planted_room(
    *, people=300, statements=40, camps=3, difference=0.8, answered=0.6, not_sure=0.1, seed=0
):
    """Votes and the camp of each person; camps differ on half of the statements."""
    random = np.random.default_rng(seed)
    camp = random.permutation(people) % camps
    rates = np.tile(random.beta(2, 2, statements), (camps, 1))
    split = np.flatnonzero(random.random(statements) < 0.5)
    rates[:, split] = 0.5 + difference / 2 * random.choice([-1, 1], size=(camps, len(split)))
    answers = np.where(random.random((people, statements)) < rates[camp], 1.0, -1.0)
    answers[random.random(answers.shape) < not_sure] = 0
    answers[random.random(answers.shape) > answered] = np.nan
    return Votes.from_matrix(answers), camp


def shuffled(votes: Votes, seed: int) -> Votes:
    """The answers to each statement dealt out anew among the people who answered it."""
    random = np.random.default_rng(seed)
    values = votes.values.copy()
    for statement in range(votes.n_statements):
        of_this = np.flatnonzero(votes.columns == statement)
        values[of_this] = random.permutation(values[of_this])
    return Votes.from_positions(
        votes.rows,
        votes.columns,
        values,
        participants=votes.participants,
        statements=votes.statements,
    )


def same_partition(first, second) -> float:
    """Adjusted Rand index (Hubert & Arabie 1985): 1 the same, about 0 by chance."""
    table = np.zeros((max(first) + 1, max(second) + 1))
    np.add.at(table, (first, second), 1)

    def pairs(counts):
        return float((counts * (counts - 1) / 2).sum())

    rows, columns = pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    expected = rows * columns / pairs(np.array([len(first)]))
    return (pairs(table) - expected) / ((rows + columns) / 2 - expected)
