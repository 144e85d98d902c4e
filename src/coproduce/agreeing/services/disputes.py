"""What the team does about a disputed wording: word it again, split it, or let the dispute stand.

Each has a reason, which the people who disputed it read on their own page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from coproduce.agreeing.models import DisputeStep, LineAnswer
from coproduce.agreeing.queries.disputes import open_disputes
from coproduce.audit.services import record
from coproduce.ideas.models import Wording
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.models import Statement
from coproduce.understanding.services.wording import end_wording, word_together
from coproduce.understanding.services.writing import hold_draft, move_on
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

MOST_LETTERS = 300
NOTHING_OPEN = "Somebody has answered this dispute already, or it was taken back."


@transaction.atomic
def reword(
    *, member: TeamMember, revision: int, wording: Wording, text: str, reason: str
) -> Wording:
    """Write another wording for the same words. Everybody whose words they are is asked again."""
    disputes = _open(member, wording)
    reason = _reason(reason)
    if text.strip() == wording.text:
        raise Refused("This is the wording that is disputed. Change it.", field="text")
    again = word_together(
        member=member,
        revision=revision,
        idea=wording.idea,
        text=text,
        statements=list(wording.rests_on.values_list("pk", flat=True)),
        replaces=wording,
    )
    _step(member, wording, disputes, DisputeStep.Outcome.REWORDED, reason, again)
    return again


@transaction.atomic
def split(
    *,
    member: TeamMember,
    revision: int,
    wording: Wording,
    take_out: Sequence[int],
    reason: str,
) -> Wording | None:
    """Let some of the words stand as lines of their own, as people said them.

    `take_out` are keys of statements under the wording; what was put together with them goes
    with them. Where words are left, the wording stands on those, and their writers are asked
    again; otherwise it ends.
    """
    disputes = _open(member, wording)
    reason = _reason(reason)
    under = {s.pk: s.cluster_id for s in wording.rests_on.shown()}
    out = {under[key] for key in take_out if key in under}
    if not out:
        raise Refused("Choose the words that shall stand on their own.", field="take_out")
    left = [key for key, cluster in under.items() if cluster not in out]
    again = None
    if left:
        again = word_together(
            member=member,
            revision=revision,
            idea=wording.idea,
            text=wording.text,
            statements=left,
            replaces=wording,
        )
    else:
        end_wording(member=member, revision=revision, wording=wording)
    _step(member, wording, disputes, DisputeStep.Outcome.SPLIT, reason, again)
    return again


@transaction.atomic
def let_stand(
    *,
    member: TeamMember,
    revision: int,
    wording: Wording,
    disputes: Collection[int],
    reason: str,
) -> None:
    """Keep the wording, with the disputes shown beside it. Only those that the member has read.

    `disputes` are keys of the line answers that the page showed.
    """
    draft = hold_draft(member, revision)
    found = [one for one in _open(member, wording) if one.pk in set(disputes)]
    reason = _reason(reason)
    if not found:
        raise Meanwhile(NOTHING_OPEN)
    if any(one.words is not None and one.words.standing == Standing.WAITING for one in found):
        raise Refused("Look at the reason in “New words” first. It may be shown beside the line.")
    move_on(draft, member)
    _step(member, wording, found, DisputeStep.Outcome.STANDS, reason, None)


def _open(member: TeamMember, wording: Wording) -> list[LineAnswer]:
    if wording.conversation_id != member.conversation_id:
        raise PermissionError("This wording is not of the member's conversation.")
    found = list(open_disputes(member.conversation).filter(wording=wording).select_related("words"))
    if not found:
        raise Meanwhile(NOTHING_OPEN)
    return found


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused("Say why. The people whose words these are read it.", field="reason")
    if len(reason) > MOST_LETTERS:
        raise Refused(f"Write at most {MOST_LETTERS} letters.", field="reason")
    return reason


def _step(
    member: TeamMember,
    wording: Wording,
    disputes: list[LineAnswer],
    outcome: str,
    reason: str,
    again: Wording | None,
) -> None:
    DisputeStep.objects.bulk_create(
        [
            DisputeStep(
                line_answer=dispute,
                outcome=outcome,
                reason=reason,
                wording=again,
                by=member.account,
            )
            for dispute in disputes
        ]
    )
    record(
        conversation=member.conversation,
        act=f"dispute_{outcome}",
        by=member.account,
        about=f"idea {wording.idea_id}",
        reason=reason,
        details={
            "wording": wording.pk,
            "replaces": again.pk if again else None,
            "line_answers": sorted(dispute.pk for dispute in disputes),
        },
    )


def statements_under(wording: Wording) -> list[Statement]:
    """The shown statements that a wording rests on, for a form."""
    return list(wording.rests_on.shown().with_words().order_by("words__ref"))
