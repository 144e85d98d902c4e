"""Rooms with the same pattern of who answered what: shuffling, and how much their people differ."""

from unittest import mock

import numpy as np
import pytest

from commonground.opinion_groups.pattern import Pattern
from commonground.votes import Votes


def room(people=30, statements=8, seed=0):
    random = np.random.default_rng(seed)
    table = np.where(random.random((people, statements)) < 0.4, 1.0, -1.0)
    table[random.random(table.shape) < 0.5] = np.nan
    table[:, 3] = np.nan  # nobody answered it
    return Votes.from_matrix(table)


def share_on_the_strongest_axis(votes, agrees):
    table = np.full((votes.n_participants, votes.n_statements), np.nan)
    table[votes.rows, votes.columns] = np.where(agrees, 1.0, -1.0)
    seen = ~np.isnan(table).all(axis=0)
    means, spreads = np.nanmean(table[:, seen], axis=0), np.nanstd(table[:, seen], axis=0)
    scaled = np.nan_to_num((table[:, seen] - means) / np.where(spreads > 0, spreads, np.inf))
    return np.linalg.eigvalsh(scaled.T @ scaled)[-1] / (scaled**2).sum()


# All eigenvalues of a few statements, products of more, and a sparse matrix.
@pytest.mark.parametrize("limits", [{"ALL_UP_TO": 96}, {"ALL_UP_TO": 0}, {"SMALL_SIDE": 0}])
def test_the_strongest_axis_is_that_of_a_dense_table(limits):
    votes = room()
    pattern, random = Pattern.of(votes), np.random.default_rng(1)
    rooms = [votes.values > 0, *(random.random(votes.n_votes) < 0.7 for _ in range(2))]
    with mock.patch.multiple("commonground.opinion_groups.pattern", **limits):
        found = pattern.strongest([pattern.by_statement(agrees) for agrees in rooms])
    expected = [share_on_the_strongest_axis(votes, agrees) for agrees in rooms]
    assert found.tolist() == pytest.approx(expected, rel=1e-3)


def test_rooms_one_by_one_are_those_side_by_side():
    votes = room(seed=2)
    pattern, random = Pattern.of(votes), np.random.default_rng(3)
    rooms = [pattern.by_statement(random.random(votes.n_votes) < 0.6) for _ in range(4)]
    with mock.patch("commonground.opinion_groups.pattern.AT_ONCE", 1):
        alone = pattern.strongest(rooms)
    assert alone.tolist() == pytest.approx(pattern.strongest(rooms).tolist(), rel=1e-6)


def test_shuffling_keeps_how_many_agree_with_each_statement_and_moves_who_does():
    votes = room(people=200)
    pattern = Pattern.of(votes)
    real = pattern.by_statement(votes.values > 0)
    dealt = pattern.shuffled(real, np.random.default_rng(4))
    counts = [
        np.bincount(pattern.statements[agrees], minlength=votes.n_statements).tolist()
        for agrees in (real, dealt)
    ]
    assert counts[0] == counts[1] == votes.tallies().agree.tolist()
    assert 0.3 < (real != dealt).mean() < 0.7


def test_answers_lie_by_statement_and_then_by_person():
    votes = Votes.from_matrix([[1, -1], [np.nan, 1], [-1, np.nan]])
    pattern = Pattern.of(votes)
    assert pattern.statements.tolist() == [0, 0, 1, 1]
    assert pattern.people.tolist() == [0, 2, 0, 1]
    assert pattern.by_statement(votes.values > 0).tolist() == [True, False, False, True]
