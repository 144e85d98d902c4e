"""Who may come in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from coproduce.people.models import Account, Participant, PrivateCode, SignInLink, TeamMember
from coproduce.prepared import PreparedModels

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from coproduce.conversations.models import Conversation

_present = PreparedModels(
    lambda key, conversation: Participant.objects.filter(
        pk=key, conversation_id=conversation, left_at=None
    ),
    "key",
    "conversation",
)

_membership = PreparedModels(
    lambda slug_text, account: TeamMember.objects.filter(
        conversation__slug=slug_text, account_id=account, left_at=None
    ).select_related("conversation", "account", "partner_group"),
    "slug_text",
    "account",
)


def participant(conversation: Conversation, key: int) -> Participant | None:
    """A participant of this conversation who has not withdrawn everything."""
    found = _present.first(key=key, conversation=conversation.pk)
    if found is not None:
        found.conversation = conversation
    return found


def participant_with_code(conversation: Conversation, code: int) -> Participant | None:
    """Whom the private code in this row leads to now, as `participant` would give them."""
    row = PrivateCode.objects.filter(pk=code).first()
    return None if row is None else participant(conversation, row.participant_id)


def has_left(conversation: Conversation, key: int) -> bool:
    """Whether this participant has withdrawn everything."""
    return conversation.participants.filter(pk=key, left_at__isnull=False).exists()


def code_of(participant: Participant) -> int:
    """The row of a private code of theirs; 0 where they have none."""
    return participant.codes.order_by("pk").values_list("pk", flat=True).first() or 0


def team_member(account: Account | AnonymousUser, slug: str, *roles: str) -> TeamMember | None:
    """The account's membership in this conversation's team, with one of the roles."""
    if not isinstance(account, Account):
        return None
    member = _membership.first(slug_text=slug, account=account.pk)
    if member is None:
        return None
    prefetch_related_objects([member], "grants", "conversation__partner_groups")
    return member if not roles or member.has_role(*roles) else None


def require_role(member: TeamMember, *roles: str) -> None:
    """Asked first by every act of a team member. Raises PermissionError."""
    if not member.is_present or not member.has_role(*roles):
        raise PermissionError(f"{member} may not do this: it needs {' or '.join(roles)}.")


def open_sign_in_link(token: str) -> SignInLink | None:
    """A one-time link that is still open. A used, an old and a wrong one are the same: none."""
    link = (
        SignInLink.objects.filter(digest=hashlib.sha256(token.encode()).hexdigest())
        .select_related("account")
        .first()
    )
    return link if link and link.is_open and link.account.is_active else None


def colleague(member: TeamMember, key: int) -> TeamMember | None:
    """Another member, present, of the same team."""
    found = (
        TeamMember.objects.filter(conversation_id=member.conversation_id, pk=key, left_at=None)
        .select_related("account", "partner_group")
        .prefetch_related("grants")
        .first()
    )
    if found is not None:
        found.conversation = member.conversation
    return found


def account_of(somebody: object) -> Account:
    """The signed-in account of a request that its audience let in."""
    if not isinstance(somebody, Account):
        raise PermissionError("Nobody is signed in.")
    return somebody
