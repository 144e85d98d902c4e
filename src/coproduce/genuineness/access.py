"""Which check-ins may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.genuineness.models import CheckIn

if TYPE_CHECKING:
    from coproduce.people.models import Participant


def own_check_in(participant: Participant, key: int) -> CheckIn | None:
    """A check-in that was offered to this participant."""
    return (
        CheckIn.objects.filter(pk=key, participant=participant)
        .select_related("conversation", "words__kept_text")
        .first()
    )
