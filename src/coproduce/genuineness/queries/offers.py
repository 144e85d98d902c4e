"""What somebody answered so far, and what may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.decisions.models import Decision

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.genuineness.models import CheckIn


def something_is_decided(conversation: Conversation) -> bool:
    return Decision.objects.filter(conversation=conversation, ended_at=None).exists()


def answers_so_far(check_in: CheckIn) -> dict[str, str]:
    """By what was asked, for the person who answered."""
    return dict(check_in.answers.values_list("asked", "choice"))
