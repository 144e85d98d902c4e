"""Looking again at what rested on words that were taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from coproduce.audit.services import record
from coproduce.decisions.access import ACTS, DECIDES, REPLIES, require_acting
from coproduce.decisions.models import Action, Decision, Reply
from coproduce.decisions.services.keeping import filled
from coproduce.refused import Meanwhile

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

LOOKS_AGAIN: dict[type[Decision] | type[Action] | type[Reply], tuple[str, ...]] = {
    Decision: DECIDES,
    Action: ACTS,
    Reply: REPLIES,
}


@transaction.atomic
def still_stands(*, thing: Decision | Action | Reply, by: TeamMember, reason: str) -> None:
    """Say that it stands, though words that it rested on were taken back, and why."""
    require_acting(by, *LOOKS_AGAIN[type(thing)])
    if thing.conversation_id != by.conversation_id:
        raise PermissionError(f"{thing} is not of {by}'s conversation.")
    reason = filled(reason, field="reason", empty="Say why it still stands.", longest=500)
    flagged = thing.rests_on.held().exclude(review_since=None).update(review_since=None)
    if not flagged:
        raise Meanwhile("Somebody has looked at this already.")
    record(
        conversation=by.conversation,
        act="still_stands",
        by=by.account,
        about=thing.ref,
        reason=reason,
        details={type(thing).__name__.lower(): thing.pk},
    )
