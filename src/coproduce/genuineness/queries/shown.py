"""Counts of people as they may be shown, read once for a page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coproduce.conversations.models import Conversation
from coproduce.genuineness.facts import QuestionSaid
from coproduce.genuineness.models import PublicCount


@dataclass(frozen=True)
class Shown:
    """What is public of every count of a conversation. `memory` is never read here."""

    counts: Mapping[str, Mapping[str, Any]]
    labels: Mapping[str, str]
    moved_at: datetime.datetime | None = None
    sides: Mapping[str, str] = field(
        default_factory=lambda: {
            "families": "Children, young people and families",
            "professionals": "People who work with them",
        }
    )

    def cells(self, about: str) -> dict[str, int]:
        """People by cell, rounded to 5; 0 for a few or none. Empty where nothing was counted."""
        return dict(self.counts.get(about, {}).get("cells", []))

    def number(self, about: str) -> int | None:
        return self.cells(about).get("people")

    def question(self, about: str) -> QuestionSaid:
        return QuestionSaid.of(about, self.counts.get(about), {**self.labels, **self.sides})


def shown_counts(conversation: Conversation) -> Shown:
    """One question to the database."""
    rows = list(
        PublicCount.objects.filter(conversation=conversation).values_list(
            "about", "shown", "moved_at"
        )
    )
    return Shown(
        counts={about: shown for about, shown, _ in rows},
        labels={group.key: group.label for group in conversation.partner_groups.all()},
        moved_at=max((moved_at for *_, moved_at in rows), default=None),
    )
