"""Our own opinion groups: what they find, what they refuse to find, and what changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.opinion_groups import Verdict, find_opinion_groups
from commonground.votes import Votes
from tests.commonground.opinion_groups.rooms import planted_room, same_partition, shuffled


@pytest.mark.parametrize("camps", [2, 3, 4])
def test_planted_camps_are_found_in_the_right_number(camps):
    votes, camp = planted_room(camps=camps, people=400, answered=0.95)
    found = find_opinion_groups(votes)
    assert found.verdict is Verdict.GROUPS
    assert found.n_groups == camps
    assert same_partition(found.labels, camp) > 0.95
    assert found.sizes.tolist() == sorted(found.sizes.tolist(), reverse=True)


@pytest.mark.parametrize("seed", range(8))
def test_shuffled_answers_are_one_group(seed):
    votes, _ = planted_room()
    found = find_opinion_groups(shuffled(votes, seed))
    assert found.verdict is Verdict.ONE_GROUP
    assert found.n_groups == 1


def test_a_small_room_with_nothing_to_find_is_too_small_to_tell():
    votes, _ = planted_room(people=12, statements=12, difference=0)
    found = find_opinion_groups(votes)
    assert found.verdict is Verdict.TOO_FEW
    assert found.n_groups == 1


def test_two_clear_camps_in_a_room_of_twenty():
    votes, camp = planted_room(people=20, statements=30, camps=2, answered=0.8, seed=3)
    found = find_opinion_groups(votes)
    assert found.verdict is Verdict.GROUPS
    assert same_partition(found.labels, camp) > 0.9


def test_memberships_are_probabilities_and_surer_with_more_answers():
    votes, camp = planted_room(camps=2, difference=0.5, answered=0.3)
    found = find_opinion_groups(votes, n_groups=2)
    np.testing.assert_allclose(found.memberships.sum(axis=1), 1)
    sureness = found.memberships.max(axis=1)
    few, many = votes.answers_given < 9, votes.answers_given > 14
    assert sureness[few].mean() < sureness[many].mean()
    right = np.where(same_partition(found.labels, camp) > 0, found.labels == camp, False)
    share_right = max(right.mean(), 1 - right.mean())
    # A little less sure than it might be: answers of one person count as if they repeat each other.
    assert 0 < share_right - sureness.mean() < 0.12


def test_rates_are_near_what_was_planted():
    random = np.random.default_rng(5)
    camp = np.arange(600) % 2
    answers = np.where(random.random((600, 10)) < np.where(camp, 0.9, 0.2)[:, None], 1.0, -1.0)
    found = find_opinion_groups(Votes.from_matrix(answers))
    assert found.n_groups == 2
    assert sorted(found.rates.mean(axis=1).round(1).tolist()) == [0.2, 0.9]


def test_somebody_without_a_stance_has_no_group_and_the_shares_of_all():
    votes, _ = planted_room(camps=2)
    rows = np.append(votes.rows, [300, 300])
    columns = np.append(votes.columns, [0, 1])
    values = np.append(votes.values, [0, 0])
    found = find_opinion_groups(
        Votes.from_positions(
            rows, columns, values, participants=range(301), statements=votes.statements
        )
    )
    assert found.labels[300] == -1
    assert found.plane.people[300].tolist() == [0, 0]
    assert found.memberships[300].tolist() == found.model.weights.tolist()


def test_statements_that_are_left_out_have_no_say():
    votes, camp = planted_room(camps=2, answered=0.95)
    split = find_opinion_groups(votes)
    spread = np.abs(split.rates[0] - split.rates[1])
    divisive = votes.statements[spread > 0.2].tolist()
    calm = find_opinion_groups(votes.with_moderation(moderated_out=divisive))
    assert same_partition(split.labels, camp) > 0.95
    assert calm.n_groups == 1
    assert np.isnan(calm.rates[:, spread > 0.2]).all()
    assert not np.isnan(calm.rates[:, spread <= 0.2]).any()


def test_an_empty_conversation():
    found = find_opinion_groups(Votes.from_rows([], all_participants=["a", "b"]))
    assert found.verdict is Verdict.TOO_FEW
    assert found.labels.tolist() == [-1, -1]


@pytest.mark.parametrize("rows", [[("a", 1, 1)], [("a", 1, 1), ("b", 1, -1)], [("a", 1, 0)]])
def test_next_to_nothing_is_too_few_to_tell(rows):
    found = find_opinion_groups(Votes.from_rows(rows))
    assert found.verdict is Verdict.TOO_FEW
    assert found.n_groups == 1


def test_everybody_agrees_with_everything():
    found = find_opinion_groups(Votes.from_matrix(np.ones((50, 10))))
    assert found.n_groups == 1
    assert np.isfinite(found.memberships).all()


@settings(max_examples=12)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.4, 0.8]))
def test_order_and_ids_change_nothing_to_the_last_digit(seed, difference):
    votes, _ = planted_room(people=60, statements=20, camps=2, difference=difference, seed=seed)
    random = np.random.default_rng(seed)
    person, statement = random.permutation(60), random.permutation(20)
    order = random.permutation(votes.n_votes)
    moved = Votes.from_positions(
        person[votes.rows][order],
        statement[votes.columns][order],
        votes.values[order],
        participants=[f"p{number}" for number in range(60)],
        statements=[f"s{number}" for number in range(20)],
    )
    first, second = find_opinion_groups(votes), find_opinion_groups(moved)
    assert second.verdict is first.verdict
    assert second.labels[person].tolist() == first.labels.tolist()
    assert np.array_equal(second.memberships[person], first.memberships)
    assert np.array_equal(second.rates[:, statement], first.rates, equal_nan=True)
    assert np.array_equal(second.plane.people[person], first.plane.people)


@settings(max_examples=8)
@given(st.integers(0, 1000))
def test_people_who_say_nothing_change_nothing(seed):
    votes, _ = planted_room(people=60, statements=20, camps=2, seed=seed)
    more = Votes.from_positions(
        votes.rows + 1,
        votes.columns,
        votes.values,
        participants=range(63),
        statements=range(20),
    )
    first, second = find_opinion_groups(votes), find_opinion_groups(more)
    assert second.labels.tolist() == [-1, *first.labels.tolist(), -1, -1]
    assert np.array_equal(second.rates, first.rates)


def test_the_same_on_every_run():
    votes, _ = planted_room()
    first, second = find_opinion_groups(votes), find_opinion_groups(votes)
    assert np.array_equal(first.memberships, second.memberships)
    assert first.attempts == second.attempts


def test_a_warm_start_ends_where_a_cold_one_does():
    votes, _ = planted_room(people=400, camps=3)
    earlier = find_opinion_groups(votes.take(np.arange(390)))
    cold = find_opinion_groups(votes)
    warm = find_opinion_groups(votes, warm_start=earlier)
    assert warm.verdict is cold.verdict
    assert same_partition(warm.labels, cold.labels) == 1
    matched = [int(np.argmin(np.abs(cold.rates - row).sum(axis=1))) for row in warm.rates]
    np.testing.assert_allclose(warm.rates, cold.rates[matched], atol=2e-3)
    np.testing.assert_allclose(warm.memberships, cold.memberships[:, matched], atol=2e-2)
    # What it started from is farther away than what it ended at.
    before = [int(np.argmin(np.abs(cold.rates - row).sum(axis=1))) for row in earlier.rates]
    assert np.abs(earlier.rates - cold.rates[before]).max() > 2e-3


def test_half_of_the_people_find_the_same_groups():
    votes, _ = planted_room(people=400, camps=3)
    whole = find_opinion_groups(votes)
    half = find_opinion_groups(votes.take(np.arange(0, 400, 2)))
    assert half.n_groups == whole.n_groups
    assert same_partition(half.labels, whole.labels[::2]) > 0.95


def test_no_groups_at_all_cannot_be_asked_for():
    with pytest.raises(ValueError, match="n_groups is 0: give 1 or more"):
        find_opinion_groups(planted_room(people=20)[0], n_groups=0)
