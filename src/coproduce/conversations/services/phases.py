"""Opening and closing phases once a conversation is open."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, Phase, PhaseChange
from coproduce.conversations.phases import check_phases, in_order, reopens
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused


@transaction.atomic
def change_phases(*, member: TeamMember, phases: Iterable[str], reason: str = "") -> Conversation:
    """From now on these phases are open. Opening an earlier one again starts a new round."""
    require_role(member, Role.ORGANISER)
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    wanted = in_order(phases)
    check_phases(wanted)
    if conversation.is_draft:
        raise Refused("A draft is opened with two keys first.")
    if wanted == in_order(conversation.phases):
        return conversation
    if {Phase.PUBLISHED, Phase.ACTING} & set(wanted) and not conversation.versions.exists():
        raise Refused("Nothing is published yet. Publish a first version, then move on.")
    history = [change.phases for change in conversation.phase_changes.all()]
    again = reopens(history, conversation.phases, wanted)
    if again and not reason.strip():
        raise Refused("Say why an earlier phase opens again.", field="reason")
    before = conversation.phases
    conversation.phases = wanted
    if again:
        conversation.round += 1
    conversation.save(update_fields=["phases", "round"])
    PhaseChange.objects.create(
        conversation=conversation, phases=wanted, by=member.account, reason=reason.strip()
    )
    record(
        conversation=conversation,
        act="change_phases",
        by=member.account,
        reason=reason.strip()[:500],
        details={"before": before, "after": wanted, "round": conversation.round},
    )
    member.conversation.refresh_from_db()
    return conversation
