"""Making the yearly report: its conversations and days, what is left out, and finishing it."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, Phase
from coproduce.people.models import Account
from coproduce.refused import Meanwhile, Refused
from coproduce.reports.access import require_running
from coproduce.reports.annual import Annual, frozen
from coproduce.reports.models import AnnualReport, LeftOut
from coproduce.reports.queries.annual import annual, statement_noted
from coproduce.reports.services.whose_words import settle_whose_words

NAMED = 10
FINAL = "This report is final. It is never changed. Make a new one for a correction."


@transaction.atomic
def make_report(
    *,
    by: Account,
    title: str,
    first_day: datetime.date,
    last_day: datetime.date,
    conversations: Collection[Conversation],
    introduction: str = "",
) -> AnnualReport:
    require_running(by)
    report = AnnualReport(made_by=by)
    _write(report, title, first_day, last_day, conversations, introduction)
    record(conversation=None, act="make_annual_report", by=by, about=f"report {report.pk}")
    return report


@transaction.atomic
def edit_report(
    *,
    report: AnnualReport,
    by: Account,
    title: str,
    first_day: datetime.date,
    last_day: datetime.date,
    conversations: Collection[Conversation],
    introduction: str = "",
) -> AnnualReport:
    require_running(by)
    held = _held(report)
    _write(held, title, first_day, last_day, conversations, introduction)
    record(conversation=None, act="edit_annual_report", by=by, about=f"report {held.pk}")
    return held


def _write(
    report: AnnualReport,
    title: str,
    first_day: datetime.date,
    last_day: datetime.date,
    conversations: Collection[Conversation],
    introduction: str,
) -> None:
    if not title.strip():
        raise Refused("Give the report a title.", field="title")
    if last_day < first_day:
        raise Refused("The last day is before the first. Look at both again.", field="last_day")
    if not conversations:
        raise Refused("Choose at least one conversation.", field="conversations")
    if any(Phase.DRAFT in one.phases for one in conversations):
        raise Refused("A conversation that has not opened cannot be reported on.")
    report.title, report.introduction = title.strip()[:200], introduction.strip()
    report.first_day, report.last_day = first_day, last_day
    report.save()
    report.conversations.set(conversations)


@transaction.atomic
def leave_out(
    *, report: AnnualReport, ref: str, ground: str, by: Account, reason: str = ""
) -> LeftOut:
    """Leave a comment out of the report. That it was left out, and why, is printed."""
    require_running(by)
    held = _held(report)
    statement = statement_noted(held, ref)
    if statement is None:
        raise Refused("There is no such comment in this report.")
    if ground not in LeftOut.Ground.values:
        raise Refused("Choose on what ground it is left out.", field="ground")
    left, is_new = LeftOut.objects.get_or_create(
        report=held,
        statement=statement,
        lifted_at=None,
        defaults={"ground": ground, "reason": reason.strip()[:300], "by": by},
    )
    if not is_new:
        raise Meanwhile("Somebody has left this comment out already.")
    record(
        conversation=statement.conversation,
        act="leave_out_of_report",
        by=by,
        about=statement.ref,
        reason=reason,
        details={"ground": ground},
    )
    return left


@transaction.atomic
def take_in_again(*, report: AnnualReport, ref: str, by: Account) -> None:
    """The comment is printed after all. That it had been left out stays in the log."""
    require_running(by)
    held = _held(report)
    left = held.left_out.filter(statement__words__ref=ref, lifted_at=None).first()
    if left is None:
        raise Meanwhile("This comment is not left out any more.")
    left.lifted_at = timezone.now()
    left.save(update_fields=["lifted_at"])
    record(conversation=left.statement.conversation, act="take_into_report", by=by, about=ref)


@transaction.atomic
def finish_report(*, report: AnnualReport, by: Account) -> Annual:
    """Make it final: everybody can read it, and it is never changed.

    Refused while a comment that can be published has no response. People's words stay where they
    are and are kept by reference, so that they can still be taken back.
    """
    require_running(by)
    held = _held(report)
    for conversation in held.conversations.prefetch_related("partner_groups"):
        settle_whose_words(conversation)
    now = annual(held)
    if now.unanswered:
        raise Refused(
            f"{_comments(now.unanswered)} no response yet. {_which(now)} Reply first, in the "
            "conversation; one reply can be for many. Or leave a comment out, and say on what "
            "ground."
        )
    held.frozen, held.final_at, held.final_by = frozen(now), timezone.now(), by
    held.save(update_fields=["frozen", "final_at", "final_by"])
    record(conversation=None, act="finish_annual_report", by=by, about=f"report {held.pk}")
    return now


def _held(report: AnnualReport) -> AnnualReport:
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if held.is_final:
        raise Refused(FINAL)
    return held


def _which(annual: Annual) -> str:
    """The references of comments without a response, by conversation; some where there are many."""
    told = []
    for part in annual.parts:
        refs = [comment.ref for comment in part.unanswered]
        if refs:
            more = f" and {len(refs) - NAMED} more" if len(refs) > NAMED else ""
            told.append(f"In {part.name}: {', '.join(refs[:NAMED])}{more}.")
    return " ".join(told)


def _comments(count: int) -> str:
    return "1 comment has" if count == 1 else f"{count} comments have"
