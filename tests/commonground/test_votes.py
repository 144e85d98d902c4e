"""Votes keep what each person last answered, and keep not seen apart from not sure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.errors import InputError
from commonground.votes import Answer, Votes

ROWS = [
    ("amina", "bus", "agree"),
    ("ben", "bus", "disagree"),
    ("amina", "lunch", "not sure"),
    ("dev", "lunch", 1),
    ("amina", "bus", "disagree"),
]


def test_the_last_answer_of_a_person_counts():
    votes = Votes.from_rows(ROWS)
    assert votes.n_votes == 4
    assert votes.answers_of("amina") == {"bus": Answer.DISAGREE, "lunch": Answer.NOT_SURE}
    assert votes.answers_of("dev") == {"lunch": Answer.AGREE}


def test_not_sure_is_counted_and_not_seen_is_not():
    tallies = Votes.from_rows(ROWS).tallies()
    assert tallies.agree.tolist() == [0, 1]
    assert tallies.disagree.tolist() == [2, 0]
    assert tallies.not_sure.tolist() == [0, 1]
    assert tallies.seen.tolist() == [2, 2]


def test_times_decide_which_answer_is_the_last():
    votes = Votes.from_arrays(["a", "a"], [1, 1], [1, -1], times=[20, 10])
    assert votes.answers_of("a") == {1: Answer.AGREE}


def test_ids_of_several_types_are_kept_as_they_are():
    votes = Votes.from_rows([(1, "x", 1), ("1", "x", -1), ((2, 3), "x", 0)])
    assert votes.participants.tolist() == [1, "1", (2, 3)]
    assert votes.answers_of("1") == {"x": Answer.DISAGREE}


def test_lists_of_ids_fix_the_order_and_may_name_people_who_said_nothing():
    votes = Votes.from_rows(
        [("b", 1, 1)], all_participants=["c", "b", "a"], all_statements=[2, 1], meta=[2]
    )
    assert votes.participants.tolist() == ["c", "b", "a"]
    assert votes.answers_given.tolist() == [0, 1, 0]
    assert votes.meta.tolist() == [True, False]
    assert votes.left_out.tolist() == [True, False]


def test_a_vote_outside_the_lists_is_refused():
    with pytest.raises(ValueError, match="'b' has a vote but is not in the list of participants"):
        Votes.from_rows([("b", 1, 1)], all_participants=["a"])


@pytest.mark.parametrize("answer", ["maybe", 2, None, 0.5])
def test_something_that_is_not_an_answer_names_its_row(answer):
    with pytest.raises(InputError, match="line 2, column answer"):
        Votes.from_rows([("a", 1, 1), ("a", 2, answer)])


def test_a_row_with_a_part_missing_names_its_number():
    with pytest.raises(InputError, match="line 1: a row needs three things"):
        Votes.from_rows([("a", 1)])


def test_a_matrix_with_nan_for_not_seen():
    votes = Votes.from_matrix([[1, np.nan], [0, -1]], statements=["x", "y"], moderated_out=["y"])
    assert votes.answers_of(0) == {"x": Answer.AGREE}
    assert votes.answers_of(1) == {"x": Answer.NOT_SURE, "y": Answer.DISAGREE}
    assert votes.moderated_out.tolist() == [False, True]


def test_votes_cannot_be_changed():
    votes = Votes.from_rows(ROWS)
    with pytest.raises(ValueError, match="read-only"):
        votes.values[0] = 1


def test_moderation_can_be_changed_without_touching_the_votes():
    votes = Votes.from_rows(ROWS).with_moderation(moderated_out=["lunch"])
    assert votes.moderated_out.tolist() == [False, True]
    assert votes.n_votes == 4


def test_nobody_at_all():
    votes = Votes.from_rows([])
    assert (votes.n_participants, votes.n_statements, votes.n_votes) == (0, 0, 0)
    assert votes.tallies().seen.tolist() == []


cells = st.tuples(st.integers(0, 6), st.integers(0, 4), st.sampled_from([-1, 0, 1]))


@given(st.lists(cells, max_size=60))
def test_votes_hold_what_a_dictionary_would(rows):
    expected: dict[int, dict[int, int]] = {}
    for person, statement, answer in rows:
        expected.setdefault(person, {})[statement] = answer
    votes = Votes.from_rows(rows)
    assert {person: votes.answers_of(person) for person in votes.participants.tolist()} == expected


@given(st.lists(cells, min_size=1, max_size=60), st.integers(1, 20))
def test_blocks_put_together_are_the_whole(rows, max_votes):
    votes = Votes.from_rows(rows)
    blocks = list(votes.blocks(max_votes))
    people = [person for block in blocks for person in block.participants.tolist()]
    assert people == votes.participants.tolist()
    assert np.concatenate([block.values for block in blocks]).tolist() == votes.values.tolist()
    assert sum(block.tallies().agree for block in blocks).tolist() == votes.tallies().agree.tolist()
    assert all(block.n_votes <= max(max_votes, block.answers_given.max()) for block in blocks)


@given(st.lists(cells, min_size=1, max_size=60), st.randoms())
def test_taking_people_keeps_their_answers(rows, random):
    votes = Votes.from_rows(rows)
    order = list(range(votes.n_participants))
    random.shuffle(order)
    some = votes.take(np.array(order[:3]))
    for person in some.participants.tolist():
        assert some.answers_of(person) == votes.answers_of(person)


def test_keeping_some_votes_keeps_every_person():
    votes = Votes.from_rows(ROWS)
    agrees = votes.keep(votes.values == 1)
    assert agrees.n_participants == 3
    assert agrees.answers_given.tolist() == [0, 0, 1]


def test_whole_numbers_beyond_63_bits_are_ids_like_others():
    ids = np.array([2**64 - 1, 2**64 - 3], dtype=np.uint64)
    votes = Votes.from_arrays(ids, ["bus", "bus"], [1, -1])
    assert votes.participants.tolist() == [2**64 - 3, 2**64 - 1]
    assert votes.answers_of(2**64 - 1) == {"bus": Answer.AGREE}


def test_ids_of_few_bits_may_lie_far_apart():
    votes = Votes.from_arrays(np.array([127, -128], dtype=np.int8), ["bus", "bus"], [1, -1])
    assert votes.participants.tolist() == [-128, 127]
    assert votes.answers_of(127) == {"bus": Answer.AGREE}
