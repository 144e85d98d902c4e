"""What is possible where facts overlap, against every way there is."""

import itertools
import random

import numpy as np

from commonground.witnesses import System, Witnesses


def random_facts(draw, sizes):
    """Bounds about random sets of blocks, most of them wide enough to be true."""
    inside, agree, against = [], [], []
    for _ in range(draw.randrange(2, 6)):
        members = draw.sample(range(len(sizes)), draw.randrange(1, len(sizes) + 1))
        people = sum(sizes[one] for one in members)
        inside.append([int(one in members) for one in range(len(sizes))])
        for bounds in (agree, against):
            low = draw.randrange(people // 2 + 1)
            bounds.append((low, draw.randrange(low, people + 1)) if draw.random() < 0.6 else None)
            bounds[-1] = bounds[-1] or (0, people)
    return np.array(inside, dtype=np.int8), np.array(agree, float), np.array(against, float)


def every_way(sizes):
    one = [[(a, d) for a in range(s + 1) for d in range(s - a + 1)] for s in sizes]
    return np.array(
        [[*(a for a, _ in way), *(d for _, d in way)] for way in itertools.product(*one)]
    )


def what_is_true(system):
    """Whether some way keeps the bounds, and whether each condition is met by one that does."""
    ways = every_way([int(size) for size in system.sizes])
    said = ways @ system.rows.T
    ways = ways[((said >= system.lowest) & (said <= system.highest)).all(axis=1)]
    most = np.tile(system.sizes, 2)
    safe = (ways > 0).any(axis=0) & (ways < most).any(axis=0)
    return bool(len(ways)), bool(safe.all())


def test_it_is_what_trying_every_way_finds_whatever_was_found_before():
    draw = random.Random(5)
    seen = []
    for _ in range(60):
        sizes = [draw.randrange(1, 5) for _ in range(draw.randrange(2, 5))]
        found_before = Witnesses()
        # One after another with the same witnesses, as the figures of one cluster are worked out.
        for _ in range(6):
            system = System.of(np.array(sizes, dtype=float), *random_facts(draw, sizes))
            can_be, safe = what_is_true(system)
            assert system.satisfiable() == can_be
            assert system.each_is_possible(Witnesses()) == safe
            assert system.each_is_possible(found_before) == safe
            seen.append((can_be, safe))
    assert min(seen.count((True, True)), seen.count((True, False))) > 40
    assert seen.count((False, False)) > 10


def test_witnesses_keep_the_bounds_of_the_system_that_they_are_asked_for():
    draw = random.Random(8)
    kept = 0
    for _ in range(40):
        sizes = [draw.randrange(2, 6) for _ in range(4)]
        witnesses = Witnesses()
        for _ in range(4):
            system = System.of(np.array(sizes, dtype=float), *random_facts(draw, sizes))
            system.each_is_possible(witnesses)
            for point in witnesses.of(system):
                kept += 1
                said = system.rows @ point
                assert (said >= system.lowest).all()
                assert (said <= system.highest).all()
                assert (point.reshape(2, -1).sum(axis=0) <= system.sizes).all()
    assert kept > 100


def test_a_condition_that_only_fractions_of_people_meet_is_not_met():
    """Of three people, each two have one who agrees: then one and a half would have to agree."""
    inside = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=np.int8)
    one = np.array([[1.0, 1.0]] * 3)
    system = System.of(np.ones(3), inside, one, np.array([[0.0, 2.0]] * 3))
    assert system.has_room()
    assert not system.each_is_possible(Witnesses())
