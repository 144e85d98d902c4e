"""A table of answers gives the same sums however it lies."""

import numpy as np
import pytest

from commonground.opinion_groups import samples
from commonground.opinion_groups.samples import Samples
from commonground.opinion_groups.stability import Halves
from commonground.votes import Votes


def room(people, statements, seed=0):
    """A third of the answers, all of them agree or disagree."""
    random = np.random.default_rng(seed)
    given = np.where(random.random((people, statements)) < 0.6, 1.0, -1.0)
    given[random.random(given.shape) > 1 / 3] = np.nan
    return Votes.from_matrix(given)


LAYOUTS = {"dense": (30, 20), "person by person": (90, 20), "statement by statement": (30, 20)}


@pytest.fixture(params=LAYOUTS)
def votes(request, monkeypatch):
    if request.param != "dense":
        monkeypatch.setattr(samples, "DENSE_UP_TO", 0)
    votes = room(*LAYOUTS[request.param])
    kinds = {"dense": np.ndarray, "person by person": samples.sparse.csr_array}
    kind = kinds.get(request.param, samples.sparse.csc_array)
    assert isinstance(Samples.of_people(votes).answers, kind)
    return votes


@pytest.mark.parametrize("n_rows", [1, 3, 4, 5])
def test_sums_by_person_and_by_statement(votes, n_rows):
    table = np.arange(n_rows * 2 * votes.n_statements, dtype=np.float32).reshape(n_rows, -1)
    weights = np.arange(n_rows * votes.n_participants, dtype=np.float32).reshape(n_rows, -1)
    by_person = np.zeros((n_rows, votes.n_participants))
    by_statement = np.zeros_like(table)
    for row, column, value in zip(votes.rows, votes.columns, votes.values, strict=True):
        place = column + (votes.n_statements if value > 0 else 0)
        by_person[:, row] += table[:, place]
        by_statement[:, place] += weights[:, row]
    found = Samples.of_people(votes)
    np.testing.assert_array_equal(found.by_person(table), by_person)
    np.testing.assert_array_equal(found.by_statement(weights), by_statement)


def test_a_part_of_the_people_has_the_table_it_would_have_alone(votes):
    part = np.arange(votes.n_participants) % 3 == 0
    found, alone = Samples.of_people(votes).only(part), Samples.of_people(votes.take(part))
    table = np.random.default_rng(1).random((3, 2 * votes.n_statements), dtype=np.float32)
    np.testing.assert_array_equal(found.by_person(table), alone.by_person(table))
    np.testing.assert_array_equal(found.counts, alone.counts)
    np.testing.assert_array_equal(found.answered, alone.answered)


def test_a_small_part_of_a_sparse_table_is_dense(monkeypatch):
    votes = room(30, 20)
    part = np.arange(30) < 10
    monkeypatch.setattr(samples, "DENSE_UP_TO", 10 * 40)
    found = Samples.of_people(votes).only(part)
    np.testing.assert_array_equal(found.answers, Samples.of_people(votes.take(part)).answers)


def test_halves_with_tables_of_their_own_place_everybody_as_together(monkeypatch):
    random = np.random.default_rng(0)
    camp = np.arange(120) % 2
    agrees = random.random((120, 40)) < np.where(camp == 0, 0.9, 0.1)[:, None]
    votes = Votes.from_matrix(np.where(agrees, 1.0, -1.0))
    together = Halves(votes).alike([2, 3], splits=2)
    assert together[:, 0].tolist() == [1.0, 1.0]
    monkeypatch.setattr("commonground.opinion_groups.stability.TOGETHER_UP_TO", 0)
    np.testing.assert_allclose(Halves(votes).alike([2, 3], splits=2), together, atol=0.1)
