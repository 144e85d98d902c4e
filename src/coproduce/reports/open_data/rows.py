"""Rows of open data: what public pages show, and nothing else. A few queries for each set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from coproduce.conversations.models import Conversation, Phase
from coproduce.decisions.models import Action, Decision, Reply, RestsOn
from coproduce.decisions.queries import questions_of
from coproduce.genuineness.queries.page import genuineness_of
from coproduce.statements.models import Statement
from coproduce.understanding.document import Line
from coproduce.understanding.models import Passage, PassageSource, Version
from coproduce.understanding.queries.versions import lines_at, rule_of
from coproduce.words.models import Masking, Standing, masked, masks_of

if TYPE_CHECKING:
    from coproduce.understanding.document import Rule

Row = dict[str, Any]


def _address(name: str, *args: object) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)


def _addresses(name: str) -> Callable[[str], str]:
    """Addresses of thousands of rows, which differ by their reference alone."""
    before, after = _address(name, "REFERENCE").split("REFERENCE")
    return lambda ref: f"{before}{ref}{after}"


def conversations() -> Iterator[Row]:
    """Those in the public list, closed ones too; unlisted ones and drafts are not among them."""
    versions = {
        key: (number, at)
        for key, number, at in Version.objects.filter(conversation__listed=True)
        .order_by()
        .values_list("conversation")
        .annotate(number=Max("number"), at=Max("published_at"))
    }
    for one in (
        Conversation.objects.filter(listed=True)
        .exclude(phases=[Phase.DRAFT])
        .prefetch_related("partner_groups")
        .order_by("slug")
    ):
        number, at = versions.get(one.pk, (None, None))
        groups = [group for group in one.partner_groups.all() if group.retired_at is None]
        yield {
            "slug": one.slug,
            "name": one.name,
            "purpose": one.purpose,
            "can_change": one.can_change,
            "cannot_change": one.cannot_change,
            "options_fixed": one.options_fixed,
            "promised": one.rung or None,
            "who_decides": one.who_decides,
            "hear_back_by": one.hear_back_by,
            "phases": [phase for phase in Phase.values if phase in one.phases],
            "opened_on": timezone.localdate(one.opened_at) if one.opened_at else None,
            "enough": one.enough,
            "partner_groups": [group.key for group in groups],
            "partner_group_labels": [group.label for group in groups],
            "version": number,
            "published_on": timezone.localdate(at) if at else None,
            "is_example": one.is_example,
            "address": _address("taking_part:welcome", one.slug),
        }


def latest_version(conversation: Conversation) -> Version | None:
    return Version.objects.filter(conversation=conversation).order_by("-number").first()


def statements(conversation: Conversation, hide_figures: bool) -> Iterator[Row]:
    """By reference, which chance drew: what one person wrote does not stand together."""
    latest = latest_version(conversation)
    if latest is None:
        return
    lines: dict[int, list[str]] = defaultdict(list)
    marks: dict[int, int] = {}
    for key, ref, count in (
        PassageSource.objects.filter(passage__version=latest)
        .order_by("passage__position")
        .values_list("words_id", "passage__ref", "room_marks")
    ):
        lines[key].append(ref)
        marks[key] = count
    address = _addresses("public:statement")
    # Rows without records: a version has thousands.
    said = Statement.objects.filter(
        pk__in=PassageSource.objects.filter(passage__version=latest).values("words")
    )
    hidden = masks_of(Masking.objects.filter(words__conversation=conversation))
    for key, ref, question, standing, how_given, source, text in said.order_by(
        "words__ref"
    ).values_list(
        *("pk", "words__ref", "question__text", "words__standing", "words__how_given"),
        *("source", "words__kept_text__text"),
    ):
        is_shown = standing == Standing.SHOWN
        yield {
            "reference": ref,
            "question": question,
            "words": masked(text or "", hidden.get(key, ())) if is_shown else "",
            "note": _note(standing),
            "how_given": how_given,
            "source": source,
            "lines": lines[key],
            "room_marks": marks[key],
            "address": address(ref),
        }


def _note(standing: str) -> str:
    if standing == Standing.SHOWN:
        return ""
    return "taken back" if standing == Standing.WITHDRAWN else "not shown any more"


def lines(conversation: Conversation, hide_figures: bool) -> Iterator[Row]:
    latest = latest_version(conversation)
    if latest is None:
        return
    rule = rule_of(latest)
    address = _addresses("public:line")
    about = {
        ref: told
        for ref, *told in Passage.objects.filter(version=latest).values_list(
            "ref", "question_text", "idea_name"
        )
    }
    for position, line in lines_at(latest).items():
        question, heading = about[line.ref]
        figures = {"agreed_by": None, "agreement": None, "groups": None}
        yield {
            "reference": line.ref,
            "version": latest.number,
            "position": position,
            "kind": line.kind,
            "question": question or None,
            "idea": line.idea_id,
            "heading": heading,
            "text": line.text or " ".join(one.text or one.note for one in line.listed),
            "statements": [one.ref for one in line.sources],
            "room_marks": line.room_marks,
            **(figures if hide_figures else _figures(line, rule)),
            "address": address(line.ref),
        }


def _figures(line: Line, rule: Rule) -> Row:
    labels = dict(rule.groups)
    groups = []
    for number, figure in enumerate(line.figures, start=1):
        shares = {share.key: share.words for share in figure.shares(labels)}
        groups += [
            {
                "of": number,
                "partner_group": name,
                "stance": figure.public["groups"][name]["stance"],
                "agree": shares.get(name),
            }
            for name in figure.public["invited"]
        ]
    return {
        "agreed_by": list(line.agreeing),
        "agreement": " ".join(figure.in_words(labels) for figure in line.figures),
        "groups": groups,
    }


class _Grounds:
    """What decisions or replies rest on, by kind. Words that are not shown are left out.

    `again`: keys of those that rest on words that were taken back since.
    """

    def __init__(self, conversation: Conversation, field: str) -> None:
        self.of: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.again = _again(conversation, field)
        for key, line, idea, ref, standing in (
            RestsOn.objects.filter(conversation=conversation, **{f"{field}__isnull": False})
            .order_by("pk")
            .values_list(f"{field}_id", "passage__ref", "idea_id", "words__ref", "words__standing")
        ):
            if line:
                self.of[key]["lines"].append(line)
            elif idea:
                self.of[key]["ideas"].append(str(idea))
            elif standing == Standing.SHOWN:
                self.of[key]["statements"].append(ref)

    def columns(self, key: int, verb: str) -> Row:
        kinds = ("lines", "ideas", "statements")
        return {f"{verb}_{kind}": list(dict.fromkeys(self.of[key][kind])) for kind in kinds}


def _again(conversation: Conversation, field: str) -> frozenset[int]:
    held = RestsOn.objects.held().filter(
        conversation=conversation, review_since__isnull=False, **{f"{field}__isnull": False}
    )
    return frozenset(held.values_list(f"{field}_id", flat=True))


def decisions(conversation: Conversation, hide_figures: bool) -> Iterator[Row]:
    grounds = _Grounds(conversation, "decision")
    for one in (
        Decision.objects.filter(conversation=conversation)
        .select_related("replaces")
        .prefetch_related("steps")
        .order_by("decided_on", "pk")
    ):
        step = one.latest_step
        yield {
            "reference": one.ref,
            "what": one.what,
            "why": one.why,
            "decided_on": one.decided_on,
            "decided_by": one.decided_by,
            "outcome": one.outcome,
            "outcome_in_words": one.get_outcome_display(),
            "passed_to": step.passed_to if step else "",
            "by_when": step.by_when if step else None,
            "settled_without_appeal": one.settled_without_appeal,
            "is_current": one.is_current,
            "corrects": one.replaces.ref if one.replaces else None,
            "look_again": one.pk in grounds.again,
            **grounds.columns(one.pk, "rests_on"),
            "address": f"{settings.PUBLIC_URL}/d/{one.ref}/",
        }


def actions(conversation: Conversation, hide_figures: bool) -> Iterator[Row]:
    today = timezone.localdate()
    again = _again(conversation, "action")
    for one in (
        Action.objects.filter(conversation=conversation)
        .select_related("decision", "owner_group")
        .prefetch_related("steps")
        .order_by("due_on", "pk")
    ):
        told, corrections = one.told, one.corrections
        yield {
            "reference": one.ref,
            "decision": one.decision.ref if one.decision else None,
            "what": one.what,
            "owner": one.owner,
            "owner_group": one.owner_group.key if one.owner_group else None,
            "due_on": one.due_on,
            "standing": one.standing,
            "is_overdue": one.is_overdue(today),
            "latest_note": next((s.note for s in told if s.note), ""),
            "evidence": next((s.link for s in told if s.link), ""),
            "corrected_on": timezone.localdate(corrections[0].at) if corrections else None,
            "why_corrected": corrections[0].note if corrections else "",
            "look_again": one.pk in again,
            "address": f"{settings.PUBLIC_URL}/a/{one.ref}/",
        }


def replies(conversation: Conversation, hide_figures: bool) -> Iterator[Row]:
    """A reply to words that are not shown, or were taken back, is for who wrote them alone."""
    grounds = _Grounds(conversation, "reply")
    told = Reply.objects.filter(conversation=conversation).for_everybody()
    for one in told.order_by("made_at", "pk"):
        yield {
            "reference": one.ref,
            "text": one.text,
            "replied_on": timezone.localdate(one.made_at),
            "is_current": one.ended_at is None,
            "look_again": one.pk in grounds.again,
            **grounds.columns(one.pk, "covers"),
        }


def questions(conversation: Conversation, hide_figures: bool) -> Iterator[Row]:
    for one in questions_of(conversation):
        answer = one.answer
        yield {
            "reference": one.ref,
            "text": one.text,
            "asked_on": one.asked_on,
            "answer": answer.text if answer else None,
            "answered_by": answer.answered_by if answer else None,
            "answered_on": timezone.localdate(answer.made_at) if answer else None,
        }


def genuineness(conversation: Conversation, hide_figures: bool) -> Iterator[Row]:
    """The figures of the genuineness page, from the first publication on."""
    if not Version.objects.filter(conversation=conversation).exists():
        return
    page = genuineness_of(conversation)
    if not hide_figures:
        yield _measure("experience", "What people felt", page.felt)
        for row in page.questions:
            for label, words in row.groups:
                yield _measure("experience", row.adult, words, label)
        for group in page.how_far.groups:
            yield _measure("experience", "It went as far as promised", group.in_words, group.label)
        for one in page.contradictions:
            yield _measure("contradiction", one.rule, one.sentence)
    record = page.record
    yield _measure("record", "What was done", page.done)
    for phase in record.phases:
        yield _measure("record", f"Days in the phase {phase.label}", str(phase.days))
    for name, value in (
        ("Days from the last words or answers to publication", record.days_to_publication),
        ("Ideas published", len(record.ideas)),
        ("Ideas with a decision or a reply", record.ideas_answered),
        ("Ideas with a decision or a reply for some of their lines", record.ideas_in_part),
        ("Median days from publication to a decision or a reply", record.median_days),
        ("Wordings published with a dispute shown", record.disputes_shown),
    ):
        if value is not None:
            yield _measure("record", name, f"{value:g}")
    for outcome, number in record.decisions:
        yield _measure("record", f"Decisions: {outcome}", str(number))
    if not hide_figures:
        for own in record.groups:
            for name, words in (
                ("Words that led to a decision to do something", own.adopted),
                ("Words not shown", own.not_shown),
                ("Words put together with others’", own.put_together),
            ):
                yield _measure("record", name, words, own.label)
    yield _measure("changed", "What changed", page.changed)
    for _, label, number in page.what_changed.actions:
        yield _measure("changed", f"Actions: {label}", str(number))
    yield _measure("changed", "Actions past their date", str(page.facts.overdue))


def _measure(column: str, measure: str, value: str, group: str | None = None) -> Row:
    return {"column": column, "measure": measure, "partner_group": group, "value": value}
