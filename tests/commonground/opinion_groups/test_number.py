"""Which numbers of groups are worth it, and between which halves decide."""

from unittest import mock

import numpy as np
import pytest

from commonground.opinion_groups import number
from commonground.opinion_groups.canonical import canonical
from commonground.opinion_groups.number import FOLDS, choose_number
from tests.commonground.opinion_groups.rooms import planted_room, shuffled


@pytest.fixture(scope="module")
def votes():
    return canonical(planted_room(people=150, camps=2)[0]).votes


def tried(gains, smallest, people=100):
    """As if one group lost 1 a person, and more groups a little less, the same for everybody."""
    losses = {1: np.ones(people), **{k: np.full(people, 1 - gain) for k, gain in gains.items()}}
    return {k: number._Tried(of, float(smallest.get(k, people)), None) for k, of in losses.items()}


@pytest.mark.parametrize(
    ("gains", "smallest", "worth_it"),
    [
        ({2: 0.10, 3: 0.12}, {2: 40, 3: 20}, (2, 3)),
        ({2: 0.10, 3: 0.102}, {2: 40, 3: 20}, (2,)),  # three add less than 0.5%
        ({2: 0.001, 3: 0.12}, {2: 40, 3: 20}, (2, 3)),  # two is asked about where three are
        ({2: 0.10, 3: 0.12}, {2: 4, 3: 20}, (3,)),  # but not with a group of four people
        ({2: 0.001, 3: 0.002}, {2: 40, 3: 20}, ()),
    ],
)
def test_numbers_that_are_worth_it(votes, gains, smallest, worth_it):
    with mock.patch.object(number, "_all_tried", return_value=tried(gains, smallest)):
        found = choose_number(votes, most_groups=3)
    assert found.worth_it == worth_it
    assert found.chosen == (worth_it[-1] if worth_it else 1)


def test_planted_camps_help_to_predict_and_shuffled_answers_do_not(votes):
    assert choose_number(votes).worth_it[0] == 2
    room, _ = planted_room(people=150, camps=2)
    assert choose_number(canonical(shuffled(room, 1)).votes).chosen == 1


def test_every_answer_of_somebody_with_enough_is_in_one_fold(votes):
    fold, used = number._folds(votes)
    few = np.repeat(votes.answers_given < number.FEWEST_ANSWERS, votes.answers_given)
    assert (fold[few] == FOLDS).all()
    assert used == 3  # of so many answers
    for first, last in zip(votes.starts[:-1], votes.starts[1:], strict=True):
        if last - first >= number.FEWEST_ANSWERS:
            assert np.ptp(np.bincount(fold[first:last], minlength=FOLDS)) <= 1
