"""Numbers of people, and somebody who keeps every page of them."""

from collections import defaultdict
from itertools import product

import pytest

from commonground.public_counts import public_counts


def test_a_number_is_rounded_and_moves_only_with_five_people():
    told = public_counts({"parents": 4, "schools": 13})
    assert told.public_list() == [("parents", 0), ("schools", 15)]
    told = public_counts({"parents": 8, "schools": 17}, previous=told)
    assert told.public_list() == [("parents", 0), ("schools", 15)]
    told = public_counts({"parents": 9, "schools": 18}, previous=told)
    assert told.public_list() == [("parents", 10), ("schools", 20)]
    told = public_counts({"parents": 5, "schools": 18}, previous=told)
    assert told.public_list() == [("parents", 10), ("schools", 20)]
    told = public_counts({"parents": 4, "schools": 18}, previous=told)
    assert told.public_list() == [("parents", 0), ("schools", 20)]


def test_what_is_told_holds_no_total_and_none_of_the_exact_numbers():
    told = public_counts({"parents": 13, "schools": 3})
    assert told.public_list() == [("parents", 15), ("schools", 0)]
    assert told.counted == {"parents": 13, "schools": 3}


def test_a_number_below_zero_is_refused():
    with pytest.raises(ValueError, match="parents: -1 people"):
        public_counts({"parents": -1})


def test_whoever_keeps_two_pages_cannot_recover_a_hidden_count():
    """Every way in which people may have come or gone, and everything that fits both pages."""
    fits = defaultdict(list)
    ways = list(product(range(13), repeat=2))
    first = {way: public_counts({"a": way[0], "b": way[1]}) for way in ways}
    for before in ways:
        for now in ways:
            then = public_counts({"a": now[0], "b": now[1]}, previous=first[before])
            pages = (*first[before].cells.values(), *then.cells.values())
            fits[pages].append((*before, *now))
    hidden = 0
    for pages, possible in fits.items():
        for place, told in enumerate(pages):
            if told == 0:
                hidden += 1
                assert len({numbers[place] for numbers in possible}) >= 2, pages
    assert hidden > 20
