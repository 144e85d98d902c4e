import datetime
from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.conversations.models import Phase
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Decision, DecisionStep, RestsOn
from coproduce.decisions.queries import decisions_under
from coproduce.decisions.services import correct_decision, move_decision, still_stands
from coproduce.refused import Meanwhile, Refused
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw, withdraw_everything
from tests.coproduce.cast import make_conversation, make_statement
from tests.coproduce.decisions.published import DAY, a_decision, an_action, published
from tests.coproduce.made_once import until_the_module_ends

pytestmark = pytest.mark.django_db


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


def tomorrow():
    return timezone.localdate() + DAY


def test_a_decision_stands_with_its_reason_its_grounds_and_a_row_in_the_log(world):
    line = world.line(world.school)
    decision = a_decision(world, world.buses, line, note="From September.")
    assert (decision.outcome, decision.decided_by) == ("will", "The transport board")
    rests = RestsOn.objects.filter(decision=decision).order_by("pk")
    assert [(one.idea, one.passage) for one in rests] == [(world.buses, None), (None, line)]
    step = decision.steps.get()
    assert (step.outcome, step.note, step.by) == ("will", "From September.", world.dee)
    entry = Entry.objects.get(act="decide")
    assert (entry.about, entry.by) == (decision.ref, world.dee.account)
    assert entry.details["ideas"] == [world.buses.pk]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"why": " "}, "why", "Write why. A decision without a reason is not kept."),
        ({"what": ""}, "what", "Write what was decided."),
        ({"decided_by": ""}, "decided_by", "Write who decided."),
        ({"rests_on": []}, "rests_on", "Choose what this rests on"),
        ({"outcome": "perhaps"}, "outcome", "Choose what was decided."),
        ({"outcome": "not_ours"}, "passed_to", "Say whom you passed it on to."),
        ({"outcome": "not_yet"}, "by_when", "Say by when it will be decided or done."),
        ({"outcome": "try"}, "by_when", "Say by when you tell people how it went."),
        (
            {"outcome": "try", "by_when": datetime.date(2026, 1, 5)},
            "by_when",
            "5 January 2026 has passed.",
        ),
        ({"decided_on": datetime.date(2999, 1, 1)}, "decided_on", "still to come"),
        ({"what": "x" * 2001}, "what", "2,001 characters long"),
    ],
)
def test_what_a_decision_lacks_is_said_of_its_field(world, given, field, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        a_decision(world, **given)
    assert refused.value.field == field
    assert not Decision.objects.exists()
    assert not Entry.objects.filter(act="decide").exists()


def test_it_rests_on_words_that_can_be_read(world):
    withdraw(words=world.bus.words, participant=world.amina)
    withdraw(words=world.late.words, participant=world.ben)
    for ground in (world.buses, world.line(world.buses), Words.objects.get(pk=world.bus.pk)):
        with pytest.raises(Refused, match="Take") as refused:
            a_decision(world, ground, world.gate)
        assert refused.value.field == "rests_on"
    hidden = make_statement(world.conversation, "Nobody sees.", standing=Standing.NOT_SHOWN)
    with pytest.raises(Refused, match="are not shown"):
        a_decision(world, hidden)
    assert not Decision.objects.exists()


def test_only_who_decides_decides_and_only_once_published(world):
    for member in (world.grace, world.hal, world.sam):
        with pytest.raises(PermissionError):
            a_decision(world, by=member)
    elsewhere = make_statement(make_conversation("Elsewhere"), "Not here.")
    with pytest.raises(PermissionError):
        a_decision(world, elsewhere)
    world.conversation.phases = [Phase.AGREEING]
    world.conversation.save()
    world.dee.refresh_from_db()
    with pytest.raises(Refused, match="“published” and “acting”"):
        a_decision(world)


def test_the_same_form_twice_is_one_decision(world):
    first = a_decision(world, form_key="one form")
    assert a_decision(world, form_key="one form") == first
    assert Decision.objects.count() == 1
    assert RestsOn.objects.count() == 1
    assert Entry.objects.filter(act="decide").count() == 1


def test_it_moves_in_steps_that_all_stay(world):
    decision = a_decision(world)
    first = decision.steps.get()
    with pytest.raises(Refused, match="Say what has changed"):
        move_decision(decision=decision, by=world.dee, outcome="doing", note="")
    step = move_decision(decision=decision, by=world.dee, outcome="doing", note="They are ordered.")
    again = move_decision(
        decision=decision, by=world.dee, outcome="doing", note="They are ordered.", seen=first.pk
    )
    assert again == step
    with pytest.raises(Meanwhile, match="We are doing it"):
        move_decision(decision=decision, by=world.dee, outcome="done", note="Here.", seen=first.pk)
    move_decision(
        decision=decision,
        by=world.dee,
        outcome="not_ours",
        note="The county runs them.",
        passed_to="The county",
        seen=step.pk,
    )
    decision.refresh_from_db()
    assert decision.outcome == "not_ours"
    assert list(DecisionStep.objects.values_list("outcome", "passed_to")) == [
        ("will", ""),
        ("doing", ""),
        ("not_ours", "The county"),
    ]


def test_a_correction_takes_its_place_and_both_can_be_read(world):
    first = a_decision(world)
    action = an_action(world, decision=first)
    given = {
        "by": world.dee,
        "what": "One more bus.",
        "why": "There is money for one.",
        "decided_on": first.decided_on,
        "decided_by": first.decided_by,
        "outcome": "partly",
        "rests_on": [Ground.of(world.gate)],
        "why_corrected": "There is less money.",
        "form_key": "correction",
    }
    second = correct_decision(decision=first, **given)
    assert correct_decision(decision=first, **given) == second
    first.refresh_from_db()
    action.refresh_from_db()
    assert (first.is_current, second.is_current, second.replaces) == (False, True, first)
    assert first.what == "Two more buses in the morning."
    assert action.decision == second
    under = decisions_under([world.bus, world.late, world.gate])
    assert [under[one.pk].decisions for one in (world.bus, world.late, world.gate)] == [
        [],
        [],
        [second],
    ]
    with pytest.raises(Meanwhile):
        move_decision(decision=first, by=world.dee, outcome="done", note="Here.")


def test_it_reaches_every_statement_under_a_line_an_idea_and_what_was_put_together(world):
    by_idea = a_decision(world, world.buses)
    by_line = a_decision(world, world.line(world.buses))
    by_words = a_decision(world, world.late)
    on_its_own = an_action(world, world.gate)
    of_the_decision = an_action(world, decision=by_line)
    under = decisions_under([world.bus, world.late, world.gate])
    for statement in (world.bus, world.late):
        assert under[statement.pk].decisions == [by_idea, by_line, by_words]
        assert under[statement.pk].actions == [of_the_decision]
    assert under[world.gate.pk].decisions == []
    assert under[world.gate.pk].actions == [on_its_own]


def test_what_reaches_many_statements_is_read_in_a_number_of_questions_that_stays(
    world, django_assert_num_queries
):
    an_action(world, decision=a_decision(world, world.buses))
    an_action(world, world.gate)
    some = [world.bus, world.gate]
    with CaptureQueriesContext(connection) as few:
        decisions_under(some)
    more = [make_statement(world.conversation, f"Said {n}.") for n in range(30)]
    for statement in more:
        decision = a_decision(world, statement)
        an_action(world, decision=decision)
    with django_assert_num_queries(len(few)):
        under = decisions_under([*some, *more])
    assert all(len(under[one.pk].actions) == 1 for one in more)


def test_words_taken_back_flag_everything_that_rested_on_them(world):
    by_idea = a_decision(world, world.buses)
    by_line = an_action(world, world.line(world.buses))
    untouched = a_decision(world, world.gate)
    withdraw(words=world.bus.words, participant=world.amina)
    flagged = RestsOn.objects.exclude(review_since=None)
    assert {(one.decision, one.action) for one in flagged} == {(by_idea, None), (None, by_line)}
    still_stands(thing=by_idea, by=world.dee, reason="Others said it too.")
    assert not untouched.rests_on.exclude(review_since=None).exists()
    assert not by_idea.rests_on.exclude(review_since=None).exists()
    entry = Entry.objects.get(act="still_stands")
    assert (entry.about, entry.reason) == (by_idea.ref, "Others said it too.")
    with pytest.raises(Meanwhile):
        still_stands(thing=by_idea, by=world.dee, reason="Again.")


def test_taking_everything_back_flags_in_any_phase(world):
    decision = a_decision(world, world.gate)
    world.conversation.phases = [Phase.CLOSED]
    world.conversation.save()
    withdraw_everything(participant=world.ben)
    assert decision.rests_on.get().review_since is not None
