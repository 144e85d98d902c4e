"""What to ask next."""

from time import perf_counter

import numpy as np
import pytest

from commonground.routing import Heard, choose, draw, weights


def test_what_the_askers_group_has_not_answered_comes_first():
    heard = Heard.of(
        agree=[10, 10],
        disagree=[10, 10],
        not_sure=[0, 0],
        by_group=[[20, 0], [15, 5]],
        groups=("parents", "children"),
    )
    child = weights(heard, asker={"children"})
    assert child[0] > 3 * child[1]
    parent = weights(heard, asker={"parents"})
    assert parent[1] > parent[0]  # 15 and 20 of them have answered


def test_a_late_statement_is_heard_before_a_settled_one_and_doubt_comes_after():
    heard = Heard.of(agree=[0, 20, 40], disagree=[0, 20, 0], not_sure=[0, 0, 0])
    late, open_question, settled = weights(heard)
    assert late > open_question > settled > 0


def test_the_same_state_draws_the_same_and_the_seen_are_not_asked_again():
    heard = Heard.of(agree=[1, 2, 3], disagree=[0, 0, 0], not_sure=[0, 0, 0])
    drawn = [choose(heard, random_state=seed) for seed in range(50)]
    assert drawn == [choose(heard, random_state=seed) for seed in range(50)]
    assert set(drawn) == {0, 1, 2}
    assert {choose(heard, seen=[0, 2], random_state=seed) for seed in range(20)} == {1}
    assert choose(heard, seen=[0, 1, 2]) is None
    assert {choose(heard, among=[0, 2], seen=[0], random_state=s) for s in range(20)} == {2}
    assert choose(Heard.of(agree=[], disagree=[], not_sure=[])) is None


def test_a_begun_statement_is_finished_before_the_next_is_begun():
    heard = Heard.of(
        agree=[0, 2, 4, 5],
        disagree=[0, 0, 0, 0],
        not_sure=[0, 0, 0, 0],
        by_group=[[0], [2], [4], [5]],
        groups=("children",),
    )
    new, begun, nearly, settled = weights(heard, asker={"children"})
    assert nearly > begun > new > settled


def test_after_enough_the_stance_that_may_still_turn_comes_first():
    told = {"agree_by_group": [[5], [9]], "disagree_by_group": [[5], [1]]}
    heard = Heard.of(
        agree=[50, 50],
        disagree=[50, 50],
        not_sure=[0, 0],
        by_group=[[10], [10]],
        groups=("children",),
        **told,
    )
    even, clear = weights(heard, asker={"children"})
    assert even > 4 * clear
    nobody = weights(heard, asker=())
    assert nobody[0] == nobody[1]


def test_of_what_is_settled_that_of_which_a_group_has_said_least_comes_first():
    """So no group speaks more on some statements than on others, whatever everybody has said."""
    heard = Heard.of(
        agree=[60, 60],
        disagree=[40, 40],
        not_sure=[0, 0],
        by_group=[[10, 90], [90, 10]],
        groups=("children", "parents"),
        agree_by_group=[[8, 52], [72, 8]],
        disagree_by_group=[[2, 38], [18, 2]],
    )
    for asker, first, later in (("children", 0, 1), ("parents", 1, 0)):
        chances = weights(heard, asker={asker})
        assert chances[first] > 20 * chances[later]
    # Of somebody in both groups the one that has said less counts.
    both = weights(heard, asker={"children", "parents"})
    assert both[0] == weights(heard, asker={"children"})[0]
    assert both[1] == weights(heard, asker={"parents"})[1]


@pytest.mark.parametrize("enough", [3, 5])
def test_nothing_that_enough_have_answered_comes_before_what_none_of_a_group_has(enough):
    answers = [(a, d) for a in range(60) for d in range(60) if a + d >= enough]
    agree, disagree = np.array([(500, 0), *answers]).T
    children = agree + disagree
    children[0] = 0
    heard = Heard.of(
        agree=agree,
        disagree=disagree,
        not_sure=agree * 0,
        by_group=children[:, None],
        groups=("children",),
        agree_by_group=np.minimum(agree, children)[:, None],
        disagree_by_group=disagree[:, None],
    )
    chances = weights(heard, asker={"children"}, enough=enough)
    assert chances[0] > 3 * chances[1:].max()


def test_every_statement_is_reached_however_late_it_comes():
    """Ten old statements are settled; a new one gets enough answers within a few visits."""
    agree = np.array([30] * 10 + [0])
    asked = 0
    for seed in range(30):
        heard = Heard.of(agree=agree, disagree=agree * 0, not_sure=agree * 0)
        asked += choose(heard, random_state=seed) == 10
        agree[10] = asked
        if asked == 5:
            break
    assert (asked, seed) == (5, 4)


def test_draw_is_in_proportion():
    generator = np.random.default_rng(7)
    drawn = [draw([1.0, 0.0, 3.0], random_state=generator) for _ in range(4000)]
    assert drawn.count(1) == 0
    assert drawn.count(2) / 4000 == pytest.approx(0.75, abs=0.03)


def test_ten_thousand_statements_take_less_than_five_milliseconds():
    generator = np.random.default_rng(1)
    counts = generator.integers(0, 50, size=(3, 10_000))
    heard = Heard.of(
        agree=counts[0],
        disagree=counts[1],
        not_sure=counts[2],
        by_group=generator.integers(0, 50, size=(10_000, 12)),
        groups=tuple("abcdefghijkl"),
    )
    times = []
    for seed in range(10):
        start = perf_counter()
        choose(heard, asker={"a", "c"}, seen=np.arange(200), random_state=seed)
        times.append(perf_counter() - start)
    assert min(times) < 0.005


def test_errors_name_what_is_wrong():
    with pytest.raises(ValueError, match="not_sure: one number for each of 2"):
        Heard.of(agree=[1, 2], disagree=[1, 2], not_sure=[1])
    with pytest.raises(ValueError, match="enough: 0"):
        weights(Heard.of(agree=[1], disagree=[1], not_sure=[1]), enough=0)
