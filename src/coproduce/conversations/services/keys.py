"""Two keys: an act that two people of different partner groups confirm."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, KeyTurn
from coproduce.conversations.queries import why_no_key
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused

CHANGED = "It has changed since you opened the page. Read it again, then turn your key."


@transaction.atomic
def turn_key(
    *,
    member: TeamMember,
    act: str,
    saw: str,
    stands: str,
    details: dict[str, Any] | None = None,
) -> KeyTurn:
    """Turn the first or the second key for an act; `turn.is_turned` says that it may be done.

    `saw` is the fingerprint that the page carried, `stands` that of what is there now. The
    second key must be another person's, of another partner group, about exactly the same. A
    first key about what has changed since ends, and this one is the first again. A conversation
    that one partner runs alone needs one key, and its pages say so.

    Callers turn the key and do the act in one transaction. Raises Refused.
    """
    require_role(member, Role.ORGANISER)
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    if saw != stands:
        raise Refused(CHANGED)
    waiting = (
        KeyTurn.objects.filter(conversation=conversation, act=act, second_at=None, ended_at=None)
        .select_related("first_by__partner_group")
        .first()
    )
    if waiting is not None and (waiting.fingerprint != stands or conversation.runs_alone):
        _end(waiting, "What it was about changed.")
        waiting = None
    if waiting is None:
        return _turn_first(member, conversation, act, stands, details or {})
    return _turn_second(member, waiting)


def _turn_first(
    member: TeamMember, conversation: Conversation, act: str, stands: str, details: dict[str, Any]
) -> KeyTurn:
    alone = conversation.runs_alone
    if not alone:
        _may_turn(member, None)
    now = timezone.now()
    turn = KeyTurn.objects.create(
        conversation=conversation,
        act=act,
        details=details,
        fingerprint=stands,
        first_by=member,
        first_at=now,
        second_at=now if alone else None,
    )
    _log(turn, member, "turn_only_key" if alone else "turn_first_key")
    return turn


def _turn_second(member: TeamMember, waiting: KeyTurn) -> KeyTurn:
    _may_turn(member, waiting)
    waiting.second_by = member
    waiting.second_at = timezone.now()
    waiting.save(update_fields=["second_by", "second_at"])
    _log(waiting, member, "turn_second_key")
    return waiting


def _may_turn(member: TeamMember, waiting: KeyTurn | None) -> None:
    refusal = why_no_key(member, waiting)
    if refusal:
        raise Refused(refusal)


@transaction.atomic
def take_back_key(*, member: TeamMember, turn: KeyTurn) -> KeyTurn:
    """End a first key that waits for its second: it was too early, or it should be different."""
    require_role(member, Role.ORGANISER)
    if turn.conversation_id != member.conversation_id:
        raise PermissionError(f"{turn} is not of {member}'s conversation.")
    turn = KeyTurn.objects.select_for_update().get(pk=turn.pk)
    if not turn.waits_for_second:
        raise Refused("This key does not wait any more.")
    _end(turn, "It was taken back.")
    _log(turn, member, "take_back_key")
    return turn


def _end(turn: KeyTurn, because: str) -> None:
    turn.ended_at = timezone.now()
    turn.ended_because = because
    turn.save(update_fields=["ended_at", "ended_because"])


def _log(turn: KeyTurn, member: TeamMember, act: str) -> None:
    record(
        conversation=turn.conversation,
        act=act,
        by=member.account,
        about=turn.act,
        details={"turn": turn.pk},
    )
