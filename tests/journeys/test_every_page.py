"""Every page of the service on the smallest phone: nothing for axe, nothing wide, nothing small.

What the pages say is for other tests. None is forgotten: they are read from the URLconf.
"""

from __future__ import annotations

import pytest

from coproduce.example import load_example
from coproduce.people.services import make_first_organiser
from tests.coproduce.pages.test_audience import ADDRESSES
from tests.journeys.every_page import NO_PAGES, NOT_IN_THE_EXAMPLE, EveryPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_at_320_px(live_server, page_at, check_accessibility):
    organiser = make_first_organiser(email="olu@example.org", name="Olu")
    example = EveryPage(load_example(organiser=organiser), organiser)
    pages = {}
    for who in ("anyone", "person", "team"):
        pages[who] = page_at(320)
        pages[who].context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in example.cookies(who).items()
            ]
        )
    found = []
    pages_of_ours = [one for one in ADDRESSES if one.name not in NO_PAGES | NOT_IN_THE_EXAMPLE]
    for address in pages_of_ours:
        who, path = example.address(address.name, address.parameters)
        answer = pages[who].goto(path)
        assert answer is not None
        if answer.status != (404 if address.name in NO_LONGER_THERE else 200):
            found.append(f"{address.name}: {path} answers {answer.status}")
        try:
            check_accessibility(pages[who])
        except AssertionError as problem:
            found.append(f"{address.name}: {problem}")
    assert "\n".join(found) == ""


# Their pages say that a link is not one of ours, or that it is used up.
NO_LONGER_THERE = {"taking_part:slip", "team:way_in"}
