"""Reading across accounts and teams."""

from __future__ import annotations

from django.db.models import Prefetch

from coproduce.people.models import Account, RoleGrant, TeamMember


def teams_of(account: Account) -> list[TeamMember]:
    """The teams that an account is in now, the newest conversation first."""
    return list(
        TeamMember.objects.filter(account=account, left_at=None)
        .select_related("conversation", "partner_group")
        .prefetch_related("grants")
        .order_by("-conversation__made_at")
    )


def team_of(conversation_id: int) -> list[TeamMember]:
    """Who is in the team now, in the order in which they came, with the roles they hold."""
    held = Prefetch(
        "grants", queryset=RoleGrant.objects.filter(ended_at=None).order_by("granted_at")
    )
    return list(
        TeamMember.objects.filter(conversation_id=conversation_id, left_at=None)
        .select_related("account", "partner_group")
        .prefetch_related(held)
        .order_by("joined_at", "pk")
    )
