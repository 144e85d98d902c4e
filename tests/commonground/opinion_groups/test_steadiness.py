"""How many groups, where more would predict better: as many as halves agree on."""

import pytest

from commonground.opinion_groups import analysis
from commonground.opinion_groups.number import NumberOfGroups
from tests.commonground.opinion_groups.rooms import planted_room


@pytest.mark.parametrize(
    ("alike", "chosen"),
    [
        ({2: 0.83, 3: 0.76}, 2),  # halves agree less on three
        ({2: 0.76, 3: 0.83}, 3),  # and more
        ({2: 0.97, 3: 0.86}, 3),  # both are steady enough: the difference is not asked about
        ({2: 0.97, 3: 0.84}, 2),  # three are not
        ({2: 0.40, 3: 0.55}, 2),  # more agreement, but too little
        ({2: 0.40, 3: 0.61}, 3),
        ({2: 0.70, 3: 0.65, 4: 0.80}, 4),  # three fall between, four do not
    ],
)
def test_more_groups_only_where_halves_agree_on_them(monkeypatch, alike, chosen):
    class Halves:
        def __init__(self, votes):
            pass

        def alike(self, numbers):
            return [alike[number] for number in numbers]

    monkeypatch.setattr(analysis, "Halves", Halves)
    votes, _ = planted_room(people=20)
    number = NumberOfGroups(max(alike), (), tuple(alike))
    assert analysis._steady(number, votes).chosen == chosen


def test_one_number_that_is_worth_it_is_not_asked_about(monkeypatch):
    monkeypatch.setattr(analysis, "Halves", None)
    votes, _ = planted_room(people=20)
    assert analysis._steady(NumberOfGroups(2, (), (2,)), votes).chosen == 2
