import datetime
from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.conversations.models import Phase
from coproduce.decisions.models import Action, ActionCheck
from coproduce.decisions.queries import overdue
from coproduce.decisions.queries.checking import actions_to_check
from coproduce.decisions.services import check_action, move_action
from coproduce.decisions.standing import confirmed_by
from coproduce.moderation.services import look_at
from coproduce.people.models import WhoseWords
from coproduce.refused import Meanwhile, Refused
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw, withdraw_everything
from tests.coproduce.cast import make_participant, make_statement, partner_group
from tests.coproduce.decisions.published import DAY, a_decision, an_action, published
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


def said_done(world, *on, **fields):
    action = an_action(world, *(on or (world.buses,)), **fields)
    move_action(action=action, by=world.dee, kind="said_done", note="They run.")
    action.refresh_from_db()
    return action


def standing(action):
    return Action.objects.get(pk=action.pk).standing


def no(world, action, who, why="The bus was late again.", key="d"):
    return check_action(participant=who, action=action, confirms=False, why=why, form_key=key)


def yes(action, who):
    return check_action(participant=who, action=action, confirms=True)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"due_on": datetime.date(2026, 1, 5)}, "due_on", "5 January 2026 has passed."),
        ({"due_on": None}, "due_on", "Say by when"),
        ({"what": ""}, "what", "Write what will be done."),
        ({"owner": " "}, "owner", "Write who does it"),
        ({"rests_on": []}, "rests_on", "Choose what this rests on"),
    ],
)
def test_an_action_has_an_owner_a_day_that_has_not_passed_and_grounds(
    world, given, field, sentence
):
    with pytest.raises(Refused, match=sentence) as refused:
        an_action(world, world.buses, **given)
    assert refused.value.field == field
    assert not Action.objects.exists()


def test_today_is_not_in_the_past_and_the_same_form_twice_is_one_action(world):
    for _ in range(2):
        an_action(world, world.buses, due_on=timezone.localdate(), form_key="one form")
    assert Action.objects.count() == 1


def test_overdue_is_worked_out_from_the_day_and_ends_with_done_said(world):
    action = an_action(world, world.buses, due_on=timezone.localdate())
    after = timezone.localdate() + DAY
    assert overdue(world.conversation) == []
    assert overdue(world.conversation, after) == [action]
    move_action(action=action, by=world.dee, kind="said_done", note="They run.")
    assert overdue(world.conversation, after) == []
    no(world, action, world.amina)
    assert overdue(world.conversation, after) == [action]
    move_action(action=action, by=world.dee, kind="new_date", note="Snow.", due_on=after + 7 * DAY)
    assert overdue(world.conversation, after) == []


def test_steps_need_their_words_and_a_link_that_is_one(world):
    action = an_action(world, world.buses)
    for kind in ("progress", "new_date", "said_done", "stopped", "reopened"):
        with pytest.raises(Refused) as refused:
            move_action(action=action, by=world.dee, kind=kind, note=" ")
        assert refused.value.field == "note"
    with pytest.raises(Refused, match="https://") as refused:
        move_action(
            action=action, by=world.dee, kind="progress", note="See.", link="javascript:alert(1)"
        )
    assert refused.value.field == "link"
    given = {"kind": "progress", "note": "See.", "link": "https://example.org/buses"}
    first = move_action(action=action, by=world.dee, seen=0, **given)
    assert move_action(action=action, by=world.dee, seen=0, **given) == first
    with pytest.raises(Meanwhile):
        move_action(action=action, by=world.grace, kind="progress", note="Other.", seen=0)


def test_done_counts_when_somebody_else_whose_words_it_rests_on_says_so(world):
    action = said_done(world)
    assert action.standing == S.SAID_DONE
    check = yes(action, world.amina)
    assert standing(action) == S.DONE
    assert check.counts_for == partner_group(world.conversation, "parent_carers").mask
    assert yes(action, world.amina) == check
    entry = Entry.objects.get(act="check_action")
    assert (entry.by, entry.by_participant, entry.about) == (None, True, action.ref)
    yes(action, world.ben)
    assert Entry.objects.filter(act="check_action").count() == 1, "the log counts nobody"


def test_it_does_not_count_from_the_owners_own_group_nor_from_no_group(world):
    action = said_done(world, owner_group=partner_group(world.conversation, "parent_carers"))
    assert yes(action, world.amina).counts_for == 0
    assert standing(action) == S.SAID_DONE
    both = make_participant(world.conversation, "parent_carers", "education")
    make_statement(world.conversation, "Late, late.", by=both, cluster_of=world.bus)
    assert yes(action, both).counts_for == 0
    nobody = make_participant(world.conversation)
    make_statement(world.conversation, "Too late.", by=nobody, cluster_of=world.bus)
    assert yes(action, nobody).counts_for == 0
    assert standing(action) == S.SAID_DONE
    yes(action, world.ben)
    assert standing(action) == S.DONE


def test_a_childs_done_is_the_childs_only_in_own_words(world):
    dev = make_participant(world.conversation, "children")
    make_statement(world.conversation, "I wait.", by=dev, cluster_of=world.bus)
    adult = make_participant(world.conversation, "children", whose_words=WhoseWords.SPEAKS_FOR)
    make_statement(world.conversation, "He waits.", by=adult, cluster_of=world.bus)
    observed = make_participant(world.conversation, "children")
    theirs = make_statement(world.conversation, "She waits.", by=observed, cluster_of=world.bus)
    Words.objects.filter(pk=theirs.pk).update(how_given=WhoseWords.OBSERVATION)
    action = said_done(world)
    children = partner_group(world.conversation, "children").mask
    assert [yes(action, who).counts_for for who in (adult, observed)] == [0, 0]
    assert standing(action) == S.SAID_DONE
    assert yes(action, dev).counts_for == children
    assert standing(action) == S.DONE


def test_who_said_nothing_under_it_is_not_asked(world):
    action = said_done(world)
    olu = make_participant(world.conversation, "parent_carers")
    make_statement(world.conversation, "Something else.", by=olu)
    with pytest.raises(Refused, match="Only people whose words"):
        yes(action, olu)
    assert actions_to_check(olu) == []
    assert [one.action for one in actions_to_check(world.amina)] == [action]


def test_nobody_is_asked_before_it_is_said_to_be_done(world):
    action = an_action(world, decision=a_decision(world))
    with pytest.raises(Meanwhile):
        yes(action, world.amina)
    assert actions_to_check(world.amina) == []
    move_action(action=action, by=world.dee, kind="said_done", note="They run.")
    assert [one.action for one in actions_to_check(world.amina)] == [action]
    yes(action, world.amina)
    assert standing(action) == S.DONE


def test_one_dispute_stands_against_any_number_who_confirm(world):
    action = said_done(world)
    yes(action, world.amina)
    with pytest.raises(Refused) as refused:
        no(world, action, world.ben, why="  ")
    assert refused.value.field == "why"
    assert standing(action) == S.DONE
    check = no(world, action, world.ben)
    assert no(world, action, world.ben) == check, "the same form twice is one"
    assert standing(action) == S.DISPUTED
    words = check.words
    assert (words.kind, words.standing) == (Words.Kind.DISPUTE, Standing.WAITING)
    yes(action, world.ben)
    assert standing(action) == S.DONE
    assert ActionCheck.objects.filter(action=action, participant=world.ben).count() == 2


def test_saying_done_again_asks_everybody_anew(world):
    action = said_done(world)
    no(world, action, world.ben)
    move_action(action=action, by=world.dee, kind="progress", note="We look at it.")
    assert standing(action) == S.DISPUTED
    move_action(action=action, by=world.dee, kind="said_done", note="There is a third bus now.")
    assert standing(action) == S.SAID_DONE
    yes(action, world.amina)
    assert standing(action) == S.DONE
    with pytest.raises(Refused, match="Take it up again first"):
        move_action(action=action, by=world.dee, kind="stopped", note="Enough.")
    move_action(action=action, by=world.dee, kind="reopened", note="It broke down.")
    assert standing(action) == S.OPEN


def test_a_dispute_is_looked_at_like_all_words_also_when_published(world):
    action = said_done(world)
    words = no(world, action, world.ben).words
    look_at(words=words, by=world.hal, outcome="shown")
    words.refresh_from_db()
    assert words.is_shown
    statement = make_statement(world.conversation, "New.", standing=Standing.WAITING)
    with pytest.raises(Refused, match="New words are looked at while"):
        look_at(words=statement.words, by=world.hal, outcome="shown")


def test_taking_back_the_reason_or_the_words_takes_the_check_with_it(world):
    action = said_done(world)
    check = no(world, action, world.ben)
    withdraw(words=check.words, participant=world.ben)
    assert standing(action) == S.SAID_DONE
    yes(action, world.amina)
    withdraw(words=world.bus.words, participant=world.amina)
    assert standing(action) == S.SAID_DONE
    yes(action, world.ben)
    assert standing(action) == S.DONE
    withdraw_everything(participant=world.ben)
    assert standing(action) == S.SAID_DONE


def test_groups_are_named_only_where_nobody_can_be_picked_out(world):
    action = said_done(world)
    yes(action, world.amina)
    for _ in range(3):
        make_participant(world.conversation, "parent_carers")
    # Four parent carers, one teacher: neither may be named.
    assert confirmed_by(world.conversation, [action]) == {action.pk: []}
    make_participant(world.conversation, "parent_carers")
    # Five parent carers now; but leaving one teacher out would tell of the teacher.
    assert confirmed_by(world.conversation, [action]) == {action.pk: []}
    for _ in range(4):
        make_participant(world.conversation, "education")
    assert confirmed_by(world.conversation, [action]) == {action.pk: ["Parent carers"]}
    make_participant(world.conversation, "health")
    # The owner's group is not among those who can confirm: it hides and tells nothing.
    assert confirmed_by(world.conversation, [action]) == {action.pk: ["Parent carers"]}
    make_participant(world.conversation, "children", "education")
    assert confirmed_by(world.conversation, [action]) == {action.pk: []}


def test_not_in_other_phases(world):
    action = said_done(world)
    world.conversation.phases = [Phase.CLOSED]
    world.conversation.save()
    world.amina.conversation.refresh_from_db()
    with pytest.raises(Refused, match="“published” and “acting”"):
        yes(action, world.amina)


def test_what_somebody_is_asked_about_takes_the_same_questions_for_30(world):
    said_done(world)
    with CaptureQueriesContext(connection) as few:
        assert len(actions_to_check(world.amina)) == 1
    for _ in range(29):
        said_done(world)
    with CaptureQueriesContext(connection) as many:
        assert len(actions_to_check(world.amina)) == 30
    assert len(many) == len(few)
