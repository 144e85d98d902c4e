from copy import deepcopy
from functools import partial

import pytest
from django.urls import reverse

from coproduce.audit.models import Entry
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Action, ActionStep
from coproduce.decisions.queries import overdue
from coproduce.decisions.queries.checking import actions_to_check
from coproduce.decisions.queries.naming import earlier_grounds_of, grounds_of
from coproduce.decisions.services import check_action, correct_action, move_action
from coproduce.refused import Meanwhile, Refused
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, partner_group
from tests.coproduce.decisions.published import a_decision, an_action, published
from tests.coproduce.made_once import until_the_module_ends

pytestmark = pytest.mark.django_db

S = Action.Standing


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.jsonl"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield published()


@pytest.fixture
def world(made, db):
    return deepcopy(made)


def corrected(world, action, **fields):
    now = Action.objects.get(pk=action.pk)
    given = {
        "by": world.dee,
        "what": now.what,
        "owner": now.owner,
        "owner_group": now.owner_group,
        "why_corrected": "We wrote it down wrong.",
        "rests_on": [Ground.of(one) for one in now.rests_on.held()],
    }
    return correct_action(action=action, **{**given, **fields})


def confirmed(world, **fields):
    """Said to be done, and Amina says so too."""
    action = an_action(world, world.buses, **fields)
    move_action(action=action, by=world.dee, kind="said_done", note="They run.")
    check_action(participant=world.amina, action=action, confirms=True)
    action.refresh_from_db()
    assert action.standing == S.DONE
    return action


def test_a_correction_keeps_the_address_the_date_and_what_stood_before(world):
    action = an_action(world, world.buses)
    step = corrected(world, action, what="Order three buses.", owner="The county fleet")
    action.refresh_from_db()
    assert (action.what, action.owner) == ("Order three buses.", "The county fleet")
    assert action.due_on.isoformat() == "2099-01-05"
    assert (step.earlier_what, step.earlier_owner) == ("Order two buses.", "Head of transport")
    assert step.earlier_owner_group == partner_group(world.conversation, "health")
    assert step.note == "We wrote it down wrong."
    entry = Entry.objects.get(act="correct_action")
    assert (entry.about, entry.reason) == (action.ref, "We wrote it down wrong.")
    assert Action.objects.count() == 1


def test_everybody_reads_what_stood_before_and_why(world, client):
    action = an_action(world, world.buses)
    corrected(world, action, what="Order three buses.", rests_on=[Ground.of(world.school)])
    page = client.get(reverse("public:action", args=[action.ref])).content.decode()
    assert "Order three buses." in page
    assert "Before, it said: “Order two buses.”" in page
    assert "We wrote it down wrong." in page
    assert "Before, this stood there for who does it" not in page
    now, before = page.split("Before it was corrected, it rested on")
    assert "At school" in now
    assert "Buses on time" not in now
    assert "Buses on time" in before


def test_another_partner_group_or_other_words_ask_people_again(world):
    for change in (
        {"owner_group": partner_group(world.conversation, "education")},
        {"rests_on": [Ground.of(world.bus)]},
    ):
        action = confirmed(world)
        corrected(world, action, **change)
        action.refresh_from_db()
        assert action.standing == S.SAID_DONE, change
        assert action.checks.filter(ended_at=None).count() == 0
        assert [one.check for one in actions_to_check(world.amina) if one.action == action] == [
            None
        ]
        check_action(participant=world.amina, action=action, confirms=True)
        assert Action.objects.get(pk=action.pk).standing == S.DONE


def test_another_thing_is_under_way_until_somebody_says_that_it_is_done(world):
    action = confirmed(world)
    corrected(world, action, what="Order three buses.")
    action.refresh_from_db()
    assert action.standing == S.OPEN
    assert action.checks.filter(ended_at=None).count() == 0
    assert not [one for one in actions_to_check(world.amina) if one.action == action]
    corrected(world, action, owner="The fleet office")
    assert Action.objects.get(pk=action.pk).standing == S.OPEN
    move_action(action=action, by=world.dee, kind="said_done", note="All three run.")
    check_action(participant=world.amina, action=action, confirms=True)
    assert Action.objects.get(pk=action.pk).standing == S.DONE
    corrected(world, action, rests_on=[Ground.of(world.bus)])
    assert Action.objects.get(pk=action.pk).standing == S.SAID_DONE, "an earlier thing is forgotten"


def test_what_was_stopped_stays_stopped(world):
    action = an_action(world, world.buses)
    move_action(action=action, by=world.dee, kind="stopped", note="There is no money.")
    corrected(world, action, what="Order three buses.")
    assert Action.objects.get(pk=action.pk).standing == S.STOPPED


def test_who_confirms_follows_from_the_partner_group_as_corrected(world):
    action = confirmed(world)
    corrected(world, action, owner_group=partner_group(world.conversation, "parent_carers"))
    check = check_action(participant=world.amina, action=action, confirms=True)
    assert check.counts_for == 0, "Amina is of the owner's partner group now"
    assert Action.objects.get(pk=action.pk).standing == S.SAID_DONE


def test_another_post_in_the_same_partner_group_leaves_what_people_said(world):
    action = confirmed(world)
    step = corrected(world, action, owner="The fleet office")
    assert Action.objects.get(pk=action.pk).standing == S.DONE
    assert (step.earlier_what, step.earlier_owner) == ("", "Head of transport")


def test_a_dispute_that_ended_with_a_correction_can_still_be_read(world):
    action = confirmed(world)
    check_action(
        participant=world.ben, action=action, confirms=False, why="One bus only.", form_key="d"
    )
    assert Action.objects.get(pk=action.pk).standing == S.DISPUTED
    Action.objects.filter(pk=action.pk).update(due_on="2026-01-05")
    corrected(world, action, what="Order one bus.")
    assert Action.objects.get(pk=action.pk).standing == S.OPEN
    assert overdue(world.conversation) == [action], "a comma does not make it less overdue"
    assert action.checks.get(participant=world.ben).words.text == "One bus only."


def test_a_correction_does_not_make_an_overdue_action_less_so(world):
    action = an_action(world, world.buses)
    Action.objects.filter(pk=action.pk).update(due_on="2026-01-05")
    corrected(world, action, what="Order three buses.")
    assert overdue(world.conversation) == [action]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"what": " "}, "what", "Write what will be done."),
        ({"owner": ""}, "owner", "Write who does it"),
        ({"what": "Other.", "why_corrected": ""}, "why_corrected", "Say why you correct it."),
        ({}, "what", "Nothing is different"),
        ({"rests_on": []}, "rests_on", "Choose what this rests on"),
    ],
)
def test_what_is_lacking_is_named_and_nothing_is_changed(world, given, field, sentence):
    action = an_action(world, world.buses)
    with pytest.raises(Refused, match=sentence) as refused:
        corrected(world, action, **given)
    assert refused.value.field == field
    assert not ActionStep.objects.exists()
    assert Action.objects.get().what == "Order two buses."


def test_the_same_twice_is_one_and_what_others_wrote_is_not_passed_over(world):
    action = an_action(world, world.buses)
    send = partial(corrected, world, action, what="Order three buses.", seen=0)
    assert send() == send()
    with pytest.raises(Meanwhile, match="Nothing was overwritten"):
        corrected(world, action, what="Order four buses.", seen=0)
    assert ActionStep.objects.count() == 1
    assert Action.objects.get().what == "Order three buses."


def test_it_can_rest_on_its_own_words_and_then_on_its_decisions_again(world):
    action = an_action(world, decision=a_decision(world))
    corrected(world, action, rests_on=[Ground.of(world.school)])
    assert [one.text for one in grounds_of(action)] == ["At school"]
    corrected(world, action, rests_on=[])
    assert grounds_of(action) == []
    assert [one.text for one in earlier_grounds_of(action)] == ["At school"]


def test_a_correction_takes_out_words_that_were_taken_back(world):
    action = an_action(world, world.bus, world.school)
    withdraw(words=world.bus.words, participant=world.amina)
    with pytest.raises(Refused, match="were taken back"):
        corrected(world, action, what="Order three buses.")
    corrected(world, action, rests_on=[Ground.of(world.school)])
    assert [(one.text, one.review_since) for one in grounds_of(action)] == [("At school", None)]


def test_only_who_acts_corrects_and_only_here(world):
    action = an_action(world, world.buses)
    with pytest.raises(PermissionError):
        corrected(world, action, by=world.sam, what="Other.")
    elsewhere = partner_group(make_conversation(name="Another place"), "health")
    with pytest.raises(PermissionError):
        corrected(world, action, owner_group=elsewhere)
    assert not ActionStep.objects.exists()


def test_what_an_action_rests_on_no_more_is_not_looked_at_again(world):
    action = an_action(world, world.bus, world.school)
    withdraw(words=world.bus.words, participant=world.amina)
    corrected(world, action, rests_on=[Ground.of(world.school)])
    (earlier,) = earlier_grounds_of(action)
    assert (earlier.is_shown, earlier.review_since) == (False, None)
