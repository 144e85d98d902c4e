"""What a conversation states, as a person reads it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from coproduce.conversations.models import Conversation, Rung
from coproduce.conversations.queries import changes_since_opening
from coproduce.conversations.stated import DATES, LABELS, PARTS, stated_value


@dataclass(frozen=True)
class Row:
    label: str
    lines: list[str]
    part: str


def lines_of(field: str, value: Any) -> list[str]:
    """One stated value in lines of plain text."""
    if value in (None, "", []):
        return ["Nothing is stated."] if field != "areas" else ["People are not asked."]
    if field == "questions":
        return [
            line for asked in value for line in (asked["text"], *asked["material"].splitlines())
        ]
    if field in {"partner_groups", "areas"}:
        return [", ".join(each["label"] for each in value)]
    if isinstance(value, bool):
        return ["Yes" if value else "No"]
    if field in DATES:
        day = parse_date(value)
        return [date_format(day, "j F Y") if day else str(value)]
    if field == "rung":
        return [Rung(value).label]
    return [line for line in str(value).splitlines() if line.strip()]


@dataclass(frozen=True)
class Changed:
    """One thing that is stated differently since the conversation opened."""

    at: datetime.datetime
    label: str
    before: list[str]
    after: list[str]


def changes_to_read(conversation: Conversation) -> list[Changed]:
    return [
        Changed(
            change.at,
            change.label,
            lines_of(change.field, change.before),
            lines_of(change.field, change.after),
        )
        for change in changes_since_opening(conversation)
    ]


def rows_of(conversation: Conversation) -> list[Row]:
    return [
        Row(LABELS[field], lines_of(field, stated_value(conversation, field)), part.key)
        for part in PARTS
        for field in part.fields
        if field != "options_fixed_since" or conversation.options_fixed
    ]
