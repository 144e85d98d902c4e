import re

import pytest
from django.urls import reverse

import coproduce
from coproduce.audit.models import Entry
from coproduce.audit.sentences import CAN_BE_UNDONE, SENTENCES
from coproduce.audit.services import record
from coproduce.audit.undoing import UNDO, undo
from coproduce.ideas.models import Idea
from coproduce.ideas.services import make_idea, name_idea
from coproduce.moderation.services import look_at, mask
from coproduce.people.models import Role
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.services import (
    link_as_same,
    list_statement,
    merge_statements,
    take_apart,
)
from coproduce.words.models import Standing
from tests.coproduce.cast import make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(school):
    return reverse("facilitating:log", args=[school.slug])


def test_every_act_of_the_service_has_a_sentence():
    from pathlib import Path

    acts = set()
    for file in Path(coproduce.__file__).parent.rglob("*.py"):
        acts |= set(re.findall(r'\bact="([a-z_]+)"', file.read_text()))
    of_the_installation = {"make_sign_in_link", "use_sign_in_link", "make_account"}
    of_the_installation |= {"change_password"}
    assert acts - set(SENTENCES) - of_the_installation == set()
    assert set(UNDO) == CAN_BE_UNDONE
    assert set(SENTENCES) >= CAN_BE_UNDONE


def test_the_log_says_what_the_conversation_states_otherwise(client, school):
    grace = make_member(school, "Grace", Role.ORGANISER, Role.FACILITATOR)
    for fields in (["purpose", "hear_back_by"], []):
        record(conversation=school, act="state", by=grace.account, details={"fields": fields})
    client.force_login(grace.account)
    page = client.get(reverse("facilitating:log", args=[school.slug])).content.decode()
    said = "changed what the conversation states"
    assert f"{said}: what it is for, the date by which people hear back." in page
    assert f"{said}." in page


def test_the_log_says_who_did_what_and_why_and_keeps_hidden_words_hidden(
    client, school, hal, address
):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Train drivers!")
    merge_statements(kept=one, absorbed=two, by=hal, reason="They say the same.")
    page = client.get(address).content.decode()
    assert f"Hal put “Train drivers!” ({two.ref}) together with “Train the drivers.”" in page
    assert "Why: They say the same." in page
    look_at(words=two.words, by=hal, outcome="not_shown", ground="hurtful")
    page = client.get(address).content.decode()
    assert "Train drivers!" not in page
    assert two.ref in page


def test_a_participant_is_never_named_in_the_log(client, school, hal, address):
    amina = make_participant(school, "parent_carers")
    shown = make_statement(school, "Train the drivers.")
    mine = make_statement(school, "Train drivers.", by=amina)
    link_as_same(mine=mine, other=shown, participant=amina)
    page = client.get(address).content.decode()
    assert "Somebody who takes part said that" in page
    assert str(amina) not in page
    assert "Parent carers" not in page


def test_what_was_set_apart_stands_in_the_log_of_the_lead_alone(client, school, hal, address):
    worry = make_statement(school, "My dad hits me.", standing=Standing.WAITING)
    look_at(words=worry.words, by=hal, outcome="held")
    assert worry.ref in client.get(address).content.decode()
    look_at(words=worry.words, by=hal, outcome="set_apart")
    assert worry.ref not in client.get(address).content.decode()
    farah = make_member(school, "Farah", Role.SAFEGUARDING)
    client.force_login(farah.account, backend="django.contrib.auth.backends.ModelBackend")
    assert f"Hal set {worry.ref} apart" in client.get(address).content.decode()
    with pytest.raises(Refused):
        undo(entry=Entry.objects.get(act="set_apart"), by=hal)


def test_what_was_set_apart_later_is_not_named_beside_another_statement(
    client, school, hal, address
):
    shown = make_statement(school, "Home is loud.")
    worry = make_statement(school, "Home is loud!")
    merge_statements(kept=shown, absorbed=worry, by=hal)
    assert worry.ref in client.get(address).content.decode()
    look_at(words=worry.words, by=hal, outcome="set_apart")
    page = client.get(address).content.decode()
    assert worry.ref not in page
    assert f"Hal put another one together with “Home is loud.” ({shown.ref})" in page
    farah = make_member(school, "Farah", Role.SAFEGUARDING)
    client.force_login(farah.account, backend="django.contrib.auth.backends.ModelBackend")
    assert f"Hal put {worry.ref} together" in client.get(address).content.decode()


def test_an_undo_is_an_act_of_its_own_which_can_be_undone_and_not_twice(school, hal):
    worry = make_statement(school, "Jamie waits.", standing=Standing.WAITING)
    look_at(words=worry.words, by=hal, outcome="shown")
    first = Entry.objects.get(act="look_at")
    undo(entry=first, by=hal, reason="Too soon.")
    worry.words.refresh_from_db()
    assert worry.words.standing == Standing.WAITING
    with pytest.raises(Meanwhile, match="undone this already"):
        undo(entry=first, by=hal)
    second = Entry.objects.get(act="undo_look")
    assert (second.undoes, second.reason) == (first, "Too soon.")
    undo(entry=second, by=hal)
    worry.words.refresh_from_db()
    assert worry.words.standing == Standing.SHOWN


def test_a_mask_a_merge_and_a_name_are_undone(school, hal):
    one = make_statement(school, "Jamie waits.")
    two = make_statement(school, "Jamie waits!")
    mask(words=one.words, by=hal, spans=[(0, 5)])
    merge_statements(kept=one, absorbed=two, by=hal)
    idea = make_idea(question=one.question, name="Waiting", by=hal)
    name_idea(idea=idea, by=hal, name="Long waits", summary="People wait.")
    for act in ["mask", "merge_statements", "name_idea", "make_idea"]:
        undo(entry=Entry.objects.get(act=act), by=hal)
    one.words.refresh_from_db()
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.words.shown_text == "Jamie waits."
    assert one.cluster_id != two.cluster_id
    assert Idea.objects.get().name == "Waiting"
    assert not Idea.objects.kept().exists()
    undo(entry=Entry.objects.get(act="undo_merge"), by=hal)
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.cluster_id == two.cluster_id


def test_the_log_asks_as_much_for_thirty_acts_as_for_one(
    client, school, hal, address, django_assert_max_num_queries
):
    def acts(number):
        for n in range(number):
            words = make_statement(school, f"Words {n}", standing=Standing.WAITING).words
            look_at(words=words, by=hal, outcome="shown")

    acts(1)
    with django_assert_max_num_queries(30) as one:
        client.get(address)
    acts(29)
    with django_assert_max_num_queries(30) as many:
        client.get(address + "?kind=looking")
    assert len(many) == len(one)


def test_undoing_what_took_apart_lists_the_one_that_was_listed(school, hal):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Drivers should have training.")
    merge_statements(kept=one, absorbed=two, by=hal)
    list_statement(statement=two, by=hal)
    take_apart(statement=one, by=hal)
    undo(entry=Entry.objects.get(act="take_apart"), by=hal)
    one.refresh_from_db()
    assert one.cluster.listed == two
    undo(entry=Entry.objects.get(act="list_statement"), by=hal)
    one.cluster.refresh_from_db()
    assert one.cluster.listed == one


def test_an_act_that_stands_undone_already_says_so_and_stays_in_the_log_as_it_was(school, hal):
    one = make_statement(school, "Train the drivers.")
    two = make_statement(school, "Drivers should have training.")
    merge_statements(kept=one, absorbed=two, by=hal)
    list_statement(statement=two, by=hal)
    chose = Entry.objects.get(act="list_statement")
    list_statement(statement=one, by=hal)
    with pytest.raises(Meanwhile, match="It stands as it did before already"):
        undo(entry=chose, by=hal)
    assert not Entry.objects.filter(undoes=chose).exists()
