"""Small numbers in public: what is shown, and somebody who tries to work out more."""

import json
from collections import defaultdict
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground import narrowing
from commonground.agreement import Counts, Stance, assess
from commonground.rounding import bands, rounded_count, share_in_words
from commonground.small_numbers import PublicFigures, ShareWord, may_move, public_figures
from tests.commonground.attacker import (
    AGREE,
    DISAGREE,
    NEITHER,
    counts_of,
    every_way,
    fits,
    left_open,
    told,
)


def members(*names):
    return frozenset(names)


def shown(people, answers, *, invited=("a", "b"), enough=5, previous=None):
    return public_figures(
        counts_of(people, answers), invited=invited, enough=enough, previous=previous
    )


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "a few or none"),
        (4, "a few or none"),
        (5, "about 5"),
        (7, "about 5"),
        (8, "about 10"),
        (13, "about 15"),
        (17, "about 15"),
        (18, "about 20"),
    ],
)
def test_counts_are_rounded_to_five(people, said):
    assert rounded_count(people) == said


@pytest.mark.parametrize(
    ("agree", "people", "word"),
    [
        (0, 5, "some"),
        (2, 5, "some"),
        (3, 5, "most"),
        (5, 5, "most"),
        (0, 12, "few"),
        (4, 12, "some"),
        (6, 12, "about half"),
        (9, 12, "most"),
        (10, 12, "nearly all"),
    ],
)
def test_shares_of_small_groups_are_words(agree, people, word):
    assert share_in_words(agree, people) == ShareWord(word)


@pytest.mark.parametrize("people", range(5, 200))
def test_no_band_says_none_or_all_or_an_exact_count_or_crosses_one_half(people):
    parts = bands(people)
    assert parts[0].lowest == 0
    assert parts[-1].highest == people
    for one, after in pairwise(parts):
        assert after.lowest == one.highest + 1
    assert all(band.highest > band.lowest for band in parts)
    assert parts[0].highest >= 2
    assert parts[-1].lowest <= people - 2
    assert any(band.lowest == people // 2 + 1 for band in parts)


def test_figures_move_when_five_more_have_answered():
    assert not may_move(5, 9)
    assert may_move(5, 10)
    people = [members("a")] * 10
    answers = [AGREE] * 3 + [DISAGREE] * 2 + [DISAGREE] * 5
    first = shown(people[:5], answers[:5])
    assert first.groups["a"].stance == Stance.AGREES
    for number in range(6, 10):
        assert shown(people[:number], answers[:number], previous=first) is first
    moved = shown(people, answers, previous=first)
    assert moved.groups["a"].stance == Stance.DOES_NOT_AGREE


def test_one_group_moves_and_the_other_stays():
    people = [members("a")] * 5 + [members("b")] * 5 + [members("a")] * 5 + [members("b")]
    answers = [AGREE] * 10 + [DISAGREE] * 6
    first = shown(people[:10], answers[:10])
    then = shown(people, answers, previous=first)
    assert then.groups["a"].stance == Stance.DIVIDED
    assert then.groups["b"] == first.groups["b"]
    assert then.people == 15


def test_the_stances_are_those_of_the_rules():
    counts = {
        members("a"): Counts(40, 2, 3),
        members("b"): Counts(1, 6, 0),
        members("c"): Counts(3, 2, 1),
        members("d"): Counts(3, 0, 0),
        members("e"): Counts(2, 1, 0),
        members(): Counts(2, 0, 0),
    }
    invited = ("a", "b", "c", "d", "e")
    public = public_figures(counts, invited=invited, enough=5)
    inside = assess(counts, invited=invited, enough=5)
    assert {n: g.stance for n, g in public.groups.items()} == {
        n: g.stance for n, g in inside.groups.items()
    }
    assert public.pooled == ("d", "e")
    assert public.together is not None
    assert public.together.stance == Stance.AGREES
    assert public.no_group.stance == Stance.TOO_FEW_TO_TELL
    assert (public.groups["a"].people, public.groups["a"].agree) == (45, 40)
    assert (public.people, public.marks, public.breadth) == (65, 1, 1)


def test_breadth_in_public_is_what_is_certain():
    apart = public_figures(
        {members("a"): Counts(5), members("b"): Counts(5)}, invited=("a", "b"), enough=5
    )
    assert apart.breadth == 2
    assert apart.several_partners
    same_people = {members("a", "b"): Counts(8, 0, 0)}
    assert assess(same_people, invited=("a", "b"), enough=5).breadth == 2
    assert public_figures(same_people, invited=("a", "b"), enough=5).breadth == 1


def test_forty_of_one_group_do_not_outrank_four_groups_in_public_either():
    forty = public_figures({members("a"): Counts(40)}, invited=tuple("abcd"), enough=5)
    four = public_figures(
        {members(name): Counts(3, 1, 1) for name in "abcd"}, invited=tuple("abcd"), enough=5
    )
    assert four.order_key > forty.order_key


def test_figures_go_through_json_and_back():
    people = [members("a")] * 6 + [members("a", "b")] * 6 + [members()] * 5
    figures = shown(people, [AGREE] * 9 + [NEITHER] * 8)
    assert PublicFigures.from_dict(json.loads(json.dumps(figures.to_dict()))) == figures
    assert "memory" not in figures.public_dict()


def test_a_cut_link_moves_figures_when_five_people_at_least_go():
    people = [members("a")] * 20
    answers = [AGREE, AGREE, AGREE, NEITHER, DISAGREE] * 2 + [AGREE] * 6 + [DISAGREE] * 4
    joined = shown(people, answers)
    assert shown(people[:19], answers[:19], previous=joined) is joined
    assert shown(people[:16], answers[:16], previous=joined) is joined
    cut = shown(people[:10], answers[:10], previous=joined)
    assert cut.groups["a"].people == 10
    assert cut.groups["a"].stance == Stance.AGREES


def test_figures_stay_when_one_of_the_outcomes_would_tell():
    """Of twelve four disagree. Were most of the seven who stay to disagree, the others did not."""
    people = [members("a")] * 12
    answers = [AGREE] * 7 + [AGREE] + [DISAGREE] * 4
    joined = shown(people, answers)
    assert joined.groups["a"].disagree == ShareWord.SOME
    assert shown(people[:7], answers[:7], previous=joined).groups["a"] == joined.groups["a"]


def test_after_changed_answers_the_figures_are_still_true():
    people = [members("a")] * 10
    first = shown(people[:5], [DISAGREE] * 5)
    then = shown(people, [AGREE] * 10, previous=first)
    assert then.groups["a"].stance == Stance.AGREES
    assert then.groups["a"].agree == ShareWord.NEARLY_ALL


class TestTheAttacker:
    def test_succeeds_against_counts_that_are_shown_as_they_are(self):
        truth = np.array([AGREE, AGREE, DISAGREE, AGREE, NEITHER, DISAGREE], dtype=np.int8)
        ways = every_way(6)
        for number in range(5, 7):  # a page after the fifth answer and one after the sixth
            for answer in (AGREE, DISAGREE):
                ways = ways[(ways[:, :number] == answer).sum(1) == (truth[:number] == answer).sum()]
        assert told(ways) == [5]
        assert ways[0, 5] == DISAGREE

    def test_succeeds_against_stances_of_groups_that_share_members(self):
        # Five in a, of whom four are in b with one more: a agrees, b does not have a majority.
        ways = every_way(6, (AGREE, DISAGREE))
        a, b = [0, 1, 2, 3, 4], [0, 1, 2, 3, 5]
        agrees = 2 * (ways[:, a] == AGREE).sum(1) > 5
        does_not = 2 * (ways[:, b] == DISAGREE).sum(1) > 5
        assert told(ways[agrees & does_not]) == [4, 5]

    def test_is_not_told_by_these_stances(self):
        people = [members("a", "b")] * 4 + [members("a"), members("b")]
        answers = [AGREE, AGREE, DISAGREE, DISAGREE, AGREE, DISAGREE]
        page = shown(people, answers)
        assert page.groups["a"].stance == Stance.AGREES
        assert page.groups["b"].stance is None
        assert told(left_open([(6, page)], people)) == []

    def test_succeeds_against_words_that_move_with_each_answer(self):
        people = [members("a")] * 6
        answers = [AGREE, AGREE, AGREE, DISAGREE, DISAGREE, DISAGREE]
        ways = every_way(6)
        for number in (5, 6):
            page = shown(people[:number], answers[:number])
            ways = ways[fits(ways, range(number), page.groups["a"])]
        assert told(ways) == [5]
        assert not (ways[:, 5] == AGREE).any()  # the sixth person surely does not agree

    @settings(max_examples=30)
    @given(st.data())
    def test_recovers_nobodys_answer_from_a_page_after_every_answer(self, data):
        who = st.sampled_from(
            [members("a"), members("b"), members("a", "b"), members("c"), members()]
        )
        people = data.draw(st.lists(who, min_size=5, max_size=11))
        answers = data.draw(
            st.lists(
                st.sampled_from([AGREE, AGREE, DISAGREE, NEITHER]),
                min_size=len(people),
                max_size=len(people),
            )
        )
        enough = data.draw(st.sampled_from([3, 5]))
        pages, page = [], None
        for number in range(1, len(people) + 1):
            page = shown(
                people[:number],
                answers[:number],
                invited=("a", "b", "c"),
                enough=enough,
                previous=page,
            )
            pages.append((number, page))
        ways = left_open(pages, people)
        assert (ways == np.array(answers)).all(1).any()  # the truth fits what was shown
        assert told(ways) == []

    def test_who_knows_how_the_figures_are_made_recovers_nobodys_answer(self, monkeypatch):
        """Goes through every way to answer, makes the pages for each, and keeps those alike."""
        known = cache(narrowing.verdict)  # asked again and again
        monkeypatch.setattr(narrowing, "verdict", lambda facts, witnesses: known(facts))
        people = [members("a")] * 2 + [members("a", "b")] * 3 + [members("a")] * 3
        first: dict[tuple[int, ...], PublicFigures] = {}
        alike = defaultdict(list)
        for way in every_way(8, (AGREE, DISAGREE)):
            answers = tuple(int(answer) for answer in way)
            if answers[:3] not in first:
                first[answers[:3]] = shown(people[:3], answers[:3], enough=3)
            before = first[answers[:3]]
            after = shown(people, answers, enough=3, previous=before)
            pages = [json.dumps(page.public_dict()) for page in (before, after)]
            alike[tuple(pages)].append(way)
        assert len(alike) >= 4  # the pages do say something
        assert [told(np.array(ways)) for ways in alike.values()] == [[]] * len(alike)
