"""Combined wordings whose words were taken back: somebody looks at them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.ideas.models import Wording
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.access import require_arranging

if TYPE_CHECKING:
    from coproduce.audit.models import Entry


@transaction.atomic
def keep_wording(*, wording: Wording, by: TeamMember, reason: str = "") -> None:
    """Say that a wording still stands on the words that are left. It needs some."""
    require_arranging(by)
    wording = _held(wording, by)
    if wording.review_since is None:
        raise Meanwhile("Somebody has looked at this wording already.")
    if not wording.rests_on.shown().exists():
        raise Refused("No words are left under this wording. Take it out, or write another one.")
    wording.review_since = None
    wording.save(update_fields=["review_since"])
    record(
        conversation=by.conversation,
        act="keep_wording",
        by=by.account,
        about=f"idea {wording.idea_id}",
        reason=reason,
        details={"wording": wording.pk},
    )


@transaction.atomic
def review_again(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Undo keeping a wording: it stands in the list to look at again."""
    require_arranging(by)
    wording = _held(Wording.objects.get(pk=entry.details["wording"]), by)
    if wording.review_since is not None:
        raise Meanwhile("This wording stands in the list already.")
    wording.review_since = timezone.now()
    wording.save(update_fields=["review_since"])
    record(
        conversation=by.conversation,
        act="review_again",
        by=by.account,
        about=f"idea {wording.idea_id}",
        reason=reason,
        details={"wording": wording.pk},
        undoes=entry,
    )


def _held(wording: Wording, by: TeamMember) -> Wording:
    if wording.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    now = Wording.objects.select_for_update(of=("self",)).get(pk=wording.pk)
    if not now.is_current:
        raise Meanwhile("Somebody has changed this wording meanwhile. Nothing was changed.")
    return now
