"""Correcting an action: what it says is put right at its own address, and what it said is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.decisions.access import ACTS, require_acting
from coproduce.decisions.grounds import Ground, for_acts
from coproduce.decisions.models import Action, ActionStep
from coproduce.decisions.services.keeping import (
    LONGEST_NAME,
    because,
    end_resting,
    filled,
    keys_of,
    rest,
)
from coproduce.decisions.standing import settle
from coproduce.refused import Meanwhile, Refused

if TYPE_CHECKING:
    from coproduce.conversations.models import PartnerGroup
    from coproduce.people.models import TeamMember


@transaction.atomic
def correct_action(
    *,
    action: Action,
    by: TeamMember,
    what: str,
    owner: str,
    owner_group: PartnerGroup | None,
    why_corrected: str,
    rests_on: Iterable[Ground] = (),
    seen: int | None = None,
) -> ActionStep:
    """Put right what an action says, who does it, or what it rests on. Raises Refused.

    Its address, its date and its steps stay; a date is moved by a step of its own. Where it is
    another thing that is done, another partner group that does it, or other words that it rests
    on, people who said "done" or "not done" said it of something else: their answers end. Another
    thing is under way until the owner's side says that it is done; otherwise people are asked anew.
    `seen`: the key of the step that stood on the page, 0 for none. The same twice is one.
    """
    require_acting(by, *ACTS)
    if action.conversation_id != by.conversation_id:
        raise PermissionError(f"{action} is not of {by}'s conversation.")
    if owner_group is not None and owner_group.conversation_id != by.conversation_id:
        raise PermissionError("This partner group is of another conversation.")
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("owner_group")
        .get(pk=action.pk)
    )
    what = filled(what, field="what", empty="Write what will be done.")
    owner = filled(
        owner, field="owner", empty="Write who does it: a post or a body.", longest=LONGEST_NAME
    )
    step = ActionStep(
        action=action, kind=ActionStep.Kind.CORRECTED, note=because(why_corrected), by=by
    )
    rests_on = list(rests_on)
    grounds = for_acts(rests_on, by.conversation) if rests_on or action.decision_id is None else []
    held = list(action.rests_on.held())
    rests_elsewhere = {one.key for one in grounds} != {Ground.of(one).key for one in held}
    other_group = action.owner_group != owner_group
    if what != action.what:
        step.earlier_what = action.what
    if owner != action.owner or other_group:
        step.earlier_owner, step.earlier_owner_group = action.owner, action.owner_group
    latest = action.steps.order_by("at", "pk").last()
    if not (step.earlier_what or step.earlier_owner or rests_elsewhere):
        if latest and (latest.kind, latest.note, latest.by_id) == (step.kind, step.note, by.pk):
            return latest
        raise Refused("Nothing is different from what stands there. Change it first.", field="what")
    if seen is not None and (latest.pk if latest else 0) != seen:
        raise Meanwhile(
            "Somebody has written about this action meanwhile. Nothing was overwritten. "
            "Look again, and send it once more if you still want it."
        )
    step.save()
    action.what, action.owner, action.owner_group = what, owner, owner_group
    action.save(update_fields=["what", "owner", "owner_group"])
    if rests_elsewhere or any(one.review_since for one in held):
        end_resting(step.at, action=action)
        rest(by.conversation, grounds, action=action)
    if step.earlier_what or other_group or rests_elsewhere:
        action.checks.filter(ended_at=None).update(ended_at=timezone.now())
        settle(action)
    record(
        conversation=by.conversation,
        act="correct_action",
        by=by.account,
        about=action.ref,
        reason=step.note,
        details={"action": action.pk, **(keys_of(grounds) if rests_elsewhere else {})},
    )
    return step
