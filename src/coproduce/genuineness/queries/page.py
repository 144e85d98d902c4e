"""Everything that the genuineness page shows, read once."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from coproduce.conversations.models import Rung
from coproduce.genuineness.counts import (
    ANSWERED,
    ASKED,
    HOW_FAR,
    TOOK_PART,
    cornerstone_about,
    felt_about,
)
from coproduce.genuineness.facts import Facts, QuestionSaid
from coproduce.genuineness.models import Asked
from coproduce.genuineness.queries.record import Changed, Record, record_of, what_changed
from coproduce.genuineness.queries.shown import Shown, shown_counts
from coproduce.genuineness.questions import CORNERSTONES, FIVE, QUESTIONS
from coproduce.genuineness.sentences import (
    Contradiction,
    contradictions,
    what_people_felt,
    what_was_done,
)
from coproduce.genuineness.sentences import what_changed as what_changed_said
from coproduce.words.models import Words

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

NOTES_SHOWN = 50


@dataclass(frozen=True)
class QuestionRow:
    """A question in both wordings, and what partner groups said, the least first."""

    title: str
    adult: str
    child: str
    good: str
    said: QuestionSaid

    @property
    def groups(self) -> list[tuple[str, str]]:
        groups = sorted(self.said.groups, key=lambda group: group.place if group.is_told else 2.0)
        return [(group.label, group.in_words) for group in groups]


@dataclass(frozen=True)
class Genuineness:
    """The three sentences, the contradictions, and the three columns, kept apart."""

    facts: Facts
    felt: str
    done: str
    changed: str
    contradictions: list[Contradiction]
    questions: tuple[QuestionRow, ...]
    how_far: QuestionSaid
    cornerstones: tuple[tuple[int, tuple[QuestionRow, ...]], ...]
    notes: tuple[Words, ...]
    record: Record
    what_changed: Changed
    promised: str
    moved_at: datetime.datetime | None


def genuineness_of(conversation: Conversation, today: datetime.date | None = None) -> Genuineness:
    """In a number of questions to the database that does not grow."""
    today = today or timezone.localdate()
    shown = shown_counts(conversation)
    record = record_of(conversation, shown, today)
    changed = what_changed(conversation, today)
    facts = facts_of(conversation, shown, record, changed, today)
    return Genuineness(
        facts=facts,
        felt=what_people_felt(facts),
        done=what_was_done(facts),
        changed=what_changed_said(facts),
        contradictions=contradictions(facts),
        questions=tuple(
            _row(asked, facts.question(asked)) for asked in (*FIVE, Asked.ALREADY_DECIDED)
        ),
        how_far=facts.how_far,
        cornerstones=_cornerstones(shown),
        notes=_notes(conversation),
        record=record,
        what_changed=changed,
        promised=facts.promised,
        moved_at=shown.moved_at,
    )


def facts_of(
    conversation: Conversation,
    shown: Shown,
    record: Record,
    changed: Changed,
    today: datetime.date,
) -> Facts:
    took_part = shown.cells(TOOK_PART)
    groups = [group for group in conversation.partner_groups.all() if group.retired_at is None]
    children = [group for group in groups if group.is_children]
    return Facts(
        today=today,
        asked=shown.number(ASKED),
        answered=shown.number(ANSWERED),
        questions={
            asked: _of(shown, felt_about(asked), asked) for asked in (*FIVE, Asked.ALREADY_DECIDED)
        },
        how_far=_without(_of(shown, HOW_FAR, "how_far"), {group.key for group in children}),
        promised=Rung(conversation.rung).label if conversation.rung else "",
        options_fixed=conversation.options_fixed,
        hear_back_by=conversation.hear_back_by,
        ideas=len(record.ideas),
        ideas_answered=record.ideas_answered,
        ideas_in_part=record.ideas_in_part,
        decisions=record.decisions_all,
        decisions_to_do=record.decisions_to_do,
        actions=changed.by_standing,
        overdue=len(changed.overdue),
        adopted=shown.question("adopted"),
        groups_missing=[
            group.label
            for group in groups
            if not group.is_children and took_part.get(group.key) == 0
        ],
        children_invited=bool(children),
        children_took_part=not took_part or any(took_part.get(g.key) for g in children),
    )


def _without(said: QuestionSaid, keys: Collection[str]) -> QuestionSaid:
    """Children are not asked how far it went."""
    return replace(said, groups=tuple(group for group in said.groups if group.key not in keys))


def _of(shown: Shown, about: str, asked: str) -> QuestionSaid:
    return QuestionSaid(asked, shown.question(about).groups)


def _row(asked: str, said: QuestionSaid) -> QuestionRow:
    wording = QUESTIONS[asked]
    return QuestionRow(Asked(asked).label, wording.adult, wording.child, wording.good, said)


def _cornerstones(shown: Shown) -> tuple[tuple[int, tuple[QuestionRow, ...]], ...]:
    """By year, the latest first; families and professionals side by side."""
    years = sorted(
        {int(about.split()[1]) for about in shown.counts if about.startswith("cornerstone ")},
        reverse=True,
    )
    return tuple(
        (
            year,
            tuple(
                _row(asked, _of(shown, cornerstone_about(asked, year), asked))
                for asked in CORNERSTONES
            ),
        )
        for year in years
    )


def _notes(conversation: Conversation) -> tuple[Words, ...]:
    """Notes that were looked at and are shown, by reference, which chance drew."""
    return tuple(
        Words.objects.filter(conversation=conversation, kind=Words.Kind.NOTE)
        .shown()
        .with_text()
        .order_by("ref")[:NOTES_SHOWN]
    )
