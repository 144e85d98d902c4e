import pytest

from coproduce.audit.models import Entry
from coproduce.people.models import Role
from coproduce.refused import Meanwhile, Refused
from coproduce.responses.models import Response, Tally
from coproduce.responses.services import answer
from coproduce.statements.models import Cluster, MergeLink
from coproduce.statements.services import (
    link_as_same,
    list_statement,
    merge_statements,
    take_apart,
    undo_cut,
    undo_merge,
)
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_conversation()


@pytest.fixture
def hal(school):
    return make_member(school, "Hal", Role.FACILITATOR)


def tallies(statement):
    statement.refresh_from_db()
    return {
        (row.membership, "agree"): row.agree
        for row in Tally.objects.filter(cluster=statement.cluster_id)
        if row.agree
    }


def test_a_person_who_agreed_with_both_counts_once_after_a_merge(school, hal):
    amina = make_participant(school, "parent_carers")
    ben = make_participant(school, "education")
    train = make_statement(school, "Train the drivers.")
    training = make_statement(school, "Drivers should have training.")
    for person, statement in [(amina, train), (amina, training), (ben, training)]:
        answer(participant=person, statement=statement, answer=1)
    merge_statements(kept=train, absorbed=training, by=hal, reason="They say the same.")
    training.refresh_from_db()
    train.refresh_from_db()
    assert training.cluster_id == train.cluster_id
    assert train.cluster.listed_id == train.pk
    assert sum(tallies(train).values()) == 2
    assert Cluster.objects.filter(conversation=school).count() == 1
    assert Response.objects.count() == 3


def test_cutting_gives_the_counts_that_would_stand_without_the_link(school, hal):
    amina = make_participant(school, "parent_carers")
    ben = make_participant(school, "education")
    train = make_statement(school, "Train the drivers.")
    training = make_statement(school, "Drivers should have training.")
    answer(participant=amina, statement=train, answer=1)
    link = merge_statements(kept=train, absorbed=training, by=hal)
    answer(participant=ben, statement=train, answer=1)
    undo_merge(link=link, by=hal, reason="One is about school, one about taxis.")
    train.refresh_from_db()
    training.refresh_from_db()
    assert train.cluster_id != training.cluster_id
    assert sum(tallies(train).values()) == 2
    assert tallies(training) == {}
    assert training.cluster.listed_id == training.pk
    assert not MergeLink.objects.get().holds


def test_opposite_stances_are_never_merged_nor_their_clusters(school, hal):
    alone = make_statement(school, "I want to get the bus by myself.")
    never = make_statement(school, "I don't want to get the bus by myself.")
    with pytest.raises(Refused, match="may disagree"):
        merge_statements(kept=alone, absorbed=never, by=hal)
    other = make_statement(school, "I want to get the school bus by myself.")
    merge_statements(kept=alone, absorbed=other, by=hal)
    with pytest.raises(Refused, match="Both stay"):
        merge_statements(kept=other, absorbed=never, by=hal)
    assert MergeLink.objects.count() == 1
    assert not Entry.objects.filter(about=never.ref).exists()


def test_the_second_facilitator_to_merge_a_pair_is_told_and_changes_nothing(school, hal):
    grace = make_member(school, "Grace", Role.ORGANISER)
    one, two = make_statement(school, "Train the drivers."), make_statement(school, "Train drivers")
    merge_statements(kept=one, absorbed=two, by=hal)
    with pytest.raises(Meanwhile):
        merge_statements(kept=two, absorbed=one, by=grace)
    assert MergeLink.objects.count() == 1


def test_statements_that_are_not_shown_or_answer_another_question_stay_apart(school, hal):
    one = make_statement(school, "Train the drivers.")
    waiting = make_statement(school, "Train drivers.", standing=Standing.WAITING)
    with pytest.raises(Meanwhile):
        merge_statements(kept=one, absorbed=waiting, by=hal)
    second = school.questions.create(text="What else?", position=2)
    elsewhere = make_statement(school, "Train drivers.", question=second)
    with pytest.raises(Refused, match="different questions"):
        merge_statements(kept=one, absorbed=elsewhere, by=hal)


def test_only_who_arranges_in_this_conversation_merges(school, hal):
    farah = make_member(school, "Farah", Role.SAFEGUARDING)
    one, two = make_statement(school, "Train the drivers."), make_statement(school, "Train drivers")
    with pytest.raises(PermissionError):
        merge_statements(kept=one, absorbed=two, by=farah)
    elsewhere = make_conversation("Another one")
    stranger = make_member(elsewhere, "Olu", Role.FACILITATOR)
    with pytest.raises(Refused):
        merge_statements(kept=one, absorbed=two, by=stranger)


def test_taking_out_the_middle_one_keeps_the_others_together_and_undo_puts_it_back(school, hal):
    a, b, c = (make_statement(school, f"Train the drivers{end}") for end in (".", "!", " well."))
    merge_statements(kept=a, absorbed=b, by=hal)
    merge_statements(kept=a, absorbed=c, by=hal)
    take_apart(statement=a, by=hal, reason="It is about something else.")
    for one in (a, b, c):
        one.refresh_from_db()
    assert b.cluster_id == c.cluster_id != a.cluster_id
    undo_cut(entry=Entry.objects.get(act="take_apart"), by=hal)
    for one in (a, b, c):
        one.refresh_from_db()
    assert a.cluster_id == b.cluster_id == c.cluster_id
    assert MergeLink.objects.filter(cut_at=None).count() == 2


def test_another_statement_can_be_the_one_that_is_listed(school, hal):
    one, two = make_statement(school, "Train the drivers."), make_statement(school, "Train drivers")
    merge_statements(kept=one, absorbed=two, by=hal)
    list_statement(statement=two, by=hal, seen=one.pk)
    two.refresh_from_db()
    assert two.cluster.listed_id == two.pk
    with pytest.raises(Meanwhile):
        list_statement(statement=one, by=hal, seen=one.pk)


def test_a_writer_links_their_own_words_and_the_log_does_not_name_them(school, hal):
    amina = make_participant(school, "parent_carers")
    ben = make_participant(school, "education")
    shown = make_statement(school, "Train the drivers.")
    mine = make_statement(school, "Train drivers.", by=amina, standing=Standing.WAITING)
    link = link_as_same(mine=mine, other=shown, participant=amina)
    assert link_as_same(mine=mine, other=shown, participant=amina) == link
    shown.refresh_from_db()
    assert shown.cluster.listed_id == shown.pk
    entry = Entry.objects.get(act="link_as_same")
    assert entry.by is None
    assert entry.by_participant
    with pytest.raises(Refused):
        link_as_same(mine=mine, other=shown, participant=ben)
