"""The yearly report, worked out from what stands now; or as it was published."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from commonground.rounding import rounded_count
from coproduce.decisions.models import Action, Decision, Reply, RestsOn
from coproduce.decisions.queries import Reached, decisions_under
from coproduce.ideas.models import StatementTag, Tag
from coproduce.moderation.models import Look
from coproduce.reports.annual import (
    NOT_SHOWN,
    TAKEN_BACK,
    ActionTold,
    Annual,
    Comment,
    NotPrinted,
    Part,
    Response,
    flagged,
    flagged_part,
    thawed,
)
from coproduce.reports.models import AnnualReport
from coproduce.reports.queries.writers import NOT_YET, from_whom
from coproduce.statements.models import Source, Statement, StatementQuerySet
from coproduce.understanding.models import Version
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation

TAGS = sorted(Tag.of_the_local_offer())
AT_ONCE = 500
GROUND_TAKEN_BACK = "The person who wrote it took it back"
GROUND_NOT_SHOWN = "Not shown"


def reports() -> QuerySet[AnnualReport]:
    return AnnualReport.objects.select_related("made_by", "final_by").defer("frozen")


def counts_by_conversation(report: AnnualReport) -> list[tuple[Conversation, int]]:
    """The conversations of a report, each with how many statements are noted for it."""
    found = dict(
        _noted(report).order_by().values_list("conversation").annotate(Count("pk", distinct=True))
    )
    return [(one, found.get(one.pk, 0)) for one in report.conversations.order_by("name", "pk")]


def _noted(report: AnnualReport) -> StatementQuerySet:
    """Statements noted as about the Local Offer, given in the days of the report."""
    first, last = _moments(report)
    noted = Statement.objects.filter(
        conversation__in=report.conversations.all(),
        words__given_at__gte=first,
        words__given_at__lt=last,
        tags__tag__in=TAGS,
        tags__lifted_at=None,
    )
    return noted.distinct()


def _moments(report: AnnualReport) -> tuple[datetime.datetime, datetime.datetime]:
    zone = timezone.get_current_timezone()
    after = report.last_day + datetime.timedelta(days=1)
    return (
        datetime.datetime.combine(report.first_day, datetime.time.min, zone),
        datetime.datetime.combine(after, datetime.time.min, zone),
    )


def annual(
    report: AnnualReport, progress: Callable[[int, int], None] = lambda done, total: None
) -> Annual:
    """The whole report, as it was published or as it would be. A bounded number of queries for
    each conversation."""
    if report.is_final:
        keys = [
            comment["statement"] for part in report.frozen["parts"] for comment in part["comments"]
        ]
        return flagged(
            thawed(report, words_of(keys)), to_look_at_again_in(report.conversations.all())
        )
    conversations = list(
        report.conversations.order_by("name", "pk").prefetch_related("partner_groups")
    )
    parts = []
    for place, conversation in enumerate(conversations):
        progress(place, len(conversations))
        parts.append(part_of(report, conversation))
    return Annual(
        title=report.title,
        first_day=report.first_day,
        last_day=report.last_day,
        introduction=report.introduction,
        parts=tuple(parts),
    )


def to_look_at_again_in(conversations: Iterable[Conversation]) -> frozenset[str]:
    """References of what rests on words that were taken back, until somebody looks at it again."""
    rows = (
        RestsOn.objects.held()
        .filter(conversation__in=conversations)
        .exclude(review_since=None)
        .values_list("decision__ref", "reply__ref", "action__ref")
    )
    return frozenset(ref for row in rows for ref in row if ref)


MOST_KEPT = 4
# A final report is never changed. final_at tells keys apart that are used again.
_final: OrderedDict[tuple[int, datetime.datetime | None], Annual] = OrderedDict()
_keeping = threading.Lock()


def final_without_words(report: AnnualReport) -> Annual:
    """A final report without anybody's words, which each page reads for itself.

    A process reads each report once: one of ten thousand comments takes a quarter of a second.
    """
    about = (report.pk, report.final_at)
    with _keeping:
        if about not in _final:
            _final[about] = thawed(report, {})
        _final.move_to_end(about)
        while len(_final) > MOST_KEPT:
            _final.popitem(last=False)
        return _final[about]


def words_of(statements: Sequence[int]) -> dict[int, tuple[str, str]]:
    """By key, the words as they may be read today, or the note in their place."""
    found = {}
    for start in range(0, len(statements), AT_ONCE):
        for one in Statement.objects.filter(
            pk__in=statements[start : start + AT_ONCE]
        ).with_words():
            if one.words.is_shown:
                found[one.pk] = (one.text, "")
            else:
                found[one.pk] = ("", TAKEN_BACK if one.words.is_withdrawn else NOT_SHOWN)
    return found


def part_of(report: AnnualReport, conversation: Conversation) -> Part:
    """What one conversation brings to a report that is not final."""
    noted = list(
        _noted(report).filter(conversation=conversation).with_words().order_by("words__ref")
    )
    tags: dict[int, list[str]] = defaultdict(list)
    for key, tag in (
        StatementTag.objects.filter(
            statement__conversation=conversation, tag__in=TAGS, lifted_at=None
        )
        .order_by("tag")
        .values_list("statement_id", "tag")
    ):
        tags[key].append(tag)
    left_out = {
        one.statement_id: one
        for one in report.left_out.filter(lifted_at=None, statement__conversation=conversation)
    }
    printed = [one for one in noted if one.words.is_shown and one.pk not in left_out]
    grounds = _grounds([one.pk for one in noted if not one.words.is_shown])
    reached = decisions_under(printed)
    whom = from_whom(conversation)
    responses: dict[str, Response] = {}
    comments = []
    for one in printed:
        told = responses_of(reached[one.pk], timezone.localdate())
        responses.update({response.ref: response for response in told})
        comments.append(
            Comment(
                statement=one.pk,
                ref=one.ref,
                tags=tuple(tags[one.pk]),
                how_given=one.words.get_how_given_display(),
                from_whom=_from_whom(one, whom),
                responses=tuple(response.ref for response in told),
                text=one.text,
            )
        )
    not_printed = []
    for one in noted:
        if one.pk in left_out:
            kept = left_out[one.pk]
            ground, reason = kept.get_ground_display(), kept.reason
        elif not one.words.is_shown:
            ground, reason = grounds.get(one.pk, GROUND_NOT_SHOWN), ""
            if one.words.is_withdrawn:
                ground = GROUND_TAKEN_BACK
        else:
            continue
        not_printed.append(NotPrinted(one.ref, tuple(tags[one.pk]), ground, reason))
    part = Part(
        conversation=conversation.pk,
        slug=conversation.slug,
        name=conversation.name,
        took_part=_took_part(conversation),
        comments=tuple(comments),
        not_printed=tuple(not_printed),
        responses=responses,
    )
    return flagged_part(part, to_look_at_again_in([conversation]))


def _from_whom(statement: Statement, whom: dict[str, str]) -> str:
    if statement.source != Source.PERSON:
        return str(statement.get_source_display())
    return whom.get(statement.ref, NOT_YET)


def _grounds(words: Sequence[int]) -> dict[int, str]:
    """Why words are not shown, as their writers were told. Nothing of what was set apart."""
    return {
        look.words_id: f"{GROUND_NOT_SHOWN}: {look.get_ground_display().lower()}"
        for look in Look.objects.filter(
            words__in=words, words__standing=Standing.NOT_SHOWN, undone_at=None
        )
        .exclude(ground="")
        .order_by("at", "pk")
    }


def _took_part(conversation: Conversation) -> str:
    """How many were asked and took part, as the latest version says it: no total beside groups."""
    frozen = (
        Version.objects.filter(conversation=conversation)
        .order_by("-number")
        .values_list("frozen", flat=True)
        .first()
    )
    if frozen is None:
        return ""
    kept, labels = frozen["took_part"], dict(frozen["rule"]["groups"])
    took_part = "; ".join(
        f"{labels.get(key, key)}: {rounded_count(people)}" for key, people in kept["groups"]
    )
    took_part = took_part or f"{rounded_count(kept['people'])} took part"
    return f"{frozen['asked']} people were asked; {took_part}" if frozen["asked"] else took_part


def responses_of(reached: Reached, today: datetime.date) -> list[Response]:
    """Decisions with their actions, replies, and actions by themselves, in this order."""
    under: dict[int, list[Action]] = defaultdict(list)
    decided = {decision.pk for decision in reached.decisions}
    alone = []
    for action in reached.actions:
        if action.decision_id in decided:
            under[action.decision_id or 0].append(action)
        else:
            alone.append(action)
    return [
        *(_decision(one, under[one.pk], today) for one in reached.decisions),
        *(_reply(one) for one in reached.replies),
        *(_alone(one, today) for one in alone),
    ]


def _decision(decision: Decision, actions: Iterable[Action], today: datetime.date) -> Response:
    step = decision.latest_step
    parts = [str(decision.get_outcome_display())]
    if step is not None and step.passed_to:
        parts.append(f"to {step.passed_to}")
    if step is not None and step.by_when:
        parts.append(f"by {day(step.by_when)}")
    return Response(
        ref=decision.ref,
        kind="decision",
        what=decision.what,
        why=decision.why,
        outcome=", ".join(parts),
        by=decision.decided_by,
        day=decision.decided_on,
        actions=tuple(_action(one, today) for one in actions),
    )


def _reply(reply: Reply) -> Response:
    return Response(
        ref=reply.ref, kind="reply", what=reply.text, day=timezone.localdate(reply.made_at)
    )


def _alone(action: Action, today: datetime.date) -> Response:
    return Response(
        ref=action.ref,
        kind="action",
        what=action.what,
        by=action.owner,
        day=timezone.localdate(action.made_at),
        actions=(_action(action, today),),
    )


def _action(action: Action, today: datetime.date) -> ActionTold:
    status = str(action.get_standing_display())
    if action.is_overdue(today):
        status = f"{status}. Overdue"
    return ActionTold(action.ref, action.what, action.owner, action.due_on, status)


def day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"


def statement_noted(report: AnnualReport, ref: str) -> Statement | None:
    """A statement that the report is about, by its reference."""
    return _noted(report).filter(words__ref=ref).select_related("words", "conversation").first()
