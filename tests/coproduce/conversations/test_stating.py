from datetime import timedelta

import pytest
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.conversations.models import Conversation
from coproduce.conversations.queries import (
    changes_since_opening,
    missing,
    opening_fingerprint,
)
from coproduce.conversations.services import confirm_change, open_conversation, state
from coproduce.conversations.stated import stated_value
from coproduce.refused import Refused
from tests.coproduce.cast import make_participant
from tests.coproduce.conversations.drafts import again, join_hal, make_draft

pytestmark = pytest.mark.django_db


def opened(**stated):
    grace = make_draft(**stated)
    hal = join_hal(grace)
    for member in [grace] if stated.get("runs_alone") else [grace, hal]:
        saw = opening_fingerprint(again(grace.conversation), ["gathering"])
        open_conversation(member=member, phases=["gathering"], saw=saw)
    grace.refresh_from_db()
    hal.refresh_from_db()
    return grace, hal


def test_a_draft_is_changed_at_once():
    grace = make_draft()
    assert state(member=grace, changes={"thanks": "Cake."}) is None
    assert again(grace.conversation).thanks == "Cake."


def test_what_is_the_same_is_no_change():
    grace = make_draft()
    before = Entry.objects.count()
    state(member=grace, changes={"name": "The way to school"})
    assert Entry.objects.count() == before


def test_after_opening_a_change_of_scope_takes_two_keys_and_is_shown():
    grace, hal = opened()
    turn = state(member=grace, changes={"cannot_change": "The law and the budget."})
    assert again(grace.conversation).cannot_change == "The law."
    assert changes_since_opening(again(grace.conversation)) == []
    confirm_change(member=hal, turn=turn, saw=turn.fingerprint)
    assert again(grace.conversation).cannot_change == "The law and the budget."
    (change,) = changes_since_opening(again(grace.conversation))
    assert (change.label, change.before, change.after) == (
        "What cannot change",
        "The law.",
        "The law and the budget.",
    )
    assert change.by == hal.account


def test_whoever_proposed_a_change_does_not_confirm_it():
    grace, _ = opened()
    turn = state(member=grace, changes={"who_decides": "I do."})
    with pytest.raises(Refused, match="You turned the first key"):
        confirm_change(member=grace, turn=turn, saw=turn.fingerprint)
    assert again(grace.conversation).who_decides == "The transport meeting in March."


def test_becoming_alone_takes_two_keys_as_well():
    grace, _ = opened()
    assert not state(member=grace, changes={"runs_alone": True}).is_turned
    assert again(grace.conversation).runs_alone is False


def test_one_partner_alone_changes_at_once_and_it_is_shown():
    grace, _ = opened(runs_alone=True)
    assert state(member=grace, changes={"thanks": "Cake."}).is_turned
    assert again(grace.conversation).thanks == "Cake."
    assert [c.after for c in changes_since_opening(again(grace.conversation))] == ["Cake."]


def test_a_safeguarding_number_is_mended_at_once_and_shown():
    grace, _ = opened()
    assert state(member=grace, changes={"safeguarding_contact": "0100 555 0199"}) is None
    assert again(grace.conversation).safeguarding_contact == "0100 555 0199"
    assert [c.field for c in changes_since_opening(again(grace.conversation))] == [
        "safeguarding_contact"
    ]


def test_a_second_change_waits_for_the_first():
    grace, _ = opened()
    state(member=grace, changes={"thanks": "Cake."})
    with pytest.raises(Refused, match="Another change waits"):
        state(member=grace, changes={"purpose": "Else."})


def test_the_words_of_a_question_stay_once_it_is_open():
    grace, hal = opened()
    asked = stated_value(again(grace.conversation), "questions")
    changed = [{**asked[0], "text": "What matters to drivers?"}]
    with pytest.raises(Refused, match="Leave its words as they are"):
        state(member=grace, changes={"questions": changed})
    more = [*asked, {"id": None, "text": "What else?", "material": ""}]
    turn = state(member=grace, changes={"questions": more})
    confirm_change(member=hal, turn=turn, saw=turn.fingerprint)
    assert [q.text for q in again(grace.conversation).questions.all()] == [
        "What matters on the way to school?",
        "What else?",
    ]


def test_a_partner_group_that_people_picked_keeps_its_place():
    grace, hal = opened()
    health = grace.conversation.partner_groups.get(key="health")
    make_participant(grace.conversation, "health")
    groups = stated_value(again(grace.conversation), "partner_groups")
    fewer = [group for group in groups if group["key"] != "health"]
    new = {"key": None, "label": "Transport", "is_children": False}
    turn = state(member=grace, changes={"partner_groups": [*fewer, new]})
    confirm_change(member=hal, turn=turn, saw=turn.fingerprint)
    health.refresh_from_db()
    assert health.retired_at is not None
    bits = {g.key: g.bit for g in grace.conversation.partner_groups.all()}
    assert bits["transport"] == 5
    assert bits["health"] == health.bit == 3


def test_at_most_twelve_partner_groups():
    grace = make_draft()
    groups = stated_value(again(grace.conversation), "partner_groups")
    own = [{"key": None, "label": f"Own {n}", "is_children": False} for n in range(8)]
    with pytest.raises(Refused, match="at most 12"):
        state(member=grace, changes={"partner_groups": [*groups, *own]})
    state(member=grace, changes={"partner_groups": [*groups, *own[:7]]})
    assert again(grace.conversation).partner_groups.count() == 12


def test_a_group_that_somebody_in_the_team_stands_for_stays():
    grace = make_draft()
    groups = stated_value(again(grace.conversation), "partner_groups")
    fewer = [group for group in groups if group["key"] != "parent_carers"]
    with pytest.raises(Refused, match="Grace stands for"):
        state(member=grace, changes={"partner_groups": fewer})


def test_two_drafts_of_one_name_have_two_addresses():
    grace = make_draft()
    from coproduce.conversations.services import make_conversation

    other = make_conversation(
        by=grace.account, name="The way to school", template_key="one_event"
    ).conversation
    assert Conversation.objects.count() == 2
    assert other.slug.startswith("the-way-to-school-")
    assert [a.label for a in other.areas.all()] == [
        "East Devon",
        "Exeter",
        "Mid Devon",
        "North Devon",
        "South Hams",
        "Teignbridge",
        "Torridge",
        "West Devon",
    ]


def closed(grace):
    conversation = again(grace.conversation)
    conversation.phases = ["closed"]
    conversation.save()
    grace.conversation.refresh_from_db()


def test_the_safeguarding_contact_of_a_closed_conversation_can_be_changed_and_nothing_else():
    grace, _ = opened()
    closed(grace)
    state(member=grace, changes={"safeguarding_name": "Nadia", "safeguarding_contact": "0100 1"})
    assert again(grace.conversation).safeguarding_name == "Nadia"
    changes = changes_since_opening(again(grace.conversation))
    assert {(one.label, one.after) for one in changes} == {
        ("The name of the safeguarding contact", "Nadia"),
        ("How to reach the safeguarding contact", "0100 1"),
    }
    for changes in ({"thanks": "Cake."}, {"listed": False}):
        with pytest.raises(Refused, match="Only the safeguarding contact can be changed"):
            state(member=grace, changes=changes)


def test_a_closed_conversation_offers_the_contact_alone_to_be_changed(client):
    grace, _ = opened()
    closed(grace)
    client.force_login(grace.account)
    parts = f"/team/c/{grace.conversation.slug}/edit"
    assert "<button" not in client.get(f"{parts}/about/").content.decode().split("<main")[1]
    sent = {"safeguarding_name": "Nadia", "safeguarding_contact": "0100 1"}
    assert client.post(f"{parts}/safety/", sent).status_code == 302
    assert "Nadia" in client.get(f"/c/{grace.conversation.slug}/").content.decode()


def test_the_day_of_deletion_is_never_one_that_has_passed():
    grace, _ = opened()
    today = timezone.localdate()
    for day in (today, today - timedelta(days=1), None):
        with pytest.raises(Refused, match="Pick a day that is still to come"):
            state(member=grace, changes={"delete_on": day and day.isoformat()})
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert state(member=grace, changes={"delete_on": tomorrow}).waits_for_second


def test_a_draft_does_not_open_with_a_day_of_deletion_that_has_passed():
    grace = make_draft(delete_on=timezone.localdate().isoformat())
    assert [(one.part, one.why) for one in missing(again(grace.conversation))] == [
        ("privacy", "This day has passed. Pick one that is still to come.")
    ]
