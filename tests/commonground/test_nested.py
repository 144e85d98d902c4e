"""What is possible in a tree of facts, against every way there is."""

import itertools
import random

import numpy as np

from commonground.nested import are_nested, possible


def tree(draw, blocks):
    """Random sets of which any two nest or keep apart."""
    sets = []
    for _ in range(draw.randrange(1, 5)):
        within = draw.choice([list(range(blocks)), *sets])
        chosen = sorted(draw.sample(within, draw.randrange(1, len(within) + 1)))
        rows = np.array([[float(b in one) for b in range(blocks)] for one in [*sets, chosen]])
        if are_nested(rows):
            sets.append(chosen)
    return sets


def every_way(sizes, sets, agree, disagree):
    one = [[(a, d) for a in range(s + 1) for d in range(s - a + 1)] for s in sizes]
    for point in itertools.product(*one):
        if all(
            a[0] <= sum(point[b][0] for b in members) <= a[1]
            and d[0] <= sum(point[b][1] for b in members) <= d[1]
            for members, a, d in zip(sets, agree, disagree, strict=True)
        ):
            yield point


def test_it_is_what_trying_every_way_finds():
    draw = random.Random(11)
    impossible = 0
    for _ in range(400):
        sizes = [draw.randrange(1, 4) for _ in range(draw.randrange(1, 5))]
        sets = tree(draw, len(sizes))
        bounds = []
        for members in sets * 2:
            most = sum(sizes[b] for b in members)
            low = draw.randrange(most + 1)
            bounds.append(
                (low, draw.randrange(low, most + 1)) if draw.random() < 0.7 else (0, most)
            )
        agree, disagree = bounds[: len(sets)], bounds[len(sets) :]
        found = possible(
            np.array(sizes, dtype=float),
            np.array([[float(b in one) for b in range(len(sizes))] for one in sets]),
            np.array(agree, dtype=float),
            np.array(disagree, dtype=float),
        )
        ways = list(every_way(sizes, sets, agree, disagree))
        if not ways:
            impossible += 1
            assert found is None
            continue
        assert found is not None
        by_block = list(zip(*ways, strict=True))
        assert found.agree_low.tolist() == [min(a for a, _ in one) for one in by_block]
        assert found.agree_high.tolist() == [max(a for a, _ in one) for one in by_block]
        assert found.disagree_low.tolist() == [min(d for _, d in one) for one in by_block]
        assert found.disagree_high.tolist() == [max(d for _, d in one) for one in by_block]
    assert 50 < impossible < 350


def test_overlapping_sets_are_no_tree():
    assert are_nested(np.array([[1.0, 1, 0], [1, 0, 0], [0, 0, 1]]))
    assert not are_nested(np.array([[1.0, 1, 0], [0, 1, 1]]))
