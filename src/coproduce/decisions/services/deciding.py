"""Deciding: what, why, when and by whom, and what it rests on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.decisions.access import DECIDES, require_acting
from coproduce.decisions.grounds import Ground, for_acts
from coproduce.decisions.models import Decision, DecisionStep, Outcome
from coproduce.decisions.services.keeping import (
    LONGEST_NAME,
    because,
    day_ahead,
    end_resting,
    filled,
    key_of,
    keys_of,
    not_too_long,
    once,
    rest,
)
from coproduce.refused import Meanwhile, Refused
from coproduce.words.services import unused_ref

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

BY_WHEN = {
    Outcome.TRY: "Say by when you tell people how it went.",
    Outcome.NOT_YET: "Say by when it will be decided or done.",
}


@transaction.atomic
def decide(
    *,
    by: TeamMember,
    what: str,
    why: str,
    decided_on: datetime.date,
    decided_by: str,
    outcome: str,
    rests_on: Iterable[Ground],
    form_key: str,
    note: str = "",
    passed_to: str = "",
    by_when: datetime.date | None = None,
    settled_without_appeal: bool = False,
) -> Decision:
    """Say what was decided. The same form twice is one decision. Raises Refused.

    A decision has a reason and rests on words that can be read. What its outcome needs is asked
    for: whom it was passed on to, by when people hear.
    """
    require_acting(by, *DECIDES)
    return _keep(
        by=by,
        act="decide",
        replaces=None,
        what=what,
        why=why,
        decided_on=decided_on,
        decided_by=decided_by,
        outcome=outcome,
        rests_on=rests_on,
        form_key=form_key,
        note=note,
        passed_to=passed_to,
        by_when=by_when,
        settled_without_appeal=settled_without_appeal,
    )


@transaction.atomic
def correct_decision(
    *,
    decision: Decision,
    by: TeamMember,
    what: str,
    why: str,
    decided_on: datetime.date,
    decided_by: str,
    outcome: str,
    rests_on: Iterable[Ground],
    why_corrected: str,
    form_key: str,
    note: str = "",
    passed_to: str = "",
    by_when: datetime.date | None = None,
    settled_without_appeal: bool = False,
) -> Decision:
    """Put a corrected decision in the place of one. Both can be read; its actions go with it."""
    require_acting(by, *DECIDES)
    earlier = Decision.objects.filter(
        conversation=by.conversation, form_key=key_of(by, form_key)
    ).first()
    if earlier is not None:
        return earlier
    return _keep(
        by=by,
        act="correct_decision",
        replaces=_held(decision, by),
        what=what,
        why=why,
        decided_on=decided_on,
        decided_by=decided_by,
        outcome=outcome,
        rests_on=rests_on,
        form_key=form_key,
        why_corrected=because(why_corrected),
        note=note,
        passed_to=passed_to,
        by_when=by_when,
        settled_without_appeal=settled_without_appeal,
    )


@transaction.atomic
def move_decision(
    *,
    decision: Decision,
    by: TeamMember,
    outcome: str,
    note: str,
    passed_to: str = "",
    by_when: datetime.date | None = None,
    seen: int | None = None,
) -> DecisionStep:
    """Say where a decision stands now, and why. The earlier steps stay.

    `seen`: the key of the step that stood on the person's page. The same step twice is one.
    """
    require_acting(by, *DECIDES)
    decision = _held(decision, by)
    step = _step(outcome, by_when, passed_to, before=decision)
    step.note = filled(note, field="note", empty="Say what has changed, and why.")
    step.by, step.decision = by, decision
    latest = decision.steps.order_by("at", "pk").last()
    same = ("outcome", "note", "passed_to", "by_when", "by_id")
    if latest and all(getattr(latest, name) == getattr(step, name) for name in same):
        return latest
    if seen is not None and latest is not None and latest.pk != seen:
        raise Meanwhile(
            f"{latest.by} has moved this decision meanwhile: {latest.get_outcome_display()}. "
            "Nothing was overwritten. Look again, and send it once more if you still want it."
        )
    step.save()
    decision.outcome = step.outcome
    decision.save(update_fields=["outcome"])
    record(
        conversation=by.conversation,
        act="move_decision",
        by=by.account,
        about=decision.ref,
        reason=step.note[:500],
        details={"decision": decision.pk, "to": Outcome(step.outcome).label},
    )
    return step


def _keep(
    *,
    by: TeamMember,
    act: str,
    replaces: Decision | None,
    what: str,
    why: str,
    decided_on: datetime.date,
    decided_by: str,
    outcome: str,
    rests_on: Iterable[Ground],
    form_key: str,
    note: str,
    passed_to: str,
    by_when: datetime.date | None,
    settled_without_appeal: bool,
    why_corrected: str = "",
) -> Decision:
    if decided_on > timezone.localdate():
        raise Refused(
            "This date is still to come. Write it down once it is decided.", field="decided_on"
        )
    step = _step(outcome, by_when, passed_to, before=replaces)
    step.note = not_too_long(note, field="note")
    kept = Decision(
        conversation=by.conversation,
        ref=unused_ref(Decision),
        what=filled(what, field="what", empty="Write what was decided."),
        why=filled(why, field="why", empty="Write why. A decision without a reason is not kept."),
        decided_on=decided_on,
        decided_by=filled(
            decided_by, field="decided_by", empty="Write who decided.", longest=LONGEST_NAME
        ),
        outcome=step.outcome,
        settled_without_appeal=settled_without_appeal,
        made_by=by,
        replaces=replaces,
        why_corrected=why_corrected,
        form_key=key_of(by, form_key),
    )
    grounds = for_acts(rests_on, by.conversation)

    def make() -> Decision:
        kept.save()
        return kept

    decision, is_new = once(Decision, by.conversation, kept.form_key, make)
    if not is_new:
        return decision
    now = timezone.now()
    step.decision, step.by = decision, by
    step.save()
    rest(by.conversation, grounds, decision=decision)
    if replaces is not None:
        replaces.ended_at = now
        replaces.save(update_fields=["ended_at"])
        replaces.actions.update(decision=decision)
        end_resting(now, decision=replaces)
    record(
        conversation=by.conversation,
        act=act,
        by=by.account,
        about=decision.ref,
        details={
            "decision": decision.pk,
            "to": Outcome(decision.outcome).label,
            **keys_of(grounds),
            **({"earlier": replaces.ref} if replaces else {}),
        },
    )
    return decision


def _step(
    outcome: str, by_when: datetime.date | None, passed_to: str, *, before: Decision | None
) -> DecisionStep:
    """A step with what its outcome needs, and nothing of what others need."""
    if outcome not in Outcome.values:
        raise Refused("Choose what was decided.", field="outcome")
    step = DecisionStep(outcome=outcome)
    if outcome == Outcome.NOT_OURS:
        step.passed_to = filled(
            passed_to,
            field="passed_to",
            empty="Say whom you passed it on to.",
            longest=LONGEST_NAME,
        )
    if outcome in BY_WHEN:
        stood = before.steps.order_by("at", "pk").last() if before else None
        # A correction may keep the date that was promised, though it has passed.
        if stood is not None and by_when is not None and stood.by_when == by_when:
            step.by_when = by_when
        else:
            step.by_when = day_ahead(by_when, field="by_when", empty=BY_WHEN[Outcome(outcome)])
    return step


def _held(decision: Decision, by: TeamMember) -> Decision:
    if decision.conversation_id != by.conversation_id:
        raise PermissionError(f"{decision} is not of {by}'s conversation.")
    now = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not now.is_current:
        raise Meanwhile("This decision was corrected meanwhile. Look at the one in its place.")
    return now
