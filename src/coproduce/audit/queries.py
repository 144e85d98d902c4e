"""The log as people read it: who did what, when and why."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.paginator import Page

from coproduce.audit.models import Entry
from coproduce.audit.sentences import CAN_BE_UNDONE, SAFETY, acts_of, sentence
from coproduce.ideas.models import Idea
from coproduce.paging import page_of
from coproduce.people.models import Role, TeamMember
from coproduce.words.models import Standing, Words, WordsQuerySet

ON_A_PAGE = 30
SHORT = 80


@dataclass(frozen=True)
class Line:
    key: int
    who: str
    did: str
    at: datetime.datetime
    why: str
    can_be_undone: bool
    undone: str
    undoes: str


def log_of(
    member: TeamMember,
    *,
    kind: str = "",
    day: datetime.date | None = None,
    page: str | int | None = 1,
) -> Page[Line]:
    """The newest first. What is about safety stands in it for the safeguarding lead alone."""
    entries = Entry.objects.filter(conversation_id=member.conversation_id).select_related(
        "by", "undone_by__by", "undoes"
    )
    if not member.has_role(Role.SAFEGUARDING):
        apart = _set_apart(member).values("ref")
        entries = entries.filter(for_safeguarding=False).exclude(about__in=apart)
    if kind == SAFETY:
        entries = entries.filter(for_safeguarding=True)
    elif kind:
        entries = entries.filter(act__in=acts_of(kind))
    if day is not None:
        entries = entries.filter(at__date=day)
    return page_of(entries, page, size=ON_A_PAGE, turned=lambda rows: _lines(rows, member))


def _set_apart(member: TeamMember) -> WordsQuerySet:
    return Words.objects.filter(conversation_id=member.conversation_id, standing=Standing.SET_APART)


def _lines(entries: list[Entry], member: TeamMember) -> list[Line]:
    refs = {
        str(ref)
        for entry in entries
        for ref in (entry.about, entry.details.get("absorbed"), entry.details.get("other"))
        if ref
    }
    # Only what others may read: the log never brings back words that were hidden or taken back.
    words = {
        one.ref: one.shown_text[:SHORT] + ("…" if len(one.shown_text) > SHORT else "")
        for one in Words.objects.filter(conversation_id=member.conversation_id, ref__in=refs)
        .shown()
        .with_text()
    }
    # Nor does it name what was set apart, to others than the lead, beside something else.
    apart: set[str] = set()
    if not member.has_role(Role.SAFEGUARDING):
        apart = set(_set_apart(member).filter(ref__in=refs).values_list("ref", flat=True))
    ideas = dict(
        Idea.objects.filter(conversation_id=member.conversation_id).values_list("pk", "name")
    )
    return [_line(entry, words, ideas, apart) for entry in entries]


def _line(entry: Entry, words: dict[str, str], ideas: dict[int, str], apart: set[str]) -> Line:
    details = {key: value for key, value in entry.details.items() if str(value) not in apart}
    undone_by = getattr(entry, "undone_by", None)
    return Line(
        key=entry.pk,
        who=_who(entry),
        did=sentence(entry.act, entry.about, details, words, ideas),
        at=entry.at,
        why=entry.reason,
        can_be_undone=entry.act in CAN_BE_UNDONE
        and undone_by is None
        and not entry.for_safeguarding,
        undone=_who(undone_by) if undone_by else "",
        undoes="This undid an earlier act." if entry.undoes_id else "",
    )


def _who(entry: Entry) -> str:
    if entry.by_participant:
        return "Somebody who takes part"
    return entry.by.name if entry.by else "The service"
