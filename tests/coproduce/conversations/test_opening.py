import pytest

from coproduce.audit.models import Entry
from coproduce.conversations.models import KeyTurn, PhaseChange
from coproduce.conversations.queries import missing, opening_fingerprint
from coproduce.conversations.services import open_conversation, state, take_back_key
from coproduce.people.models import Role
from coproduce.people.services import change_member
from coproduce.refused import Refused
from tests.coproduce.conversations.drafts import again, join_hal, make_draft

pytestmark = pytest.mark.django_db

PHASES = ["gathering"]


def turn(member, phases=PHASES, saw=None):
    conversation = again(member.conversation)
    return open_conversation(
        member=member, phases=phases, saw=saw or opening_fingerprint(conversation, phases)
    )


def test_it_opens_with_two_keys_of_different_partner_groups():
    grace = make_draft()
    hal = join_hal(grace)
    first = turn(grace)
    assert not first.is_turned
    assert again(grace.conversation).is_draft
    second = turn(hal)
    assert second.pk == first.pk
    assert second.is_turned
    conversation = again(grace.conversation)
    assert conversation.phases == ["gathering"]
    assert conversation.enough == 5
    assert conversation.opened_at is not None
    assert [c.phases for c in PhaseChange.objects.filter(conversation=conversation)] == [
        ["draft"],
        ["gathering"],
    ]


def test_one_room_opens_with_three_as_enough():
    grace = make_draft("one_event", runs_alone=True)
    turn(grace, ["gathering", "listening", "connecting"])
    conversation = again(grace.conversation)
    assert conversation.enough == 3
    assert conversation.phases == ["gathering", "listening", "connecting"]


@pytest.mark.parametrize(
    ("group", "said"),
    [("parent_carers", "same partner group"), (None, "does not say which partner group")],
)
def test_the_second_key_is_another_partner_groups(group, said):
    grace = make_draft()
    hal = join_hal(grace, group)
    turn(grace)
    with pytest.raises(Refused, match=said):
        turn(hal)
    assert again(grace.conversation).is_draft


def test_nobody_turns_both_keys():
    grace = make_draft()
    turn(grace)
    with pytest.raises(Refused, match="You turned the first key"):
        turn(grace)


def test_a_key_about_something_that_changed_does_not_turn():
    grace = make_draft()
    hal = join_hal(grace)
    turn(grace)
    seen = opening_fingerprint(again(grace.conversation), PHASES)
    state(member=grace, changes={"purpose": "Something else."})
    with pytest.raises(Refused, match="It has changed"):
        turn(hal, saw=seen)
    # Hal reads it again: his is now the first key, and Grace's old one is over.
    assert not turn(hal).is_turned
    turns = list(KeyTurn.objects.order_by("pk"))
    assert [t.first_by.account.name for t in turns] == ["Grace", "Hal"]
    assert turns[0].ended_because == "What it was about changed."
    assert again(grace.conversation).is_draft
    assert turn(grace).is_turned


def test_a_key_that_was_taken_back_needs_a_new_first():
    grace = make_draft()
    hal = join_hal(grace)
    take_back_key(member=hal, turn=turn(grace))
    assert not turn(hal).is_turned
    assert again(grace.conversation).is_draft


def test_a_key_ends_when_its_owner_changes_partner_group():
    grace = make_draft()
    hal = join_hal(grace)
    turn(grace)
    change_member(
        by=hal,
        member=grace,
        roles=[Role.ORGANISER],
        partner_group=grace.conversation.partner_groups.get(key="health"),
    )
    assert not turn(hal).is_turned


def test_one_partner_alone_turns_one_key():
    grace = make_draft(runs_alone=True)
    assert turn(grace).is_turned
    assert again(grace.conversation).phases == ["gathering"]
    assert Entry.objects.filter(act="turn_only_key").count() == 1


@pytest.mark.parametrize(
    ("field", "empty", "part"),
    [
        ("safeguarding_contact", "", "safety"),
        ("safeguarding_name", "", "safety"),
        ("purpose", "", "about"),
        ("purpose", "About [what this is about].", "about"),
        ("options_fixed", None, "change"),
        ("hear_back_by", None, "change"),
        ("privacy_notice", "", "privacy"),
        ("delete_on", None, "privacy"),
        ("questions", [], "questions"),
        (
            "partner_groups",
            [{"key": "parent_carers", "label": "Parents", "is_children": False}],
            "groups",
        ),
    ],
)
def test_it_does_not_open_without_what_it_must_state(field, empty, part):
    grace = make_draft(runs_alone=True, **{field: empty})
    lacking = missing(again(grace.conversation))
    assert [each.part for each in lacking] == [part]
    with pytest.raises(Refused, match="Missing"):
        turn(grace)
    assert again(grace.conversation).is_draft


def test_fixed_options_say_since_when():
    grace = make_draft(options_fixed=True)
    assert [each.label for each in missing(again(grace.conversation))] == [
        "Since when options are fixed"
    ]


def test_it_does_not_open_without_somebody_who_reads_what_worries_people():
    grace = make_draft(runs_alone=True)
    farah = grace.conversation.team.get(account__name="Farah")
    change_member(by=grace, member=farah, roles=[Role.SPECIALIST], partner_group=None)
    assert [each.part for each in missing(again(grace.conversation))] == ["team"]
    with pytest.raises(Refused, match="safeguarding lead"):
        turn(grace)


def test_who_does_not_organise_turns_no_key():
    grace = make_draft()
    farah = grace.conversation.team.get(account__name="Farah")
    with pytest.raises(PermissionError):
        turn(farah)
