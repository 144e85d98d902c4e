"""What the safeguarding lead reads."""

from __future__ import annotations

from dataclasses import dataclass

from coproduce.people.models import Account, TeamMember
from coproduce.safeguarding.access import require_lead
from coproduce.safeguarding.models import Concern, ConcernStep

CLOSED = {ConcernStep.Kind.RETURNED, ConcernStep.Kind.ENDED}


@dataclass(frozen=True)
class ConcernRow:
    concern: Concern
    state: str
    is_open: bool
    was_told: bool
    read_by: tuple[str, ...]


def row(concern: Concern) -> ConcernRow:
    """Where a concern stands, from its steps. Uses prefetched steps."""
    steps = list(concern.steps.all())
    latest = next((s for s in reversed(steps) if s.kind != ConcernStep.Kind.NOTED), None)
    raised_again = any(
        s.kind == ConcernStep.Kind.TOLD and latest is not None and s.pk > latest.pk for s in steps
    )
    is_open = latest is None or latest.kind not in CLOSED or raised_again
    return ConcernRow(
        concern=concern,
        state=latest.get_kind_display() if latest else "Not told yet",
        is_open=is_open,
        was_told=any(s.kind == ConcernStep.Kind.TOLD for s in steps),
        read_by=tuple(
            dict.fromkeys(
                s.by.name for s in steps if s.kind == ConcernStep.Kind.READ and s.by is not None
            )
        ),
    )


def concerns_for(member: TeamMember) -> list[ConcernRow]:
    """Every concern of the conversation, open ones first, newest first."""
    require_lead(member)
    found = (
        Concern.objects.filter(conversation_id=member.conversation_id)
        .select_related("raised_by", "words")
        .prefetch_related("steps__by")
        .order_by("-raised_at", "-pk")
    )
    return sorted((row(one) for one in found), key=lambda one: not one.is_open)


def has_read(concern: Concern, account: Account) -> bool:
    return any(
        step.kind == ConcernStep.Kind.READ and step.by_id == account.pk
        for step in concern.steps.all()
    )
