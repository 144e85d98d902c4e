"""Acting: who does what by when, how it goes, and saying that it is done."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.decisions.access import ACTS, require_acting
from coproduce.decisions.grounds import Ground, for_acts
from coproduce.decisions.models import Action, ActionStep, Decision
from coproduce.decisions.services.keeping import (
    LONGEST_NAME,
    day_ahead,
    filled,
    key_of,
    keys_of,
    not_too_long,
    once,
    rest,
)
from coproduce.decisions.standing import settle
from coproduce.refused import Meanwhile, Refused
from coproduce.words.services import unused_ref

if TYPE_CHECKING:
    from coproduce.conversations.models import PartnerGroup
    from coproduce.people.models import TeamMember

_is_a_link = URLValidator(schemes=["http", "https"])

NEEDED = {
    ActionStep.Kind.PROGRESS: "Say how it goes.",
    ActionStep.Kind.NEW_DATE: "Say why there is a new date.",
    ActionStep.Kind.STOPPED: "Say why it stops.",
    ActionStep.Kind.REOPENED: "Say why it is taken up again.",
    ActionStep.Kind.SAID_DONE: "Say what was done, so that people can say if it is so.",
}


@transaction.atomic
def add_action(
    *,
    by: TeamMember,
    what: str,
    owner: str,
    owner_group: PartnerGroup | None,
    due_on: datetime.date | None,
    form_key: str,
    decision: Decision | None = None,
    rests_on: Iterable[Ground] = (),
) -> Action:
    """Say who does what by when. The same form twice is one action. Raises Refused.

    It comes from a decision, or rests on lines, ideas and words of its own; a narrower ground
    than the decision's is its own.
    """
    require_acting(by, *ACTS)
    conversation = by.conversation
    if decision is not None and decision.conversation_id != conversation.pk:
        raise PermissionError(f"{decision} is not of {by}'s conversation.")
    if decision is not None and not decision.is_current:
        raise Meanwhile("This decision was corrected meanwhile. Look at the one in its place.")
    if owner_group is not None and owner_group.conversation_id != conversation.pk:
        raise PermissionError("This partner group is of another conversation.")
    rests_on = list(rests_on)
    grounds = for_acts(rests_on, conversation) if rests_on or decision is None else []
    kept = Action(
        conversation=conversation,
        decision=decision,
        ref=unused_ref(Action),
        what=filled(what, field="what", empty="Write what will be done."),
        owner=filled(
            owner, field="owner", empty="Write who does it: a post or a body.", longest=LONGEST_NAME
        ),
        owner_group=owner_group,
        due_on=day_ahead(due_on, field="due_on", empty="Say by when it is done."),
        made_by=by,
        form_key=key_of(by, form_key),
    )

    def make() -> Action:
        kept.save()
        return kept

    action, is_new = once(Action, conversation, kept.form_key, make)
    if not is_new:
        return action
    rest(conversation, grounds, action=action)
    record(
        conversation=conversation,
        act="add_action",
        by=by.account,
        about=action.ref,
        details={
            "action": action.pk,
            **keys_of(grounds),
            **({"decision": decision.pk} if decision else {}),
        },
    )
    return action


@transaction.atomic
def move_action(
    *,
    action: Action,
    by: TeamMember,
    kind: str,
    note: str,
    link: str = "",
    due_on: datetime.date | None = None,
    seen: int | None = None,
) -> ActionStep:
    """Say how it goes, give a new date, say that it is done, stop it, or take it up again.

    Saying that it is done counts for nothing by itself: people whose words it rests on are asked,
    and asked anew each time. `seen`: the key of the step that stood on the page, 0 for none.
    """
    require_acting(by, *ACTS)
    if action.conversation_id != by.conversation_id:
        raise PermissionError(f"{action} is not of {by}'s conversation.")
    if kind not in NEEDED:
        raise Refused("Choose what you want to say.", field="kind")
    action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    step = ActionStep(
        action=action,
        kind=kind,
        note=filled(note, field="note", empty=NEEDED[ActionStep.Kind(kind)]),
        link=_link(link),
        by=by,
    )
    if kind == ActionStep.Kind.NEW_DATE:
        step.due_on = day_ahead(due_on, field="due_on", empty="Say the new date.")
    latest = action.steps.order_by("at", "pk").last()
    same = ("kind", "note", "link", "due_on", "by_id")
    if latest and all(getattr(latest, name) == getattr(step, name) for name in same):
        return latest
    if seen is not None and (latest.pk if latest else 0) != seen:
        raise Meanwhile(
            "Somebody has written about this action meanwhile. Nothing was overwritten. "
            "Look again, and send it once more if you still want it."
        )
    _can_follow(action, kind)
    step.save()
    if step.due_on:
        action.due_on = step.due_on
        action.save(update_fields=["due_on"])
    if kind in {ActionStep.Kind.SAID_DONE, ActionStep.Kind.REOPENED, ActionStep.Kind.STOPPED}:
        # People are asked about what is said now. What they said before can still be read.
        action.checks.filter(ended_at=None).update(ended_at=timezone.now())
    settle(action)
    record(
        conversation=by.conversation,
        act="move_action",
        by=by.account,
        about=action.ref,
        reason=step.note[:500],
        details={"action": action.pk, "to": ActionStep.Kind(kind).label},
    )
    return step


def _can_follow(action: Action, kind: str) -> None:
    closed = {Action.Standing.STOPPED, Action.Standing.DONE}
    if kind == ActionStep.Kind.REOPENED:
        if action.standing == Action.Standing.OPEN:
            raise Refused("This action is under way already.", field="kind")
    elif action.standing in closed and kind != ActionStep.Kind.PROGRESS:
        raise Refused("This action is over. Take it up again first.", field="kind")


def _link(link: str) -> str:
    link = not_too_long(link, field="link", longest=200)
    if link:
        try:
            _is_a_link(link)
        except ValidationError:
            raise Refused(
                "This is not the address of a page. It begins with https:// or http://",
                field="link",
            ) from None
    return link
