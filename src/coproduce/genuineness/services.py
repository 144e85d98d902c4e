"""The check-in: offered, answered, left. Offered sparingly, and answered only by who wants to."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions.models import Decision
from coproduce.genuineness.models import Asked, CheckIn, CheckInAnswer, FeltRung
from coproduce.genuineness.tasks import move_counts_soon
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.responses.models import Response
from coproduce.responses.tallies import lock_participants
from coproduce.understanding.models import Version
from coproduce.words.models import Words
from coproduce.words.services import keep_words, required

# After a decision people are asked again, but not with every decision of a busy month.
REST = datetime.timedelta(days=28)

NOT_NOW = "This conversation is closed. What you said before is kept."
GONE = "You have taken back everything here."


def due(participant: Participant, now: datetime.datetime) -> tuple[str, Decision | None] | None:
    """Which check-in may be offered now, if any.

    At the end of a visit: once. After a decision: once for the latest decision, to who took part
    before it, at most every 28 days. The Four Cornerstones: once in a calendar year, after
    something is published. Never two on one day.
    """
    conversation = participant.conversation
    if participant.left_at is not None or not conversation.allows(Doing.CHECK_IN):
        return None
    offers = list(CheckIn.objects.filter(participant=participant).order_by("offered_at", "pk"))
    today = timezone.localdate(now)
    if any(timezone.localdate(offer.offered_at) == today for offer in offers):
        return None
    decision = (
        Decision.objects.filter(conversation=conversation, ended_at=None)
        .order_by("-made_at", "-pk")
        .first()
    )
    of_decisions = [o for o in offers if o.occasion == CheckIn.Occasion.DECISION]
    if (
        decision is not None
        and not any(offer.decision_id == decision.pk for offer in of_decisions)
        and not any(offer.offered_at > now - REST for offer in of_decisions)
        and _was_here(participant, decision.made_at, offers)
    ):
        return CheckIn.Occasion.DECISION, decision
    if not any(offer.occasion != CheckIn.Occasion.YEARLY for offer in offers):
        return CheckIn.Occasion.VISIT, None
    asked_this_year = any(
        offer.occasion == CheckIn.Occasion.YEARLY and offer.year == today.year for offer in offers
    )
    if not asked_this_year and Version.objects.filter(conversation=conversation).exists():
        return CheckIn.Occasion.YEARLY, None
    return None


def _was_here(participant: Participant, before: datetime.datetime, offers: list[CheckIn]) -> bool:
    """Whether somebody said, answered or was asked something by then. Visits are not kept."""
    return (
        any(offer.offered_at < before for offer in offers)
        or Words.objects.filter(participant=participant, given_at__lt=before).exists()
        or Response.objects.filter(participant=participant, answered_at__lt=before).exists()
    )


@transaction.atomic
def offer(*, participant: Participant, now: datetime.datetime | None = None) -> CheckIn | None:
    """Offer what is due, and keep that it was offered; None where nothing is.

    An offer of the same day that was not answered yet is given again, not made again.
    """
    now = now or timezone.now()
    lock_participants([participant.pk])
    latest = CheckIn.objects.filter(participant=participant).order_by("-offered_at", "-pk").first()
    if latest is not None and timezone.localdate(latest.offered_at) == timezone.localdate(now):
        return latest if latest.answered_at is None and _is_open(participant) else None
    found = due(participant, now)
    if found is None:
        return None
    occasion, decision = found
    return _offer(participant, occasion, decision, now)


@transaction.atomic
def ask_for(*, participant: Participant) -> CheckIn:
    """The check-in of somebody who wants to say how it felt, offered or not: their latest one.

    Raises Refused where no check-in is possible.
    """
    _may(participant)
    lock_participants([participant.pk])
    latest = CheckIn.objects.filter(participant=participant).order_by("-offered_at", "-pk").first()
    return latest or _offer(participant, CheckIn.Occasion.VISIT, None, timezone.now())


def _offer(
    participant: Participant, occasion: str, decision: Decision | None, now: datetime.datetime
) -> CheckIn:
    conversation = participant.conversation
    made = CheckIn.objects.create(
        conversation=conversation,
        participant=participant,
        occasion=occasion,
        decision=decision,
        year=timezone.localdate(now).year if occasion == CheckIn.Occasion.YEARLY else None,
        child_wording=participant.is_child,
        promised_rung=conversation.rung,
        offered_at=now,
    )
    move_counts_soon(conversation.pk)
    return made


@transaction.atomic
def answer(*, check_in: CheckIn, participant: Participant, asked: str, choice: str) -> None:
    """Keep the answer to one question. Answered again, the latest counts."""
    _may(participant, check_in)
    if asked not in Asked.values:
        raise Refused("This is not one of the questions.")
    if choice not in CheckInAnswer.Choice.values:
        raise Refused("Choose one of the answers. You can also skip this.", field="choice")
    CheckInAnswer.objects.update_or_create(
        check_in=check_in, asked=asked, defaults={"choice": choice, "at": timezone.now()}
    )
    _answered(check_in)


@transaction.atomic
def say_how_far(*, check_in: CheckIn, participant: Participant, rung: str) -> None:
    """Adults say how far it went, in the words of the ladder. Empty: they answered “I don’t know”,
    or that they do not want to say."""
    _may(participant, check_in)
    if check_in.child_wording:
        raise Refused("This question is for adults.")
    if rung and rung not in FeltRung.values:
        raise Refused("Choose one of the answers. You can also skip this.", field="rung")
    check_in.felt_rung = rung
    check_in.save(update_fields=["felt_rung"])
    _answered(check_in)


@transaction.atomic
def leave_note(
    *, check_in: CheckIn, participant: Participant, text: str, form_key: str
) -> tuple[Words, bool]:
    """A note in somebody's own words, looked at like all words before others see it.

    A later note stands beside the earlier one; nobody's words are changed.
    """
    _may(participant, check_in)
    words, is_new = keep_words(
        conversation=participant.conversation,
        participant=participant,
        kind=Words.Kind.NOTE,
        text=required(text),
        how_given=participant.whose_words,
        form_key=form_key,
    )
    if is_new:
        check_in.words = words
        check_in.save(update_fields=["words"])
        _answered(check_in)
    return words, is_new


def _answered(check_in: CheckIn) -> None:
    if check_in.answered_at is None:
        check_in.answered_at = timezone.now()
        check_in.save(update_fields=["answered_at"])
    move_counts_soon(check_in.conversation_id)


def _is_open(participant: Participant) -> bool:
    return participant.left_at is None and participant.conversation.allows(Doing.CHECK_IN)


def _may(participant: Participant, check_in: CheckIn | None = None) -> None:
    """Asked first. Raises Refused with a sentence for the person."""
    if check_in is not None and check_in.participant_id != participant.pk:
        raise PermissionError("This check-in is somebody else’s.")
    lock_participants([participant.pk])
    if not Participant.objects.filter(pk=participant.pk, left_at=None).exists():
        raise Refused(GONE)
    if not Conversation.objects.get(pk=participant.conversation_id).allows(Doing.CHECK_IN):
        raise Refused(NOT_NOW)
