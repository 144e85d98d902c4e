"""Which files somebody may go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from coproduce.exchange.models import PendingFile

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember


def pending_file(member: TeamMember, key: int) -> PendingFile | None:
    """A file that this member chose, in this conversation, within the last day."""
    return PendingFile.objects.filter(
        pk=key,
        conversation_id=member.conversation_id,
        by_id=member.account_id,
        at__gt=timezone.now() - PendingFile.KEPT_FOR,
    ).first()
