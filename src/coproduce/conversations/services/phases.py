"""Opening and closing phases once a conversation is open."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, Phase, PhaseChange
from coproduce.conversations.phases import check_phases, in_order, reopens
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Meanwhile, Refused


def move_on_when_published(*, by: TeamMember, number: int) -> None:
    """After agreeing comes published. For services: asks no access, and is called inside the
    transaction that publishes. Where other phases are open, people move on by hand."""
    conversation = Conversation.objects.select_for_update().get(pk=by.conversation_id)
    after = conversation.phases_after_publishing
    if after != conversation.phases:
        _move(conversation, after, by, f"Version {number} is published.")


def close_by_itself(conversation: Conversation, *, reason: str) -> None:
    """Close what is still open, where nobody has to decide it. For services: asks no access."""
    if conversation.is_closed:
        return
    conversation.key_turns.filter(second_at=None, ended_at=None).update(
        ended_at=timezone.now(), ended_because=reason
    )
    _move(conversation, [Phase.CLOSED], None, reason)


def _move(
    conversation: Conversation, phases: list[str], by: TeamMember | None, reason: str
) -> None:
    account = by.account if by else None
    before = conversation.phases
    conversation.phases = phases
    conversation.save(update_fields=["phases", "round"])
    PhaseChange.objects.create(conversation=conversation, phases=phases, by=account, reason=reason)
    record(
        conversation=conversation,
        act="change_phases",
        by=account,
        reason=reason[:500],
        details={"before": before, "after": phases, "round": conversation.round},
    )
    if by is not None:
        by.conversation.refresh_from_db()


@transaction.atomic
def change_phases(
    *,
    member: TeamMember,
    phases: Iterable[str],
    reason: str = "",
    seen: Iterable[str] | None = None,
) -> Conversation:
    """From now on these phases are open. Opening an earlier one again starts a new round.

    `seen`: those that were open when the member read what follows. Raises Meanwhile where somebody
    has changed them since, or a version was published.
    """
    require_role(member, Role.ORGANISER)
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    wanted = in_order(phases)
    check_phases(wanted)
    if conversation.is_draft:
        raise Refused("A draft is opened with two keys first.")
    now = in_order(conversation.phases)
    if seen is not None and in_order(seen) != now:
        labels = ", ".join(conversation.phase_labels)
        raise Meanwhile(
            f"The phases have changed meanwhile. Open now: {labels}. Nothing was done. "
            "Read again what this would do."
        )
    if wanted == now:
        return conversation
    if {Phase.PUBLISHED, Phase.ACTING} & set(wanted) and not conversation.versions.exists():
        raise Refused("Nothing is published yet. Publish a first version, then move on.")
    history = [change.phases for change in conversation.phase_changes.all()]
    again = reopens(history, conversation.phases, wanted)
    if again and not reason.strip():
        raise Refused("Say why an earlier phase opens again.", field="reason")
    if again:
        conversation.round += 1
    _move(conversation, wanted, member, reason.strip())
    return conversation
