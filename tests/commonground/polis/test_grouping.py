"""Polis' groups from a fresh start: k-means, silhouette, and who is grouped at all."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.polis import analyse_as_polis
from commonground.polis.grouping import (
    distances,
    find_groups,
    people_with_enough_votes,
    silhouettes,
)
from commonground.polis.kmeans import kmeans, kmeans_of_each
from commonground.polis.nearest import nearest_of
from commonground.votes import Votes


def plain_kmeans(points, weights, k, max_iterations):
    centres = np.array(list(dict.fromkeys(map(tuple, points.tolist())))[:k])
    for _ in range(max_iterations):
        distance = ((points[:, None] - centres) ** 2).sum(axis=2)
        labels = distance.argmin(axis=1)
        moved = np.array(
            [
                np.average(points[labels == c], axis=0, weights=weights[labels == c])
                if (labels == c).any()
                else centres[c]
                for c in range(len(centres))
            ]
        )
        steps = np.hypot(*(moved - centres).T)
        centres = moved
        if steps.max() < 0.01:
            break
    return ((points[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)


# With bounds, by which centres moved, and with a full search each time.
@pytest.mark.parametrize("limits", [(0, 0), (0, 50_000), (50_000, 50_000)])
@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 200), st.integers(1, 12))
def test_what_is_not_looked_at_again_changes_no_label(limits, seed, n, k):
    random = np.random.default_rng(seed)
    points, weights = random.normal(size=(n, 2)), random.integers(1, 9, n).astype(float)
    very_few, few = limits
    with mock.patch.multiple("commonground.polis.nearest", VERY_FEW=very_few, FEW=few):
        ours = kmeans(points, weights, k, 30).labels
    plain = plain_kmeans(points, weights, k, 30)
    assert ours.tolist() == np.unique(plain, return_inverse=True)[1].tolist()


@pytest.mark.parametrize("very_few", [0, 50_000])
def test_of_two_centres_as_near_the_first_is_taken(very_few):
    points = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0], [9.0, 0.0]])
    centres = np.array([[3.0, 2.0, 9.0, 20.0, 30.0], [0.0, 0.0, 0.0, 0.0, 0.0]])
    with mock.patch("commonground.polis.nearest.VERY_FEW", very_few):
        nearest = nearest_of(points, centres)
        assert nearest.labels.tolist() == [1, 1, 1, 2]
        moved = centres.copy()
        moved[0, 0] = 0.0  # the point at 1 is now as far from it as from the centre at 2
        nearest.update(moved, np.array([3.0, 0, 0, 0, 0]))
    assert nearest.labels.tolist() == [0, 1, 0, 2]


def silhouette(points, labels):
    (value,) = silhouettes(distances(np.array(points, dtype=float)), [np.array(labels)])
    return value


def test_silhouette_of_four_points():
    near, far = 1.0, (4 + np.sqrt(17)) / 2
    value = silhouette([[0, 0], [0, 1], [4, 0], [4, 1]], [0, 0, 1, 1])
    assert value == pytest.approx((far - near) / far)


def test_a_point_alone_counts_as_0():
    first, second = (4 - 1) / 4, (np.sqrt(17) - 1) / np.sqrt(17)
    value = silhouette([[0, 0], [0, 1], [4, 0]], [0, 0, 1])
    assert value == pytest.approx((first + second) / 3)


def test_silhouettes_side_by_side_are_those_alone():
    random = np.random.default_rng(4)
    points = random.normal(size=(40, 2))
    points[:3] = points[3]
    ways = [np.unique(random.integers(0, k, 40), return_inverse=True)[1] for k in (1, 2, 3, 5)]
    together = silhouettes(distances(points), ways)
    alone = [silhouette(points, labels) for labels in ways]
    assert together[0] == 0.0
    assert together.tolist() == pytest.approx(alone, rel=1e-12)


def test_seven_votes_are_enough_and_a_small_room_is_filled_with_the_most_active():
    many = np.array([7] * 15 + [6, 30])
    assert people_with_enough_votes(many, 40).tolist() == [True] * 15 + [False, True]
    few = np.array([9, 1, 6, 5, 0] + [2] * 12)
    chosen = people_with_enough_votes(few, 40)
    assert chosen.sum() == 15
    assert not chosen[1]
    assert not chosen[4]


def test_two_far_crowds_are_two_groups_and_the_ungrouped_stay_so():
    random = np.random.default_rng(3)
    places = np.concatenate([random.normal(-5, 0.3, (40, 2)), random.normal(5, 0.3, (60, 2))])
    grouped = np.ones(100, dtype=bool)
    grouped[7] = False
    found = find_groups(places, grouped)
    assert found.n_groups == 2
    assert np.bincount(found.labels + 1).tolist() == [1, 39, 60]


def planted(seed=0, people=400, statements=30):
    random = np.random.default_rng(seed)
    group = random.integers(0, 2, people)
    side = np.where(random.random((2, statements)) < 0.5, 0.1, 0.9)
    agree = random.random((people, statements)) < side[group]
    table = np.where(random.random((people, statements)) < 0.6, np.where(agree, 1.0, -1.0), np.nan)
    return Votes.from_matrix(table), group


def test_the_whole_analysis_finds_two_planted_groups():
    votes, group = planted()
    found = analyse_as_polis(votes)
    assert found.grouping is not None
    assert found.grouping.n_groups == 2
    agreement = (found.labels == group).mean()
    assert max(agreement, 1 - agreement) > 0.98


def test_order_of_input_and_silent_people_change_nothing():
    votes, _ = planted()
    rows, random = votes.rows, np.random.default_rng(1)
    order = random.permutation(votes.n_votes)
    again = Votes.from_arrays(
        rows[order],
        votes.columns[order],
        votes.values[order],
        all_participants=range(401),
    )
    first, second = analyse_as_polis(votes), analyse_as_polis(again)
    assert second.labels.tolist() == [*first.labels.tolist(), -1]
    assert second.representative == first.representative
    np.testing.assert_allclose(second.priorities, first.priorities, rtol=1e-12)


def test_a_conversation_without_votes_has_no_groups():
    found = analyse_as_polis(Votes.from_rows([], all_participants=["a"], all_statements=[1, 2]))
    assert found.labels.tolist() == [-1]
    assert found.representative == ()
    assert found.consensus.agree == ()


def test_statements_that_are_left_out_never_represent_a_group():
    votes, _ = planted()
    before = {item.statement for group in analyse_as_polis(votes).representative for item in group}
    left_out = sorted(before)[0]
    found = analyse_as_polis(votes.with_moderation(moderated_out=[left_out]))
    after = {item.statement for group in found.representative for item in group}
    assert left_out not in after


@pytest.mark.parametrize("seed", range(5))
def test_clusters_side_by_side_are_those_of_each_number_alone(seed):
    random = np.random.default_rng(seed)
    points = np.concatenate([random.normal(middle, 1, (20, 2)) for middle in (0, 2, 5)])
    points[:7] = points[7]  # fewer distinct points than points
    weights = random.integers(1, 30, len(points)).astype(float)
    numbers = [2, 3, 4, 5]
    together = kmeans_of_each(points, weights, numbers, max_iterations=20)
    for number, found in zip(numbers, together, strict=True):
        alone = kmeans(points, weights, number, max_iterations=20)
        np.testing.assert_array_equal(found.labels, alone.labels)
        np.testing.assert_allclose(found.centres, alone.centres, rtol=1e-12)


def test_two_distinct_points_make_two_clusters_at_most():
    points = np.repeat([[0.0, 0.0], [1.0, 1.0]], 10, axis=0)
    for found in kmeans_of_each(points, np.ones(20), [2, 3], max_iterations=20):
        np.testing.assert_array_equal(found.centres, [[0, 0], [1, 1]])
        np.testing.assert_array_equal(found.labels, np.repeat([0, 1], 10))
