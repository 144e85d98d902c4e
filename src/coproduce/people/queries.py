"""Reading across accounts and teams."""

from __future__ import annotations

from django.db.models import Count, Prefetch

from commonground.rounding import STEP
from coproduce.conversations.models import Conversation
from coproduce.people.models import Account, CameBy, RoleGrant, TeamMember


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


def about(people: int) -> str:
    """A live number of people: it moves when five more have come, and never says fewer than 5."""
    reached = people - people % STEP
    return f"{reached} or more" if reached else "a few or none"


def people_so_far(conversation: Conversation) -> str:
    """How many take part now, said so that nobody sees when one person comes."""
    return about(conversation.participants.filter(left_at=None).count())


def came_by(conversation: Conversation) -> list[tuple[str, str]]:
    """By which way people came, each with about how many; the ways in their fixed order.

    Ways that are always open stand there from the start: a first person shows nowhere.
    """
    counts = dict(
        conversation.participants.filter(left_at=None)
        .values_list("came_by")
        .annotate(people=Count("pk"))
    )
    always = {CameBy.LINK, CameBy.JOIN_CODE, CameBy.SLIP, CameBy.PAPER}
    return [
        (CameBy(way).label, about(counts.get(way, 0)))
        for way in CameBy.values
        if way in always or counts.get(way, 0) >= STEP
    ]
