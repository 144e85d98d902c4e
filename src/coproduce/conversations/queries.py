"""Reading across what a conversation states, and what has become of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.conversations.models import Conversation, Doing, KeyTurn, Phase
from coproduce.conversations.stated import (
    LABELS,
    MAY_BE_EMPTY,
    PARTS,
    everything_stated,
    fingerprint,
    gaps,
    stated_value,
)
from coproduce.people.models import Role, TeamMember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coproduce.conversations.models import ConversationQuerySet
    from coproduce.people.models import Account

# The act in the log that says that what was kept about people is deleted.
DELETED = "delete_as_stated"
# From so long before on, the team is reminded.
REMINDED = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Missing:
    """Something that a conversation must state before it opens; `part` is where to fill it."""

    label: str
    part: str
    why: str


# Of the newest so many, those are looked for that allow something now.
LOOKED_THROUGH = 100


def newest_that_allow(doing: Doing, most: int) -> list[Conversation]:
    """The newest conversations in which people can do this now: what a process gets ready for."""
    newest = Conversation.objects.exclude(phases=[Phase.CLOSED]).order_by("-pk")[:LOOKED_THROUGH]
    return [one for one in newest if one.allows(doing)][:most]


def missing(conversation: Conversation) -> list[Missing]:
    """What keeps a conversation from opening, in the order of its pages."""
    lacking = []
    for part in PARTS:
        for field in part.fields:
            why = _why_missing(conversation, field)
            if why:
                lacking.append(Missing(LABELS[field], part.key, why))
    if not TeamMember.objects.filter(
        conversation=conversation,
        left_at=None,
        grants__role=Role.SAFEGUARDING,
        grants__ended_at=None,
    ).exists():
        lacking.append(
            Missing(
                "A safeguarding lead in the team",
                "team",
                "Words that worry somebody go to this person alone. Nobody has the role yet.",
            )
        )
    return lacking


def due_for_deletion(today: datetime.date) -> ConversationQuerySet:
    """Opened conversations whose stated date has come, and where nothing was deleted yet.

    A conversation that states no date is never among them.
    """
    return Conversation.objects.filter(delete_on__lte=today, opened_at__isnull=False).exclude(
        pk__in=Entry.objects.filter(act=DELETED, conversation__isnull=False).values("conversation")
    )


@dataclass(frozen=True)
class Deletion:
    """The stated date, and whether what was kept about people is deleted already."""

    on: datetime.date
    is_done: bool


def deletion_near(conversation: Conversation, today: datetime.date) -> Deletion | None:
    """The deletion of an opened conversation, once it is done or at most 60 days away."""
    on = conversation.delete_on
    if on is None or conversation.opened_at is None or on - today > REMINDED:
        return None
    return Deletion(on, Entry.objects.filter(conversation=conversation, act=DELETED).exists())


def _why_missing(conversation: Conversation, field: str) -> str:
    value = stated_value(conversation, field)
    if field == "delete_on" and value and value <= timezone.localdate().isoformat():
        return "This day has passed. Pick one that is still to come."
    if field == "options_fixed_since":
        empty = conversation.options_fixed is True and not value
        return "You said that options are fixed. Say since when." if empty else ""
    if value in (None, "", []):
        return "" if field in MAY_BE_EMPTY else "Nothing is stated yet."
    if field == "partner_groups" and len(value) < 2:
        return "Invite at least two partner groups."
    if isinstance(value, str):
        texts = [value]
    elif field == "questions":
        texts = [part for asked in value for part in (asked["text"], asked["material"])]
    else:
        texts = []
    left = [gap for text in texts for gap in gaps(text)]
    return f"A gap is still to be filled in: {left[0]}" if left else ""


def opening_fingerprint(conversation: Conversation, phases: list[str]) -> str:
    """The digest of everything that the opening page shows."""
    return fingerprint({"stated": everything_stated(conversation), "phases": phases})


def waiting_keys(conversation: Conversation) -> list[KeyTurn]:
    """First keys that wait for their second, the oldest first."""
    return list(
        conversation.key_turns.filter(second_at=None, ended_at=None).select_related(
            "first_by__account", "first_by__partner_group"
        )
    )


def why_no_key(member: TeamMember, waiting: KeyTurn | None) -> str:
    """Why this organiser cannot turn the next of two keys, for them to read; "" where they can.

    `waiting`: the first key that waits for its second, if one does.
    """
    if member.partner_group_id is None:
        return (
            "The team page does not say which partner group you stand for. "
            "Ask an organiser to say so there, then turn your key."
        )
    if waiting is None:
        return ""
    if waiting.first_by_id == member.pk:
        return (
            "You turned the first key. The second key is for somebody else in the team, "
            "of another partner group."
        )
    if waiting.first_by.partner_group_id == member.partner_group_id:
        return (
            f"{waiting.first_by} turned the first key, and stands for the same partner group as "
            f"you ({member.partner_group}). The second key is for another partner group."
        )
    return ""


def keys_for(members: Sequence[TeamMember]) -> dict[int, list[KeyTurn]]:
    """First keys that wait for one of these members to turn the second, by the member's key."""
    waiting: dict[int, list[KeyTurn]] = {}
    for turn in KeyTurn.objects.filter(
        conversation__in=[one.conversation_id for one in members],
        conversation__runs_alone=False,
        second_at=None,
        ended_at=None,
    ).select_related("first_by__account"):
        waiting.setdefault(turn.conversation_id, []).append(turn)
    return {
        one.pk: [
            turn
            for turn in waiting.get(one.conversation_id, [])
            if one.has_role(Role.ORGANISER) and not why_no_key(one, turn)
        ]
        for one in members
    }


@dataclass(frozen=True)
class Change:
    """One thing that a conversation states differently since it opened."""

    at: datetime.datetime
    by: Account
    field: str
    label: str
    before: Any
    after: Any


def changes_since_opening(conversation: Conversation) -> list[Change]:
    """What changed in what it states since it opened, the newest first."""
    if conversation.opened_at is None:
        return []
    entries = (
        Entry.objects.filter(conversation=conversation, act="state", at__gte=conversation.opened_at)
        .select_related("by")
        .order_by("-at", "-pk")
    )
    return [
        Change(
            entry.at,
            entry.by,
            field,
            LABELS[field],
            entry.details["before"][field],
            entry.details["after"][field],
        )
        for entry in entries
        if entry.by is not None and "before" in entry.details
        for field in entry.details["fields"]
    ]
