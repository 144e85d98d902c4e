"""The order of people and statements depends on what they said, and on nothing else."""

import numpy as np

from commonground.opinion_groups.canonical import canonical
from commonground.votes import Votes


def test_many_people_with_few_answers_come_out_the_same_in_any_order():
    """So many that some have the same sum of hashes though they said different things."""
    random = np.random.default_rng(5)
    people, few, statements = 60_000, 6, 200
    who = np.repeat(np.arange(people), few)
    what = random.random((people, statements)).argpartition(few, axis=1)[:, :few].ravel()
    said = random.choice([-1, 1], people * few)
    first = canonical(Votes.from_arrays(who, what, said)).votes
    names, order = random.permutation(people), random.permutation(people * few)
    again = canonical(Votes.from_arrays(names[who][order], what[order], said[order])).votes
    np.testing.assert_array_equal(first.starts, again.starts)
    np.testing.assert_array_equal(first.columns, again.columns)
    np.testing.assert_array_equal(first.values, again.values)
