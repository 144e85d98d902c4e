"""What groups say, share and are divided by, in rooms where it is known."""

import numpy as np
import pytest

from commonground.opinion_groups import find_opinion_groups
from commonground.votes import Answer, Votes
from commonground.what_groups_say import what_groups_say
from commonground.what_groups_say.counts import count_fairly
from tests.commonground.opinion_groups.rooms import planted_room, shuffled


def room(people=300):
    """Two camps; statements 0-4 divide them, 5-9 are shared, 10-11 rejected by all, 12-19 open."""
    random = np.random.default_rng(2)
    camp = (np.arange(people) >= people * 2 // 3).astype(int)
    rates = np.full((2, 20), 0.5)
    rates[:, :5] = [[0.95], [0.05]]
    rates[:, 5:10] = 0.95
    rates[:, 10:12] = 0.04
    return Votes.from_matrix(np.where(random.random((people, 20)) < rates[camp], 1.0, -1.0))


@pytest.fixture(scope="module")
def found():
    votes = room()
    return what_groups_say(votes, find_opinion_groups(votes))


def test_what_tells_each_group(found):
    larger, smaller = found.telling
    assert {(item.statement, item.answer) for item in larger} == {
        (statement, Answer.AGREE) for statement in range(5)
    }
    assert {(item.statement, item.answer) for item in smaller} == {
        (statement, Answer.DISAGREE) for statement in range(5)
    }
    for item in larger + smaller:
        assert item.difference.low < item.difference.value < item.difference.high
        assert item.difference.low > 0.7
        assert item.q_value < 1e-6


def test_what_all_share(found):
    assert {(item.statement, item.answer) for item in found.shared} == {
        *((statement, Answer.AGREE) for statement in range(5, 10)),
        *((statement, Answer.DISAGREE) for statement in (10, 11)),
    }
    lows = [item.least.low for item in found.shared]
    assert lows == sorted(lows, reverse=True)


def test_what_divides_and_whom(found):
    assert {item.statement for item in found.dividing} == set(range(5))
    for item in found.dividing:
        assert (item.most, item.least) == (0, 1)
        assert (item.agreeing, item.disagreeing) == ((0,), (1,))
        assert item.opposed


def test_fair_counts_add_up_to_the_answers():
    votes, _ = planted_room()
    counts = count_fairly(votes, find_opinion_groups(votes))
    tallies = votes.tallies()
    np.testing.assert_allclose(counts.agree.sum(axis=0), tallies.agree)
    np.testing.assert_allclose(counts.disagree.sum(axis=0), tallies.disagree)
    np.testing.assert_allclose(counts.not_sure.sum(axis=0), tallies.not_sure)


def test_groups_forced_on_shuffled_answers_tell_next_to_nothing():
    told = []
    for seed in range(6):
        votes, _ = planted_room(people=200, statements=40)
        noise = shuffled(votes, seed)
        told.append(
            sum(map(len, what_groups_say(noise, find_opinion_groups(noise, n_groups=2)).telling))
        )
    assert np.mean(told) < 4


def test_one_group_shares_but_is_not_divided():
    votes = Votes.from_matrix(np.ones((30, 3)))
    found = what_groups_say(votes, find_opinion_groups(votes))
    assert [item.statement for item in found.shared] == [0, 1, 2]
    assert found.dividing == ()
    assert found.telling == ((),)


def test_left_out_statements_are_never_named():
    votes = room().with_moderation(moderated_out=[5, 6], meta=[0])
    found = what_groups_say(votes, find_opinion_groups(votes))
    assert {item.statement for item in found.shared}.isdisjoint({5, 6})
    assert {item.statement for item in found.dividing} == {1, 2, 3, 4}


def test_below_five_people_nothing_is_said():
    votes = Votes.from_matrix(np.ones((4, 3)))
    assert what_groups_say(votes, find_opinion_groups(votes)).shared == ()
