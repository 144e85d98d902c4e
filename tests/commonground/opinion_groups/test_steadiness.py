"""How many groups, where more would predict better: as many as halves agree on."""

import numpy as np
import pytest

from commonground.opinion_groups import steadiness
from commonground.opinion_groups.number import NumberOfGroups
from tests.commonground.opinion_groups.rooms import planted_room


class Dealt:
    """Halves that agree as the table says: for each number of groups, split after split."""

    def __init__(self, table):
        self.table, self.splits = table, 0

    def __call__(self, votes):
        return self

    def alike(self, numbers, splits):
        rows = range(self.splits, self.splits + splits)
        self.splits += splits
        return np.array([[self.table[number][row] for number in numbers] for row in rows])


def chosen(monkeypatch, table):
    halves = Dealt({number: np.broadcast_to(alike, 5) for number, alike in table.items()})
    monkeypatch.setattr(steadiness, "Halves", halves)
    votes, _ = planted_room(people=20)
    number = NumberOfGroups(max(table), (), tuple(table))
    return steadiness.steady(number, votes).chosen, halves.splits


@pytest.mark.parametrize(
    ("alike", "taken"),
    [
        ({2: 0.83, 3: 0.76}, 2),  # halves agree less on three
        ({2: 0.76, 3: 0.83}, 3),  # and more
        ({2: 0.97, 3: 0.86}, 3),  # both are steady enough: the difference is not asked about
        ({2: 0.97, 3: 0.84}, 2),  # three are not
        ({2: 0.10, 3: 0.28}, 2),  # more agreement, but too little
        ({2: 0.20, 3: 0.45}, 3),
        ({2: 0.70, 3: 0.60, 4: 0.80}, 4),  # three fall between, four do not
        ({2: 0.70, 3: 0.80, 4: 0.79}, 3),
    ],
)
def test_more_groups_only_where_halves_agree_on_them(monkeypatch, alike, taken):
    assert chosen(monkeypatch, alike)[0] == taken


def test_a_lead_within_one_standard_error_is_no_lead(monkeypatch):
    # Three lead by 0.02 on average. The five differences say how far that is to be trusted.
    two = [0.70, 0.70, 0.70, 0.70, 0.70]
    assert chosen(monkeypatch, {2: two, 3: [0.71, 0.73, 0.72, 0.72, 0.72]})[0] == 3
    assert chosen(monkeypatch, {2: two, 3: [0.82, 0.62, 0.82, 0.62, 0.72]})[0] == 2


def test_steady_enough_must_be_so_by_one_standard_error(monkeypatch):
    two = [0.95, 0.95, 0.95, 0.95, 0.95]
    assert chosen(monkeypatch, {2: two, 3: [0.86, 0.88, 0.87, 0.86, 0.88]})[0] == 3
    assert chosen(monkeypatch, {2: two, 3: [0.97, 0.75, 0.97, 0.75, 0.91]})[0] == 2


def test_what_is_plain_is_settled_after_one_deal_or_three(monkeypatch):
    assert chosen(monkeypatch, {2: 0.8, 3: 0.6}) == (2, 1)
    assert chosen(monkeypatch, {2: 0.8, 3: 0.7}) == (2, 3)
    assert chosen(monkeypatch, {2: 0.4, 3: 0.7}) == (3, 3)
    assert chosen(monkeypatch, {2: 0.7, 3: 0.7}) == (2, 5)


def test_one_number_that_is_worth_it_is_not_asked_about(monkeypatch):
    assert chosen(monkeypatch, {2: 0.1}) == (2, 0)
