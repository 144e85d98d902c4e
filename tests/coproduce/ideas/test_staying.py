"""Whatever is put together or taken apart, nothing falls out of the ideas that it stood in."""

import pytest

from coproduce.audit.models import Entry
from coproduce.audit.undoing import undo
from coproduce.ideas.models import Placement
from coproduce.ideas.queries import in_none
from coproduce.ideas.services import make_idea, place_in, stands_in
from coproduce.people.models import Role
from coproduce.statements.models import MergeLink
from coproduce.statements.services import (
    link_as_same,
    merge_statements,
    take_apart,
    undo_merge,
    unlink_as_same,
)
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_conversation()


@pytest.fixture
def hal(school):
    return make_member(school, "Hal", Role.FACILITATOR)


@pytest.fixture
def three(school):
    return [make_statement(school, f"Train the drivers{end}") for end in (".", "!", " well.")]


def ideas_of(*statements):
    for one in statements:
        one.refresh_from_db()
    return [list(stands_in(one).values()) for one in statements]


def held():
    return set(Placement.objects.held().values_list("idea", "statement", "position"))


def together(hal, first, *others):
    for other in others:
        merge_statements(kept=first, absorbed=other, by=hal)


def test_the_others_stay_in_the_ideas_when_the_listed_statement_leaves_and_undo_is_exact(
    school, hal, three
):
    a, b, c = three
    before_it = make_statement(school, "Ask the drivers.")
    people = make_idea(question=a.question, name="People", by=hal, statements=[before_it, a])
    safety = make_idea(question=a.question, name="Safety", by=hal, statements=[])
    together(hal, a, b, c)
    place_in(statement=b, idea=safety, by=hal)
    stood = held()
    take_apart(statement=a, by=hal)
    assert ideas_of(a, b, c) == [["People", "Safety"]] * 3
    assert b.cluster_id == c.cluster_id != a.cluster_id
    assert not in_none(school, a.question).exists()
    # Each part once in each idea; where the one before stood, its neighbours stay neighbours.
    assert held() == {
        *stood,
        (people.pk, b.cluster.listed_id, 1),
        (safety.pk, a.pk, 0),
    }
    undo(entry=Entry.objects.get(act="take_apart"), by=hal)
    assert held() == stood
    assert ideas_of(a, b, c) == [["People", "Safety"]] * 3
    assert a.cluster_id == b.cluster_id == c.cluster_id


def test_who_is_taken_out_leaves_the_idea_of_the_others_that_it_only_came_to_with_them(
    school, hal, three
):
    a, b, c = three
    make_idea(question=a.question, name="People", by=hal, statements=[a])
    together(hal, a, b, c)
    stood = held()
    take_apart(statement=c, by=hal)
    assert ideas_of(a, b, c) == [["People"], ["People"], []]
    assert held() == stood
    undo(entry=Entry.objects.get(act="take_apart"), by=hal)
    assert (held(), ideas_of(c)) == (stood, [["People"]])


def test_a_merge_undone_gives_each_side_back_its_ideas_and_what_both_came_into(school, hal, three):
    a, b, c = three
    make_idea(question=a.question, name="People", by=hal, statements=[a])
    make_idea(question=a.question, name="Skills", by=hal, statements=[b])
    link = merge_statements(kept=a, absorbed=b, by=hal)
    make_idea(question=a.question, name="Safety", by=hal, statements=[a])
    assert ideas_of(a, b) == [["People", "Skills", "Safety"]] * 2
    undo_merge(link=link, by=hal)
    assert ideas_of(a, b, c) == [["People", "Safety"], ["Skills", "Safety"], []]
    undo(entry=Entry.objects.get(act="undo_merge"), by=hal)
    assert ideas_of(a, b) == [["People", "Skills", "Safety"]] * 2
    assert Placement.objects.held().filter(idea__name="Safety").count() == 1


def test_a_link_beside_which_another_holds_changes_nothing_when_it_is_cut(school, hal, three):
    a, b, c = three
    together(hal, a, b, c)
    extra = MergeLink.objects.create(conversation=school, first=b, second=c)
    make_idea(question=a.question, name="People", by=hal, statements=[a])
    stood = held()
    undo_merge(link=extra, by=hal)
    assert (held(), ideas_of(a, b, c)) == (stood, [["People"]] * 3)


def test_the_same_taken_back_by_who_wrote_it_stays_where_both_came_to(school, hal, three):
    amina = make_participant(school, "parent_carers")
    bus = three[0]
    make_idea(question=bus.question, name="People", by=hal, statements=[bus])
    mine = make_statement(school, "Drivers should have training.", by=amina)
    link = link_as_same(mine=mine, other=bus, participant=amina)
    make_idea(question=bus.question, name="Safety", by=hal, statements=[bus])
    assert ideas_of(mine) == [["People", "Safety"]]
    unlink_as_same(link=link, participant=amina)
    assert ideas_of(mine, bus) == [["Safety"], ["People", "Safety"]]


def test_the_others_stay_when_the_words_of_the_listed_statement_are_taken_back(school, hal, three):
    amina = make_participant(school, "parent_carers")
    mine = make_statement(school, "Drivers should have training.", by=amina)
    idea = make_idea(question=mine.question, name="People", by=hal, statements=[mine])
    together(hal, mine, three[0])
    withdraw(words=mine.words, participant=amina)
    assert ideas_of(three[0]) == [["People"]]
    assert not in_none(school, mine.question).filter(pk=three[0].cluster_id).exists()
    assert idea.placements.held().count() == 1
