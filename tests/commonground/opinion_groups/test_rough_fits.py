"""Models of several samples that share one table of answers are those of each sample alone."""

import numpy as np
import pytest

from commonground.blocks import InProcess
from commonground.opinion_groups import mixture, samples
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.mixture import iteration, memberships
from commonground.opinion_groups.rough_fits import fit_roughly
from commonground.opinion_groups.samples import Samples
from commonground.opinion_groups.stances import count_stances, stance_block, with_transpose
from commonground.opinion_groups.starting_points import starting_points
from commonground.votes import Votes
from tests.commonground.opinion_groups.rooms import planted_room

NUMBERS = [2, 3]


@pytest.fixture(params=["dense", "sparse"])
def table(request, monkeypatch):
    """Whether the table of answers is dense, as small ones are, or sparse."""
    if request.param == "sparse":
        monkeypatch.setattr(samples, "DENSE_UP_TO", 0)
    return np.ndarray if request.param == "dense" else samples.sparse.csr_array


@pytest.fixture
def votes():
    return canonical(planted_room(people=120, camps=3)[0]).votes


def third(votes):
    return np.arange(votes.n_participants) % 3 == 0  # of unlike size: 40 and 80 people


def test_parts_of_the_people(votes, table):
    part = third(votes)
    together = Samples.of_people(votes, np.stack([part, ~part]))
    assert isinstance(together.answers, table)
    for side, found in zip((part, ~part), fit_roughly(together, NUMBERS), strict=True):
        alone = fit_roughly(Samples.of_people(votes.take(side)), NUMBERS)[0]
        for one, other in zip(found, alone, strict=True):
            assert one.model.log_likelihood == pytest.approx(other.model.log_likelihood, rel=1e-4)
            np.testing.assert_allclose(one.model.rates, other.model.rates, atol=0.01)
            np.testing.assert_allclose(one.members[:, side], other.members, atol=0.01)


def test_parts_of_the_answers(votes, table):
    fold = np.arange(votes.n_votes) % 3 == 0
    parts = [votes.keep(fold), votes.keep(~fold)]
    together, n_people = Samples.of_answers(parts), votes.n_participants
    assert isinstance(together.answers, table)
    for place, part in enumerate(parts):
        found = fit_roughly(together, NUMBERS)[place]
        alone = fit_roughly(Samples.of_people(part), NUMBERS)[0]
        own = slice(place * n_people, (place + 1) * n_people)
        for one, other in zip(found, alone, strict=True):
            np.testing.assert_allclose(one.model.rates, other.model.rates, atol=0.01)
            np.testing.assert_allclose(one.members[:, own], other.members, atol=0.01)


def test_it_is_the_exact_model_in_single_precision(votes, table):
    ((rough, _),) = fit_roughly(Samples.of_people(votes), NUMBERS)
    block = stance_block(votes)
    np.testing.assert_allclose(rough.members, memberships(block, rough.model).T, atol=1e-4)
    engine = InProcess.of([block])
    both_ways = engine.prepared(with_transpose)
    after, likelihood = iteration(both_ways, count_stances(engine).rate, rough.model)
    assert rough.model.log_likelihood == pytest.approx(likelihood, rel=1e-6)
    _, better = iteration(both_ways, count_stances(engine).rate, after)
    assert 0 <= better - likelihood < 1e-3 * abs(likelihood)  # near the end


def test_the_weight_of_an_answer_is_the_same_as_in_the_exact_model(votes, monkeypatch):
    monkeypatch.setattr(mixture, "ANSWER_WEIGHT", 0.3)
    monkeypatch.setattr(mixture, "LEANING", 9.0)
    ((rough, _),) = fit_roughly(Samples.of_people(votes), NUMBERS)
    found = memberships(stance_block(votes), rough.model).T
    np.testing.assert_allclose(rough.members, found, atol=1e-4)


def test_everybody_starts_in_one_group_of_each_number_and_others_nowhere(votes):
    part = third(votes)
    for number, start in zip(
        NUMBERS, starting_points(Samples.of_people(votes, part[None]), NUMBERS), strict=True
    ):
        assert start.shape == (1, number, votes.n_participants)
        np.testing.assert_allclose(start[0].sum(axis=0), part)
        assert (start[0].sum(axis=1) > 0).all()


def test_planted_camps_are_where_people_start(votes):
    room, camp = planted_room(people=200, camps=2, difference=0.8)
    ordered = canonical(room)
    (start,) = starting_points(Samples.of_people(ordered.votes), [2])
    right = np.mean(start[0].argmax(axis=0) == camp[ordered.people])
    assert max(right, 1 - right) > 0.9


def test_people_who_are_all_alike_share_the_groups(votes):
    alike = votes.keep(votes.columns == 0)
    alike = alike.take(np.flatnonzero(alike.answers_given)[:30])
    agree = alike.take(np.flatnonzero(alike.values > 0))
    for start in starting_points(Samples.of_people(agree), NUMBERS):
        np.testing.assert_allclose(start.sum(axis=1), 1)
    for rough in fit_roughly(Samples.of_people(agree), NUMBERS)[0]:
        np.testing.assert_allclose(rough.model.weights.sum(), 1, rtol=1e-5)
        assert np.ptp(rough.members, axis=1).max() < 1e-5


def test_what_all_but_one_of_many_thousand_agree_with_keeps_its_odds():
    """In single precision the rate of such a statement would be exactly 1."""
    random = np.random.default_rng(0)
    camp = np.arange(40_000) % 2
    answers = np.where(random.random((40_000, 6)) < np.where(camp, 0.9, 0.1)[:, None], 1.0, -1.0)
    answers[:, 0] = 1
    answers[0, 0] = -1
    everybody = canonical(Votes.from_matrix(answers)).votes
    dissenter = np.zeros(everybody.n_participants, dtype=bool)
    statement = int(np.argmax(everybody.tallies().agree))
    dissenter[everybody.rows[(everybody.columns == statement) & (everybody.values < 0)]] = True
    (found,) = fit_roughly(Samples.of_people(everybody.take(~dissenter)), [2])
    rates = found[0].model.rates[:, statement]
    assert (rates < 1).all()
    assert (rates > 1 - 1e-6).all()
    one = stance_block(everybody.take(dissenter))
    assert np.isfinite(memberships(one, found[0].model)).all()
