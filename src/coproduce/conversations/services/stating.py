"""Stating what a conversation is: freely while it is a draft, with two keys once it is open."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from coproduce.audit.services import record
from coproduce.conversations.models import Area, Conversation, KeyTurn, PartnerGroup, Question
from coproduce.conversations.services.keys import turn_key
from coproduce.conversations.stated import (
    AT_ONCE,
    LISTS,
    WHEN_CLOSED,
    Part,
    fingerprint,
    from_stated,
    part_fingerprint,
    stated_value,
)
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Meanwhile, Refused

MOST_GROUPS = 12


@transaction.atomic
def state(
    *, member: TeamMember, changes: dict[str, Any], saw: tuple[Part, str] | None = None
) -> KeyTurn | None:
    """Change what the conversation states. `changes` holds plain JSON by field (stated.py).

    `saw`: a part, and its fingerprint as it stood on the page of who changes it. Raises Meanwhile
    where somebody else has changed that part since.

    In a draft the change is made, and None returned. Once the conversation is open, the first
    key is turned and returned; the change is made with the second (`confirm_change`), or at
    once where one partner runs it alone. Changes for someone's safety are made at once always,
    also when the conversation is closed.
    """
    require_role(member, Role.ORGANISER)
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    if saw is not None and part_fingerprint(conversation, saw[0]) != saw[1]:
        raise Meanwhile(
            "Somebody else in the team has changed this part meanwhile. Nothing was overwritten. "
            "Read what it says now, then save what you still want."
        )
    changes = {
        field: value
        for field, value in changes.items()
        if stated_value(conversation, field) != value
    }
    if not changes:
        return None
    if conversation.is_closed and not set(changes) <= WHEN_CLOSED:
        raise Refused(
            "This conversation is closed. What it stated stays as it was. Only the safeguarding "
            "contact can be changed."
        )
    at_once = {f: v for f, v in changes.items() if conversation.is_draft or f in AT_ONCE}
    if at_once:
        _make_changes(conversation, at_once, member)
    with_keys = {f: v for f, v in changes.items() if f not in at_once}
    if not with_keys:
        return None
    _check_after_opening(conversation, with_keys)
    if conversation.key_turns.filter(
        act=KeyTurn.Act.CHANGE_SCOPE, second_at=None, ended_at=None
    ).exists():
        raise Refused(
            "Another change waits for its second key. Finish it or take it back, then make "
            "this one."
        )
    before = {field: stated_value(conversation, field) for field in with_keys}
    stands = fingerprint({"before": before, "after": with_keys})
    turn = turn_key(
        member=member,
        act=KeyTurn.Act.CHANGE_SCOPE,
        saw=stands,
        stands=stands,
        details={"before": before, "after": with_keys},
    )
    if turn.is_turned:
        _make_changes(conversation, with_keys, member)
    return turn


@transaction.atomic
def confirm_change(*, member: TeamMember, turn: KeyTurn, saw: str) -> KeyTurn:
    """Turn the second key for a change, and make it. Refused when what it changes moved since."""
    if turn.conversation_id != member.conversation_id or not turn.waits_for_second:
        raise Refused("This change does not wait any more.")
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    after = turn.details["after"]
    before = {field: stated_value(conversation, field) for field in after}
    stands = fingerprint({"before": before, "after": after})
    if stands != turn.fingerprint:
        raise Refused(
            "What this would change has changed in the meantime. Take it back and make it again."
        )
    turn = turn_key(member=member, act=turn.act, saw=saw, stands=stands, details=turn.details)
    if turn.is_turned:
        _make_changes(conversation, after, member)
    return turn


def _make_changes(conversation: Conversation, changes: dict[str, Any], by: TeamMember) -> None:
    before = {field: stated_value(conversation, field) for field in changes}
    apply_changes(conversation, changes)
    details: dict[str, Any] = {"fields": sorted(changes)}
    if not conversation.is_draft:
        after = {field: stated_value(conversation, field) for field in changes}
        details |= {"before": before, "after": after}
    record(conversation=conversation, act="state", by=by.account, details=details)
    by.conversation.refresh_from_db()


def _check_after_opening(conversation: Conversation, changes: dict[str, Any]) -> None:
    if "one_room" in changes:
        raise Refused(
            "Whether everybody sits in one room was fixed when the conversation opened.",
            field="one_room",
        )
    if "delete_on" in changes:
        on = from_stated("delete_on", changes["delete_on"])
        if on is None or on <= timezone.localdate():
            raise Refused(
                "People were told when their data is deleted. Pick a day that is still to come.",
                field="delete_on",
            )
    texts = {question.pk: question.text for question in conversation.questions.all()}
    for asked in changes.get("questions", []):
        if asked["id"] in texts and asked["text"] != texts[asked["id"]]:
            raise Refused(
                "People may have answered this question. Leave its words as they are; you can "
                "stop asking it, and ask a new one.",
                field="questions",
            )


def apply_changes(conversation: Conversation, changes: dict[str, Any]) -> None:
    """Write what is stated. For services: asks no access, writes no log."""
    plain = {field: value for field, value in changes.items() if field not in LISTS}
    for field, value in plain.items():
        setattr(conversation, field, from_stated(field, value))
    if "one_room" in plain:
        conversation.enough = 3 if conversation.one_room else 5
    if plain:
        conversation.save()
    if "questions" in changes:
        _set_questions(conversation, changes["questions"])
    if "partner_groups" in changes:
        _set_groups(conversation, changes["partner_groups"])
    if "areas" in changes:
        _set_areas(conversation, changes["areas"])
    # What was prefetched told of before.
    getattr(conversation, "_prefetched_objects_cache", {}).clear()


def _set_questions(conversation: Conversation, wanted: list[dict[str, Any]]) -> None:
    kept = {q.pk: q for q in conversation.questions.filter(retired_at=None)}
    for position, asked in enumerate(wanted):
        question = kept.pop(asked["id"], None) or Question(conversation=conversation)
        question.text, question.material = asked["text"], asked["material"]
        question.position = position
        question.save()
    for question in kept.values():
        if conversation.is_draft and not question.statements.exists():
            question.delete()
        else:
            question.retired_at = timezone.now()
            question.save(update_fields=["retired_at"])


def _set_groups(conversation: Conversation, wanted: list[dict[str, Any]]) -> None:
    there = {group.key: group for group in conversation.partner_groups.all()}
    left = {key for key, group in there.items() if group.retired_at is None}
    for position, invited in enumerate(wanted):
        key = invited["key"] or _free_key(invited["label"], there)
        group = there.get(key)
        if group is None:
            group = PartnerGroup(conversation=conversation, key=key, bit=_free_bit(there))
            there[key] = group
        group.label, group.is_children = invited["label"], invited["is_children"]
        group.position, group.retired_at = position, None
        group.save()
        left.discard(key)
    for key in left:
        _stop_inviting(conversation, there[key])


def _stop_inviting(conversation: Conversation, group: PartnerGroup) -> None:
    stands_for_it = group.team_members.filter(left_at=None).select_related("account").first()
    if stands_for_it is not None:
        raise Refused(
            f"{stands_for_it} stands for “{group.label}” in the team. Change that on the team "
            "page first.",
            field="partner_groups",
        )
    if conversation.is_draft and not group.team_members.exists():
        group.delete()
    else:
        group.retired_at = timezone.now()
        group.save(update_fields=["retired_at"])


def _free_bit(there: dict[str, PartnerGroup]) -> int:
    taken = {group.bit for group in there.values() if group.pk}
    free = next((bit for bit in range(MOST_GROUPS) if bit not in taken), None)
    if free is None:
        raise Refused(
            f"A conversation invites at most {MOST_GROUPS} partner groups, those it no longer "
            "invites counted with them.",
            field="partner_groups",
        )
    return free


def _set_areas(conversation: Conversation, wanted: list[dict[str, Any]]) -> None:
    there = {area.key: area for area in conversation.areas.all()}
    left = set(there)
    for position, listed in enumerate(wanted):
        key = listed["key"] or _free_key(listed["label"], there)
        area = there.setdefault(key, Area(conversation=conversation, key=key))
        area.label, area.position = listed["label"], position
        area.save()
        left.discard(key)
    for key in left:
        if not conversation.is_draft:
            raise Refused(
                f"People may have picked “{there[key].label}”. Areas can be added now, not taken "
                "away.",
                field="areas",
            )
        there[key].delete()


def _free_key(label: str, there: dict[str, Any]) -> str:
    base = slugify(label)[:36] or "own"
    key, number = base, 2
    while key in there:
        key, number = f"{base}-{number}", number + 1
    return key
