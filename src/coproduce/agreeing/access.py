"""Who may say something of a wording, and who of the team answers a dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.conversations.models import Doing
from coproduce.ideas.models import Wording
from coproduce.refused import Refused
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation
    from coproduce.people.models import Participant, TeamMember

NOT_NOW = "People do not agree on wordings in this conversation now. What you said of them is kept."
CHANGED = "The team has changed this wording meanwhile. Nothing was kept. Look at the new one."


def wordings(conversation: Conversation) -> QuerySet[Wording]:
    """The combined wordings that stand in the draft now."""
    return Wording.objects.filter(
        conversation=conversation,
        ended_at=None,
        idea__retired_at=None,
        rests_on__words__standing=Standing.SHOWN,
    ).distinct()


def wording(participant: Participant, key: int) -> Wording | None:
    """A wording of the draft that somebody who takes part may be asked about."""
    if not participant.conversation.allows(Doing.CONFIRM_WORDING):
        return None
    return wordings(participant.conversation).filter(pk=key).select_related("idea").first()


def wording_of(member: TeamMember, key: int) -> Wording | None:
    """A wording of the draft, for the team."""
    return wordings(member.conversation).filter(pk=key).select_related("idea").first()


def may_confirm(participant: Participant) -> None:
    """Asked first. Raises Refused with a sentence for the person."""
    if participant.left_at is not None:
        raise Refused("You have taken back everything here. Join again to take part.")
    if not participant.conversation.allows(Doing.CONFIRM_WORDING):
        raise Refused(NOT_NOW)
