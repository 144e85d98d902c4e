"""Longer steps end where one iteration after another would end."""

import numpy as np

from commonground.blocks import InProcess
from commonground.opinion_groups.mixture import iteration
from commonground.opinion_groups.rough_fits import fit_roughly
from commonground.opinion_groups.samples import Samples
from commonground.opinion_groups.settling import settle
from commonground.opinion_groups.stances import count_stances, stance_block, with_transpose
from tests.commonground.opinion_groups.rooms import planted_room


def test_it_settles_where_a_thousand_iterations_do():
    votes, _ = planted_room(people=300, camps=3, difference=0.6)
    engine = InProcess.of([stance_block(votes)])
    counts = count_stances(engine)
    ((rough,),) = fit_roughly(Samples.of_people(votes), [3])
    start = rough.model
    found, both_ways, plain = settle(engine, counts, start), engine.prepared(with_transpose), start
    for _ in range(1000):
        plain, likelihood = iteration(both_ways, counts.rate, plain)
    assert abs(found.log_likelihood - likelihood) < 0.01
    np.testing.assert_allclose(found.rates, plain.rates, atol=1e-2)
    assert np.abs(start.rates - plain.rates).max() > np.abs(found.rates - plain.rates).max()
    assert found.iterations < 150
