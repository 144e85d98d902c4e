"""Opening a conversation."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, KeyTurn, PhaseChange
from coproduce.conversations.phases import check_phases, in_order
from coproduce.conversations.queries import missing, opening_fingerprint
from coproduce.conversations.services.keys import turn_key
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused


@transaction.atomic
def open_conversation(*, member: TeamMember, phases: Iterable[str], saw: str) -> KeyTurn:
    """Turn a key for opening with these phases; with the last key the conversation opens.

    Refused while anything that a conversation must state is missing; each is named.
    """
    require_role(member, Role.ORGANISER)
    conversation = Conversation.objects.select_for_update().get(pk=member.conversation_id)
    if not conversation.is_draft:
        raise Refused("This conversation is open already.")
    phases = in_order(phases)
    check_phases(phases)
    lacking = missing(conversation)
    if lacking:
        names = ", ".join(each.label.lower() for each in lacking)
        raise Refused(f"It cannot open yet. Missing: {names}.")
    turn = turn_key(
        member=member,
        act=KeyTurn.Act.OPEN,
        saw=saw,
        stands=opening_fingerprint(conversation, phases),
        details={"phases": phases},
    )
    if turn.is_turned:
        conversation.enough = 3 if conversation.one_room else 5
        conversation.opened_at = timezone.now()
        conversation.phases = phases
        conversation.save(update_fields=["enough", "opened_at", "phases"])
        PhaseChange.objects.create(conversation=conversation, phases=phases, by=member.account)
        record(
            conversation=conversation,
            act="open_conversation",
            by=member.account,
            details={"phases": phases, "enough": conversation.enough, "turn": turn.pk},
        )
        member.conversation.refresh_from_db()
    return turn
