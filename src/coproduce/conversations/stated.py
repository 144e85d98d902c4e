"""What a conversation states, part by part: the order of its pages and of what is checked."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.dateparse import parse_date

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


@dataclass(frozen=True)
class Part:
    """One page's worth of what a conversation states."""

    key: str
    title: str
    fields: tuple[str, ...]


PARTS = (
    Part("about", "What it is about", ("name", "purpose", "one_room", "listed")),
    Part("questions", "Questions", ("questions",)),
    Part(
        "change",
        "What can change, and who decides",
        (
            "can_change",
            "cannot_change",
            "options_fixed",
            "options_fixed_since",
            "rung",
            "who_decides",
            "hear_back_by",
        ),
    ),
    Part("groups", "Partner groups", ("partner_groups",)),
    Part("areas", "Areas", ("areas",)),
    Part(
        "running",
        "Who runs it, time and thanks",
        ("who_runs_it", "runs_alone", "time_and_money", "thanks"),
    ),
    Part(
        "privacy",
        "Privacy",
        ("who_can_read", "data_controller", "delete_on", "privacy_notice"),
    ),
    Part("safety", "Keeping people safe", ("safeguarding_name", "safeguarding_contact")),
)

LABELS = {
    "name": "Name of the conversation",
    "purpose": "What it is for",
    "one_room": "Everybody sits in one room",
    "listed": "Shown in the public list",
    "questions": "Questions",
    "can_change": "What can change",
    "cannot_change": "What cannot change",
    "options_fixed": "Whether options are fixed already",
    "options_fixed_since": "Since when options are fixed",
    "rung": "How much say people have",
    "who_decides": "Who decides",
    "hear_back_by": "The date by which people hear back",
    "partner_groups": "Partner groups",
    "areas": "Areas",
    "who_runs_it": "Who runs it",
    "runs_alone": "One partner runs it alone",
    "time_and_money": "What time and money there is",
    "thanks": "How people are thanked",
    "who_can_read": "Who can read what",
    "data_controller": "Who is responsible for the data",
    "delete_on": "The date when the data is deleted",
    "privacy_notice": "The privacy notice",
    "safeguarding_name": "The name of the safeguarding contact",
    "safeguarding_contact": "How to reach the safeguarding contact",
}

# A conversation opens without these; it says nothing, or says "no", and that is an answer.
MAY_BE_EMPTY = frozenset({"one_room", "listed", "areas", "runs_alone", "options_fixed_since"})

# Changed by one organiser at once, open or not: a wrong number for someone in danger cannot wait.
# Each change is logged and shown like any other.
AT_ONCE = frozenset({"listed", "safeguarding_name", "safeguarding_contact"})

# What stays true of a conversation that is closed: people still read it, and may need this.
WHEN_CLOSED = frozenset({"safeguarding_name", "safeguarding_contact"})

DATES = frozenset({"options_fixed_since", "hear_back_by", "delete_on"})
LISTS = frozenset({"questions", "partner_groups", "areas"})

_GAP = re.compile(r"\[[^\[\]\n]{1,80}\]")


def part_of(field: str) -> Part:
    return next(part for part in PARTS if field in part.fields)


def gaps(text: str) -> list[str]:
    """The gaps of a starting text that nobody has filled in: "[the name of your council]"."""
    return _GAP.findall(text)


def stated_value(conversation: Conversation, field: str) -> Any:
    """What the conversation states in one field, as plain JSON."""
    if field == "questions":
        return [
            {"id": question.pk, "text": question.text, "material": question.material}
            for question in conversation.questions.all()
            if question.retired_at is None
        ]
    if field == "partner_groups":
        return [
            {"key": group.key, "label": group.label, "is_children": group.is_children}
            for group in conversation.partner_groups.all()
            if group.retired_at is None
        ]
    if field == "areas":
        return [{"key": area.key, "label": area.label} for area in conversation.areas.all()]
    value = getattr(conversation, field)
    return value.isoformat() if isinstance(value, datetime.date) else value


def from_stated(field: str, value: Any) -> Any:
    """The model's value of what `stated_value` gave."""
    return parse_date(value) if field in DATES and value else value


def everything_stated(conversation: Conversation) -> dict[str, Any]:
    return {field: stated_value(conversation, field) for part in PARTS for field in part.fields}


def part_fingerprint(conversation: Conversation, part: Part) -> str:
    """The digest of what one page's worth says, for a form to say what its reader saw."""
    return fingerprint({field: stated_value(conversation, field) for field in part.fields})


def fingerprint(seen: Any) -> str:
    """The digest of exactly what somebody saw, whatever the order of its keys."""
    plain = json.dumps(seen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
