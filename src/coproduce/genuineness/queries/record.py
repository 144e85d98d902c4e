"""The record: what can be worked out from what was done, without asking anybody."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from django.utils import timezone

from coproduce.agreeing.models import DisputeStep
from coproduce.conversations.models import ALLOWED, Doing, Phase
from coproduce.decisions.models import Action, Decision, Outcome
from coproduce.decisions.queries import IdeaOutcome, overdue, what_became_of_ideas
from coproduce.genuineness.counting import ADOPTED
from coproduce.genuineness.counts import HEARD, TOOK_PART, WAYS
from coproduce.people.models import WhoseWords
from coproduce.understanding.models import Version

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.genuineness.facts import QuestionSaid
    from coproduce.genuineness.queries.shown import Shown


@dataclass(frozen=True)
class PhaseLasted:
    label: str
    days: int
    is_open: bool


@dataclass(frozen=True)
class GroupRecord:
    """One partner group: how many took part and said something, and what became of their words.

    Shares are words, or numbers rounded to 5; an empty one cannot be told.
    """

    label: str
    took_part: int
    said: int
    adopted: str
    not_shown: str
    put_together: str


@dataclass(frozen=True)
class Record:
    """`heard`: statements answered by enough people of each partner group that took part."""

    phases: tuple[PhaseLasted, ...]
    published_at: datetime.datetime | None
    days_to_publication: int | None
    ideas: tuple[IdeaOutcome, ...]
    median_days: float | None
    decisions: tuple[tuple[str, int], ...]
    decisions_to_do: int
    heard: int | None
    statements: int
    heard_by_group: tuple[tuple[str, int], ...]
    ways: tuple[tuple[str, int], ...]
    groups: tuple[GroupRecord, ...]
    wordings: QuestionSaid
    disputes_shown: int

    @property
    def ideas_answered(self) -> int:
        return sum(not idea.is_waiting for idea in self.ideas)

    @property
    def ideas_in_part(self) -> int:
        """Ideas that wait, though some of their lines have a decision or a reply."""
        return sum(idea.is_partly_answered for idea in self.ideas)

    @property
    def decisions_all(self) -> int:
        return sum(number for _, number in self.decisions)


def record_of(conversation: Conversation, shown: Shown, today: datetime.date) -> Record:
    """In a number of questions to the database that does not grow."""
    changes = [(change.at, change.phases) for change in conversation.phase_changes.all()]
    published = (
        Version.objects.filter(conversation=conversation)
        .order_by("number")
        .values_list("published_at", flat=True)
        .first()
    )
    ideas = tuple(what_became_of_ideas(conversation, today))
    outcomes = Counter(
        Decision.objects.filter(conversation=conversation, ended_at=None).values_list(
            "outcome", flat=True
        )
    )
    heard = shown.counts.get(HEARD, {})
    return Record(
        phases=phases_lasted(changes, timezone.now()),
        published_at=published,
        days_to_publication=days_to_publication(changes, published),
        ideas=ideas,
        median_days=median_days(ideas),
        decisions=tuple((outcome.label, outcomes[outcome]) for outcome in Outcome),
        decisions_to_do=sum(outcomes[outcome] for outcome in ADOPTED),
        heard=heard.get("heard"),
        statements=heard.get("statements", 0),
        heard_by_group=tuple(
            (shown.labels.get(key, key), number) for key, number in heard.get("by_group", [])
        ),
        ways=tuple(
            (label, people)
            for way, label in WhoseWords.choices
            if (people := shown.cells(WAYS).get(way)) is not None
        ),
        groups=_groups(shown),
        wordings=shown.question("wordings"),
        disputes_shown=DisputeStep.objects.filter(
            line_answer__wording__conversation=conversation,
            outcome=DisputeStep.Outcome.STANDS,
            line_answer__wording__ended_at=None,
        )
        .values("line_answer__wording")
        .distinct()
        .count(),
    )


def phases_lasted(
    changes: Sequence[tuple[datetime.datetime, Sequence[str]]], now: datetime.datetime
) -> tuple[PhaseLasted, ...]:
    """Whole days that each phase was open, added up; one that is open counts until now."""
    lasted: dict[str, datetime.timedelta] = {}
    ends = [*(at for at, _ in changes[1:]), now]
    for (began, phases), ended in zip(changes, ends, strict=False):
        for phase in phases:
            lasted[phase] = lasted.get(phase, datetime.timedelta()) + (ended - began)
    is_open = set(changes[-1][1]) if changes else set()
    return tuple(
        PhaseLasted(Phase(phase).label, lasted[phase].days, phase in is_open)
        for phase in Phase.values
        if phase in lasted and phase != Phase.DRAFT
    )


def days_to_publication(
    changes: Sequence[tuple[datetime.datetime, Sequence[str]]],
    published: datetime.datetime | None,
) -> int | None:
    """Days from when people last could say or answer something to the first version.

    0 where they still could when it was published; None where nothing is published.
    """
    if published is None:
        return None
    taking_part = ALLOWED[Doing.SAY] | (ALLOWED[Doing.ANSWER] - {Phase.AGREEING})
    closed = None
    could = False
    for at, phases in changes:
        if at > published:
            break
        can = not taking_part.isdisjoint(phases)
        if could and not can:
            closed = at
        could = can
    if could or closed is None:
        return 0
    return (timezone.localdate(published) - timezone.localdate(closed)).days


def median_days(ideas: Sequence[IdeaOutcome]) -> float | None:
    """Days from an idea's first publication until all of it had a decision or a reply.

    Of ideas that have; None without any.
    """
    days = [
        max(0, (idea.answered_on - idea.waiting_since).days) for idea in ideas if idea.answered_on
    ]
    return median(days) if days else None


def _groups(shown: Shown) -> tuple[GroupRecord, ...]:
    took_part = shown.cells(TOOK_PART)
    became = {
        name: {group.key: group for group in shown.question(name).groups}
        for name in ("adopted", "not_shown", "put_together")
    }

    def share(name: str, key: str) -> str:
        group = became[name].get(key)
        return "too few to tell" if group is None else group.in_words

    return tuple(
        GroupRecord(
            label=label,
            took_part=took_part[key],
            said=became["adopted"][key].people if key in became["adopted"] else 0,
            adopted=share("adopted", key),
            not_shown=share("not_shown", key),
            put_together=share("put_together", key),
        )
        for key, label in shown.labels.items()
        if key in took_part
    )


@dataclass(frozen=True)
class Changed:
    """What changed: actions by where they stand, and those past their date."""

    actions: tuple[tuple[str, str, int], ...]
    disputed: tuple[Action, ...]
    overdue: tuple[Action, ...]
    confirmed: tuple[Action, ...]

    @property
    def by_standing(self) -> dict[str, int]:
        return {standing: number for standing, _, number in self.actions}


# A page lists these many of each; the rest is counted.
LISTED = 20


def what_changed(conversation: Conversation, today: datetime.date) -> Changed:
    actions = Action.objects.filter(conversation=conversation)
    standing = Counter(actions.values_list("standing", flat=True))
    return Changed(
        actions=tuple((each.value, each.label, standing[each]) for each in Action.Standing),
        disputed=tuple(actions.filter(standing=Action.Standing.DISPUTED)[:LISTED]),
        overdue=tuple(overdue(conversation, today)),
        confirmed=tuple(actions.filter(standing=Action.Standing.DONE)[:LISTED]),
    )
