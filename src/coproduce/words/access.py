"""Whose words are whose."""

from __future__ import annotations

from coproduce.people.models import Participant
from coproduce.words.models import Words


def own_words(participant: Participant, ref: str) -> Words | None:
    """Words that this participant wrote, by their reference."""
    return (
        Words.objects.with_text()
        .filter(participant=participant, ref=ref)
        .select_related("kept_text", "conversation")
        .first()
    )
