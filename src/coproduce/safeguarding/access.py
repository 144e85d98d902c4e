"""Who may read words that were set apart: the safeguarding lead of the conversation, alone."""

from __future__ import annotations

from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.safeguarding.models import Concern


def require_lead(member: TeamMember) -> None:
    require_role(member, Role.SAFEGUARDING)


def concern(member: TeamMember, key: int) -> Concern | None:
    """A concern of the member's conversation, where they are its safeguarding lead."""
    if not member.has_role(Role.SAFEGUARDING):
        return None
    return (
        Concern.objects.filter(conversation_id=member.conversation_id, pk=key)
        .select_related("words", "raised_by", "conversation")
        .prefetch_related("steps__by")
        .first()
    )
