"""Questions that people asked, with their answers, or how long they have waited."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils import timezone

from coproduce.decisions.models import QuestionAnswer
from coproduce.understanding.models import Passage, RaisedQuestion
from coproduce.words.models import Words

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it is published. `asked_on`: None where it was raised in a room, unpublished.

    `key` names it in a form: "words-12", or "raised-3" for one that the team typed in.
    """

    key: str
    text: str
    ref: str
    asked_on: datetime.date | None
    answer: QuestionAnswer | None
    today: datetime.date
    earlier: tuple[QuestionAnswer, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.answer is None

    @property
    def waiting_days(self) -> int:
        if self.answer is not None or self.asked_on is None:
            return 0
        return (self.today - self.asked_on).days


def questions_of(
    conversation: Conversation, today: datetime.date | None = None
) -> list[AskedQuestion]:
    """Every question that people may read; those without an answer first, the oldest first."""
    today = today or timezone.localdate()
    current = Prefetch(
        "answers",
        queryset=QuestionAnswer.objects.filter(ended_at=None).order_by("-made_at", "-pk"),
    )
    found: list[AskedQuestion] = []
    named: set[int] = set()
    published = _published(conversation)
    for raised in (
        RaisedQuestion.objects.filter(conversation=conversation)
        .select_related("words__kept_text")
        .prefetch_related("words__maskings", current)
    ):
        if raised.words_id:
            named.add(raised.words_id)
        if raised.retired_at is not None or (raised.words and not raised.words.is_shown):
            continue
        answers = list(raised.answers.all())
        words = raised.words
        found.append(
            AskedQuestion(
                key=f"words-{words.pk}" if words else f"raised-{raised.pk}",
                text=words.shown_text if words else raised.text,
                ref=words.ref if words else "",
                asked_on=timezone.localdate(words.given_at)
                if words
                else published.get(raised.text),
                answer=answers[0] if answers else None,
                today=today,
            )
        )
    for words in (
        Words.objects.filter(conversation=conversation, kind=Words.Kind.QUESTION)
        .shown()
        .with_text()
        .exclude(pk__in=named)
    ):
        found.append(
            AskedQuestion(
                key=f"words-{words.pk}",
                text=words.shown_text,
                ref=words.ref,
                asked_on=timezone.localdate(words.given_at),
                answer=None,
                today=today,
            )
        )
    # Within a day by reference, which chance drew: the order tells nothing of who asked.
    never = datetime.date.max
    found.sort(key=lambda one: (not one.is_open, one.asked_on or never, one.ref, one.key))
    return found


def with_earlier(questions: Sequence[AskedQuestion]) -> list[AskedQuestion]:
    """With the answers that stood before they were corrected, the latest first."""
    corrected = [one.answer for one in questions if one.answer and one.answer.replaces_id]
    if not corrected:
        return list(questions)
    before = {
        one.pk: one
        for one in QuestionAnswer.objects.filter(conversation=corrected[0].conversation_id).exclude(
            ended_at=None
        )
    }
    return [replace(one, earlier=tuple(_chain(one.answer, before))) for one in questions]


def _chain(
    answer: QuestionAnswer | None, before: dict[int, QuestionAnswer]
) -> Iterator[QuestionAnswer]:
    while answer is not None and answer.replaces_id in before:
        answer = before[answer.replaces_id]
        yield answer


def questions_by_key(
    conversation: Conversation, keys: Iterable[str]
) -> list[RaisedQuestion | Words]:
    """The questions that a form names, as `answer_questions` takes them; unknown ones are out."""
    wanted: dict[str, set[int]] = {"words": set(), "raised": set()}
    for key in keys:
        kind, _, number = key.partition("-")
        if kind in wanted and number.isdecimal() and len(number) < 16:
            wanted[kind].add(int(number))
    words = Words.objects.filter(
        conversation=conversation, kind=Words.Kind.QUESTION, pk__in=wanted["words"]
    ).order_by("pk")
    raised = RaisedQuestion.objects.filter(
        conversation=conversation, words=None, pk__in=wanted["raised"]
    ).order_by("pk")
    return [*words, *raised]


def _published(conversation: Conversation) -> dict[str, datetime.date]:
    """When a question that was raised in a room was first published, by its text."""
    rows = (
        Passage.objects.filter(version__conversation=conversation, kind=Passage.Kind.RAISED)
        .exclude(text="")
        .order_by("-version__number")
        .values_list("text", "version__published_at")
    )
    return {text: timezone.localdate(at) for text, at in rows}
