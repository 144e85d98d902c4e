"""Somebody who knows everybody's groups and keeps every page, export, report and pack, over time.

Two worlds have the same history and differ in one hidden fact: what one person answered, whose
words are whose, what somebody said in a check-in. The figures that may be shown are the same in
both (that they themselves tell nothing is tested with `commonground.small_numbers`). Then all that
anybody can reach has to be the same too, to the letter: nothing tells the two worlds apart. First
it is shown that leaks are seen.
"""

from __future__ import annotations

from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import transaction

from coproduce.responses.models import Tally
from coproduce.statements.models import Statement
from coproduce.understanding.figures import ShownFigure
from tests.coproduce.reports.worlds import Hidden, Kept, differing, history

pytestmark = pytest.mark.django_db

NOW = Hidden()
OTHERS = {
    "one of four answered otherwise": Hidden(health_agree=2),
    "one of eleven answered otherwise": Hidden(parents_agree=9),
    "another wrote the words": Hidden(health_wrote_the_first=False),
    "one of four felt otherwise": Hidden(health_could_say="no"),
}


@pytest.fixture(scope="module")
def as_it_is(django_db_setup, django_db_blocker) -> list[Kept]:
    with django_db_blocker.unblock(), transaction.atomic():
        return history(NOW)


def test_the_attacker_sees_much_and_nothing_changes_by_itself(as_it_is):
    assert len(as_it_is) == 4
    names = set(as_it_is[-1].outputs)
    for expected in (
        "public /c/getting-to-school/understanding/2/",
        "public /c/getting-to-school/genuine/",
        "public /data/c/getting-to-school/lines.json",
        "team /team/c/getting-to-school/log/",
        "yearly report",
        "pack  getting-to-school/chain.csv",
    ):
        assert expected in names
    assert len(names) > 60
    assert "Agreed by Parent carers" in as_it_is[1].outputs["version 1 as a file"]


@pytest.mark.parametrize("what", OTHERS)
def test_nothing_that_was_kept_tells_two_worlds_apart(as_it_is, what):
    other = history(OTHERS[what])
    assert [day.public for day in other] == [day.public for day in as_it_is]
    assert differing(as_it_is, other) == []


def exact_numbers(figure, labels):
    """A leak: how many agree, by the exact tallies."""
    return f"{sum(tally.agree for tally in Tally.objects.all())} agree."


def real_groups(conversation):
    """A leak: the partner group of who wrote each statement."""
    return {
        one.ref: str(one.words.participant.membership)
        for one in Statement.objects.select_related("words__participant")
    }


@contextmanager
def numbers_leak():
    with mock.patch.object(ShownFigure, "in_words", exact_numbers):
        yield


@contextmanager
def writers_leak():
    """In the pack and in the yearly report, each by itself: neither is made of the other."""
    with (
        mock.patch("coproduce.reports.pack.chain.from_whom", real_groups),
        mock.patch("coproduce.reports.queries.annual.from_whom", real_groups),
    ):
        yield


@pytest.mark.parametrize(
    ("leak", "seen"),
    [
        (
            numbers_leak,
            {
                "one of four answered otherwise": ["version 1 as a file"],
                "one of eleven answered otherwise": ["public /data/c/getting-to-school/lines.csv"],
            },
        ),
        (
            writers_leak,
            {
                "another wrote the words": [
                    "pack  getting-to-school/chain.csv",
                    "yearly report, table",
                ]
            },
        ),
    ],
    ids=["numbers", "writers"],
)
def test_a_leak_would_be_seen(leak, seen):
    with leak():
        now = history(NOW, pages=False)
        for what, places in seen.items():
            found = differing(now, history(OTHERS[what], pages=False))
            for place in places:
                assert [one for one in found if one.endswith(place)]
