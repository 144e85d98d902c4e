"""Agreement across declared partner groups, as the rules of the design have it."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.agreement import (
    Agreement,
    Counts,
    Stance,
    assess,
    breadth,
    by_group,
    in_words,
    parts,
    people_each,
    stance,
    wilson,
)

LABELS = {
    "parents": "parent carers",
    "schools": "schools",
    "children": "children",
    "health": "health",
}


def members(*names: str) -> frozenset[str]:
    return frozenset(names)


def assessed(enough: int = 5, invited: tuple[str, ...] = (), **groups: Counts) -> Agreement:
    by_membership = {members(name): counts for name, counts in groups.items()}
    return assess(by_membership, invited=invited or tuple(groups), enough=enough)


class TestTheWorkedTable:
    def test_forty_parents_alone(self):
        row = assessed(parents=Counts(40, 2, 3))
        assert in_words(row, LABELS) == "Agreed by parent carers."
        assert row.breadth == 1
        assert not row.several_partners

    def test_parents_and_schools_agree_and_children_are_divided(self):
        row = assessed(parents=Counts(4, 1, 0), schools=Counts(5, 1, 1), children=Counts(3, 2, 1))
        assert in_words(row, LABELS) == "Agreed by parent carers, schools. Divided: children."
        assert row.breadth == 2
        assert row.several_partners
        assert row.marks == 2

    def test_schools_do_not_agree_and_children_are_too_few(self):
        row = assessed(parents=Counts(6, 0, 0), schools=Counts(1, 6, 0), children=Counts(2, 0, 0))
        assert in_words(row, LABELS) == (
            "Agreed by parent carers. Not agreed by schools. Too few to tell: children."
        )
        assert row.breadth == 1
        assert not row.several_partners

    def test_not_sure_counts_among_all_answers(self):
        row = assessed(parents=Counts(3, 39, 40))
        assert in_words(row, LABELS) == "Divided: parent carers."
        assert row.marks == 0


def test_mixed_people_answered_and_count_in_the_whole():
    assert stance(Counts(3, 0, 0, mixed=2), enough=5) == Stance.AGREES
    assert stance(Counts(3, 0, 0, mixed=3), enough=5) == Stance.DIVIDED
    assert stance(Counts(0, 3, 0, mixed=1), enough=5) == Stance.TOO_FEW_TO_TELL


def test_half_is_not_more_than_half():
    assert stance(Counts(3, 3, 0), enough=5) == Stance.DIVIDED
    assert stance(Counts(4, 3, 0), enough=5) == Stance.AGREES
    assert stance(Counts(3, 4, 0), enough=5) == Stance.DOES_NOT_AGREE


def test_small_groups_are_pooled_with_each_person_once():
    both = {members("health", "care"): Counts(3, 0, 0), members("health"): Counts(1, 0, 0)}
    assert assess(both, invited=("health", "care"), enough=5).together is None
    both[members("care")] = Counts(0, 1, 0)
    pooled = assess(both, invited=("health", "care"), enough=5).together
    assert pooled is not None
    assert pooled.counts == Counts(4, 1, 0)
    assert pooled.stance == Stance.AGREES


def test_the_pool_leaves_out_groups_that_have_enough():
    counts = {
        members("parents"): Counts(20, 0, 0),
        members("health"): Counts(0, 3, 0),
        members("care"): Counts(0, 3, 0),
    }
    result = assess(counts, invited=("parents", "health", "care"), enough=5)
    assert result.together is not None
    assert result.together.counts == Counts(0, 6, 0)
    assert result.everybody.counts == Counts(20, 6, 0)
    assert in_words(result, LABELS) == (
        "Agreed by parent carers. Too few to tell: health, care. "
        "The smaller groups together do not agree."
    )


def test_groups_that_were_not_invited_are_left_aside():
    result = assess(
        {members("parents", "press"): Counts(5, 0, 0), members("press"): Counts(0, 2, 0)},
        invited=("parents",),
        enough=5,
    )
    assert result.groups["parents"].counts == Counts(5, 0, 0)
    assert result.no_group == Counts(0, 2, 0)
    assert list(result.groups) == ["parents"]


def test_parts_come_in_the_order_in_which_they_are_told():
    row = assessed(children=Counts(2, 0, 0), schools=Counts(1, 6, 0), parents=Counts(6, 0, 0))
    assert [(part.stance, part.groups) for part in parts(row)] == [
        (Stance.AGREES, ("parents",)),
        (Stance.DOES_NOT_AGREE, ("schools",)),
        (Stance.TOO_FEW_TO_TELL, ("children",)),
    ]


class TestBreadth:
    def test_people_in_both_groups_serve_one_of_them(self):
        everyone_in_both = {members("a", "b"): 5}
        assert breadth(everyone_in_both, ("a", "b"), each=3) == ("a",)
        assert breadth({members("a", "b"): 6}, ("a", "b"), each=3) == ("a", "b")

    def test_one_group_in_the_way_of_two_is_left_out(self):
        # c can only be served by people whom a and b need.
        agreeing = {
            members("a"): 1, members("a", "c"): 1, members("b"): 1, members("b", "c"): 1
        }  # fmt: skip
        assert breadth(agreeing, ("c", "a", "b"), each=2) == ("a", "b")

    def test_ties_go_to_the_earlier_groups(self):
        agreeing = {members("a", "b"): 3}
        assert breadth(agreeing, ("b", "a"), each=3) == ("b",)
        assert breadth(agreeing, {"b", "a"}, each=3) == ("a",)

    def test_nobody(self):
        assert breadth({}, (), each=3) == ()
        assert breadth({}, ("a",), each=3) == ()

    def test_in_a_room_two_people_each_are_enough(self):
        assert (people_each(3), people_each(4), people_each(5)) == (2, 3, 3)
        room = assessed(enough=3, a=Counts(2, 1, 0), b=Counts(2, 0, 1))
        assert room.breadth == 2

    @settings(max_examples=150)
    @given(
        st.dictionaries(
            st.frozensets(st.sampled_from("abcd"), max_size=3), st.integers(0, 4), max_size=7
        ),
        st.integers(1, 3),
    )
    def test_as_large_as_trying_every_way(self, agreeing, each):
        names = ("a", "b", "c", "d")
        found = breadth(agreeing, names, each=each)
        sizes = [
            size
            for size in range(5)
            for chosen in combinations(names, size)
            if _can_serve(agreeing, chosen, each)
        ]
        assert _can_serve(agreeing, found, each)
        assert len(found) == max(sizes)


def _can_serve(agreeing, chosen, each) -> bool:
    """By trying to place person after person in every way."""
    people = [who & set(chosen) for who, n in agreeing.items() for _ in range(n)]
    states = {tuple(0 for _ in chosen)}
    for groups in people:
        more = set(states)
        for state in states:
            for place, name in enumerate(chosen):
                if name in groups and state[place] < each:
                    more.add((*state[:place], state[place] + 1, *state[place + 1 :]))
        states = more
    return tuple(each for _ in chosen) in states


class TestOrder:
    def test_forty_of_one_group_never_outrank_three_of_each_of_four(self):
        forty = assessed(invited=("a", "b", "c", "d"), a=Counts(40, 0, 0))
        four = assessed(enough=5, **{name: Counts(3, 1, 1) for name in "abcd"})
        assert four.order_key > forty.order_key

    def test_then_how_surely_the_least_agreeing_group_agrees_then_people(self):
        sure = assessed(a=Counts(9, 1, 0), b=Counts(9, 1, 0))
        less = assessed(a=Counts(40, 0, 0), b=Counts(6, 4, 0))
        assert sure.order_key > less.order_key
        more = assessed(a=Counts(9, 1, 0), b=Counts(9, 1, 0), c=Counts(1, 0, 0))
        assert more.order_key > sure.order_key

    def test_where_no_group_agrees_everybody_together_decides(self):
        nobody = assess({members(): Counts(0, 40, 0)}, invited=("a",), enough=5)
        everybody = assess({members(): Counts(9, 1, 0)}, invited=("a",), enough=5)
        assert everybody.order_key > nobody.order_key


def test_wilson_interval():
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81/263 and 1/29.
    assert wilson(81, 263).lower == pytest.approx(0.2553, abs=5e-5)
    assert wilson(81, 263).upper == pytest.approx(0.3662, abs=5e-5)
    assert wilson(1, 29).lower == pytest.approx(0.0061, abs=5e-5)
    assert wilson(1, 29).upper == pytest.approx(0.1718, abs=5e-5)
    assert (wilson(0, 0).lower, wilson(0, 0).upper) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: Counts(1, -1, 0), "disagree: -1"),
        (lambda: Counts(1, 0, 0) - Counts(0, 0, 1), "not_sure: -1"),
        (lambda: assess({}, invited=("a", "a"), enough=5), "invited: a partner group is named"),
        (lambda: assess({}, invited=tuple("abcdefghijklm"), enough=5), "invited: 13"),
        (lambda: assess({}, invited=(), enough=0), "enough: 0"),
        (lambda: breadth({}, ("a",), each=0), "each: 0"),
        (lambda: wilson(4, 3), "successes: 4 of 3"),
    ],
)
def test_errors_name_what_is_wrong(act, message):
    with pytest.raises(ValueError, match=message):
        act()


MEMBERSHIPS = st.frozensets(st.sampled_from(("a", "b", "c", "d")), max_size=3)
COUNTS = st.builds(Counts, *(st.integers(0, 6) for _ in range(4)))
ROOMS = st.dictionaries(MEMBERSHIPS, COUNTS, max_size=8)


@settings(max_examples=100)
@given(ROOMS, st.randoms(use_true_random=False))
def test_the_order_of_people_and_groups_changes_nothing(room, random):
    invited = ["a", "b", "c", "d"]
    first = assess(room, invited=invited, enough=5)
    shuffled = list(room.items())
    random.shuffle(shuffled)
    random.shuffle(invited)
    again = assess(dict(shuffled), invited=invited, enough=5)
    assert again.groups == first.groups
    assert again.order_key == first.order_key
    assert (again.together, again.no_group) == (first.together, first.no_group)


@settings(max_examples=100)
@given(ROOMS)
def test_other_names_for_the_groups_change_nothing_else(room):
    first = assess(room, invited=("a", "b", "c", "d"), enough=5)
    renamed = {frozenset(name.upper() for name in who): counts for who, counts in room.items()}
    again = assess(renamed, invited=("A", "B", "C", "D"), enough=5)
    assert [again.groups[name.upper()] for name in first.groups] == list(first.groups.values())
    assert again.breadth_groups == tuple(name.upper() for name in first.breadth_groups)
    assert again.order_key == first.order_key


@settings(max_examples=100)
@given(ROOMS, MEMBERSHIPS)
def test_somebody_who_says_nothing_changes_nothing(room, silent):
    more = {**room, silent: room.get(silent, Counts()) + Counts()}
    invited = ("a", "b", "c", "d")
    assert assess(more, invited=invited, enough=5) == assess(room, invited=invited, enough=5)


def test_by_group_counts_a_person_in_each_of_their_groups():
    assert by_group({members("a", "b"): Counts(1, 0, 0), members("b"): Counts(0, 2, 0)}) == {
        "a": Counts(1, 0, 0),
        "b": Counts(1, 2, 0),
    }
