"""Who may arrange statements, and which of them may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.conversations.models import Doing
from coproduce.people.access import require_role
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.statements.models import MergeLink, Statement

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import TeamMember

ARRANGERS = (Role.FACILITATOR, Role.ORGANISER)

NOT_NOW = (
    "Words are arranged while people gather, listen, connect and agree. "
    "None of these phases is open now."
)


def require_arranging(member: TeamMember, *statements: Statement) -> None:
    """Asked first by every act of the workbench, with the statements that it is about.

    Raises PermissionError or Refused.
    """
    require_role(member, *ARRANGERS)
    if not member.conversation.allows(Doing.ARRANGE):
        raise Refused(NOT_NOW)
    if any(one.conversation_id != member.conversation_id for one in statements):
        raise Refused("This belongs to another conversation.")


def statement(conversation: Conversation, ref: str) -> Statement | None:
    """A statement of this conversation that others may read."""
    return (
        Statement.objects.filter(conversation=conversation, words__ref=ref)
        .shown()
        .with_words()
        .select_related("cluster")
        .first()
    )


def link(conversation: Conversation, key: int) -> MergeLink | None:
    return MergeLink.objects.filter(conversation=conversation, pk=key).first()
