"""Who may leave an address, and who of the team writes letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.people.access import require_role
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.telling.models import Letter

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import TeamMember

WRITES = (Role.ORGANISER,)


def require_writing(member: TeamMember) -> None:
    """Asked first. Raises PermissionError."""
    require_role(member, *WRITES)


def require_open(conversation: Conversation) -> None:
    """Raises Refused where nobody writes letters any more."""
    if conversation.is_draft or conversation.is_closed:
        raise Refused("This conversation is over. No letters are sent any more.")


def letter_of(member: TeamMember, key: int) -> Letter | None:
    """A letter of the conversation that the member helps to run."""
    return Letter.objects.filter(conversation_id=member.conversation_id, pk=key).first()
