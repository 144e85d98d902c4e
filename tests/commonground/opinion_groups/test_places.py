"""How sure places on the plane are: of people, and of the middles of groups."""

import warnings

import numpy as np
import pytest
from benchmarks.quality.places import covered, held, made_up_room
from scipy import stats

from commonground.blocks import InProcess
from commonground.opinion_groups import Verdict, ellipse, find_opinion_groups
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.doubtful_axes import PULL, AxesInDoubt
from commonground.opinion_groups.middles import CHI_SQUARE_95, middles
from commonground.opinion_groups.plane import draw_plane
from commonground.opinion_groups.stances import count_stances, stance_block
from commonground.votes import Votes
from tests.commonground.opinion_groups.rooms import planted_room


def room_on_a_line(people=600, statements=60, answered=1.0, seed=0):
    """Answers that depend on a place on two axes and nothing else."""
    random = np.random.default_rng(seed)
    place = random.normal(0, 1, (people, 2))
    pull = random.normal(0, 0.8, (statements, 2))
    answers = np.where(
        random.random((people, statements)) < 1 / (1 + np.exp(-place @ pull.T)), 1.0, -1
    )
    answers[random.random(answers.shape) > answered] = np.nan
    return Votes.from_matrix(answers)


def test_a_place_and_its_covariance_are_those_of_the_formula():
    votes = room_on_a_line(people=80, statements=12, answered=0.7)
    engine = InProcess.of([stance_block(votes)])
    counts = count_stances(engine)
    plane = draw_plane(engine, counts)
    matrix = np.full((80, 12), np.nan)
    matrix[votes.rows, votes.columns] = votes.values
    off = matrix - np.nanmean(matrix, axis=0)
    seen = (~np.isnan(matrix)).sum(axis=0)
    axes = plane.statements / np.sqrt(seen / seen.max())[:, None]
    sums, products = np.zeros(4), np.zeros((4, 4))
    inverses, between = [], []
    shapes = [
        np.array(one, dtype=float) for one in ([[1, 0], [0, 0]], [[0, 1], [1, 0]], [[0, 0], [0, 1]])
    ]
    upper = np.triu_indices(2)
    for person in range(80):
        there = ~np.isnan(matrix[person])
        z, d = axes[there], off[person, there]
        m, inverse = z.T @ z, np.linalg.inv(z.T @ z + PULL * np.eye(2))
        np.testing.assert_allclose(plane.people[person], inverse @ z.T @ d, atol=1e-8)
        sums += [d @ d, *np.outer(z.T @ d, z.T @ d)[upper]]
        products[0] += [len(d), *(np.trace(m @ shape) for shape in shapes)]
        products[1:, 0] += m[upper]
        products[1:, 1:] += np.stack([(m @ shape @ m)[upper] for shape in shapes], axis=1)
        inverses.append(inverse)
        between.append(m)
    by_chance, across, mixed, along = np.linalg.solve(products, sums)
    spread = np.array([[across, mixed], [mixed, along]])
    by_chance *= votes.n_votes / (votes.n_votes - 3 * 12)
    np.testing.assert_allclose(plane.of_strangers, spread, rtol=1e-6)
    # How far each axis is turned by chance, and each statement's part of that.
    ratio, x = 12 / 80, plane.explained * (off[~np.isnan(off)] ** 2).sum()
    x = x / (votes.n_votes / 12 * by_chance)
    signal = (x - 1 - ratio + np.sqrt((x - 1 - ratio) ** 2 - 4 * ratio)) / 2
    cosine = (1 - ratio / signal**2) / (1 + ratio / signal)
    turned, doubt = (1 - cosine) / cosine, (1 / seen) / np.mean(1 / seen)
    for person in range(80):
        there = ~np.isnan(matrix[person])
        inverse, m = inverses[person], between[person]
        wanted = inverse @ (by_chance * m + PULL**2 * spread) @ inverse
        far = (plane.people[person] ** 2 + np.diag(wanted)) @ turned
        shaken = (axes[there] * doubt[there, None]).T @ axes[there] * far
        shaken += by_chance * doubt[there].sum() * np.diag(turned)
        wanted = wanted + inverse @ shaken @ inverse
        np.testing.assert_allclose(plane.covariances[person], wanted, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("answered", [0.3, 0.6, 1.0])
def test_the_other_half_of_the_answers_lies_where_the_first_half_says(answered):
    within = held(canonical(room_on_a_line(answered=answered)).votes, seed=0)
    assert len(within) > 550
    assert 0.91 <= within.mean() <= 0.98


@pytest.mark.parametrize(
    ("people", "statements", "answered"),
    [(100, 30, 0.6), (100, 60, 0.6), (200, 60, 0.3), (200, 60, 0.8), (600, 60, 0.6)],
)
def test_true_places_lie_in_the_ellipses_where_the_axes_are_found_too(people, statements, answered):
    """19 of 20 should; made-up rooms where everybody's true place is known."""
    within = [covered(made_up_room(people, statements, answered, seed=seed)) for seed in range(8)]
    assert 0.925 <= np.concatenate(within).mean() <= 0.985


def test_an_axis_that_chance_alone_would_give_is_hardly_trusted():
    doubtful = AxesInDoubt.of(np.full(20, 50.0))
    # 50 people answered all 20 statements; by chance alone an axis reaches (1 + √(20/50))² = 2.66.
    surely, hardly = doubtful.turned(np.array([5000.0, 100.0]), by_chance=1.0, n_people=50)
    assert surely == pytest.approx(0.004, abs=0.001)
    assert hardly == pytest.approx(19)


def test_more_answers_make_a_place_surer_and_none_leave_it_open():
    votes, _ = planted_room(camps=2, answered=0.5)
    silent = Votes.from_positions(
        votes.rows,
        votes.columns,
        votes.values,
        participants=range(301),
        statements=votes.statements,
    )
    plane = find_opinion_groups(silent).plane
    answered = silent.answers_given
    area = np.linalg.det(plane.covariances)
    assert area[answered < 16].mean() > 1.5 * area[answered > 24].mean()
    assert area[300] == area.max()
    np.testing.assert_allclose(plane.standard_errors[:, 0] ** 2, plane.covariances[:, 0, 0])


def test_the_middle_of_a_group_is_the_mean_with_its_usual_error():
    people = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 4.0], [2.0, 4.0], [9.0, 9.0]])
    member = np.array([[1.0, 0.0]] * 4 + [[0.0, 1.0]])
    found = middles(people, np.zeros((5, 2, 2)), member)
    assert found.places.tolist() == [[1, 2], [9, 9]]
    # Variance of the mean of four: 4/3 / 4 across, 16/3 / 4 down, nothing between them.
    np.testing.assert_allclose(found.covariances[0], [[1 / 3, 0], [0, 4 / 3]], atol=1e-12)
    assert np.isnan(found.covariances[1]).all()
    unsure = middles(people, np.tile(np.eye(2) * 3, (5, 1, 1)), member)
    np.testing.assert_allclose(unsure.covariances[0], [[1 / 3 + 1, 0], [0, 4 / 3 + 1]], atol=1e-12)


def test_middles_of_halves_differ_as_much_as_they_say():
    """Halves of a made-up population: 2 of 50 pairs may be outside, 10 would be too many."""
    random = np.random.default_rng(2)
    outside = 0
    for _ in range(50):
        people = random.multivariate_normal([1, -1], [[2, 0.6], [0.6, 1]], 60)
        covariances, member = np.zeros((60, 2, 2)), np.ones((60, 1))
        one, two = (
            middles(people[s], covariances[s], member[s]) for s in (slice(30), slice(30, 60))
        )
        away = (one.places - two.places)[0]
        both = (one.covariances + two.covariances)[0]
        outside += int(away @ np.linalg.solve(both, away) > CHI_SQUARE_95)
    assert outside <= 7


def test_an_ellipse_has_its_axes_and_its_turn():
    flat = ellipse(np.array([1.0, 2.0]), np.diag([4.0, 1.0]))
    assert flat.middle == (1.0, 2.0)
    assert flat.long == pytest.approx(2 * np.sqrt(stats.chi2.ppf(0.95, 2)))
    assert flat.short == pytest.approx(flat.long / 2)
    assert flat.turned % 180 == pytest.approx(0)
    slanted = ellipse(np.zeros(2), np.array([[2.0, 1.0], [1.0, 2.0]]))
    assert slanted.turned == pytest.approx(45)
    with pytest.raises(ValueError, match="not known"):
        ellipse(np.zeros(2), np.full((2, 2), np.nan))


def test_five_answers_without_any_noise_raise_no_warning():
    rows = [("amina", 1, 1), ("amina", 2, -1), ("ben", 1, 0), ("ben", 2, 1), ("dev", 1, 1)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        groups = find_opinion_groups(Votes.from_rows(rows))
    assert groups.verdict is Verdict.TOO_FEW
    assert np.isfinite(groups.plane.standard_errors).all()


def test_nobody_has_places_that_are_not_known():
    found = find_opinion_groups(Votes.from_rows([], all_participants=["a"]))
    assert np.isnan(found.plane.covariances).all()
    assert np.isnan(found.middles.places).all()


def test_order_changes_no_uncertainty():
    votes, _ = planted_room(people=60, statements=20, camps=2)
    back = np.arange(59, -1, -1)
    turned = votes.take(back)
    first, second = find_opinion_groups(votes), find_opinion_groups(turned)
    assert np.array_equal(second.plane.covariances, first.plane.covariances[back])
    assert np.array_equal(second.middles.covariances, first.middles.covariances)
