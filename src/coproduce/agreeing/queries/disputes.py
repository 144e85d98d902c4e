"""Wordings that people whose words they rest on say are not quite what they meant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce.agreeing.models import DisputeStep, LineAnswer
from coproduce.ideas.models import Wording
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation

# What stands where a reason cannot be read. Held and set apart say the same.
INSTEAD = {
    Standing.WAITING: "Somebody must look at their reason first.",
    Standing.WITHDRAWN: "They took their reason back.",
}
NOT_SHOWN = "Their reason is not shown to others."


@dataclass(frozen=True)
class DisputeSeen:
    """A dispute as the team sees it: the words once they are shown, never who wrote them."""

    key: int
    text: str
    waits_for_look: bool
    instead: str


@dataclass(frozen=True)
class Disputed:
    """A wording of the draft, and the disputes that nobody of the team has answered yet."""

    wording: Wording
    disputes: tuple[DisputeSeen, ...]


def _of_the_draft(conversation: Conversation) -> QuerySet[LineAnswer]:
    return LineAnswer.objects.disputing().filter(
        wording__conversation=conversation,
        wording__ended_at=None,
        wording__idea__retired_at=None,
    )


def open_disputes(conversation: Conversation) -> QuerySet[LineAnswer]:
    """Disputes about wordings of the draft, without an answer of the team."""
    return _of_the_draft(conversation).filter(steps=None)


def disputed_wordings(conversation: Conversation) -> list[Disputed]:
    """Wordings with open disputes, the longest waiting first. A constant number of questions."""
    by_wording: dict[int, list[LineAnswer]] = defaultdict(list)
    for answer in (
        open_disputes(conversation)
        .select_related("wording__idea", "words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("at", "pk")
    ):
        by_wording[answer.wording_id].append(answer)
    return [
        # Within a wording by reference: chance drew it, so that the order tells nothing.
        Disputed(found[0].wording, tuple(sorted(map(_seen, found), key=lambda one: one.text)))
        for found in by_wording.values()
    ]


def _seen(answer: LineAnswer) -> DisputeSeen:
    words = answer.words
    if words is not None and words.is_shown:
        return DisputeSeen(answer.pk, words.shown_text, False, "")
    standing = Standing(words.standing) if words is not None else Standing.WITHDRAWN
    waits = standing == Standing.WAITING
    return DisputeSeen(answer.pk, "", waits, INSTEAD.get(standing, NOT_SHOWN))


def standing_disputes(conversation: Conversation) -> dict[int, list[LineAnswer]]:
    """By wording of the draft: disputes that the team lets stand beside it, by reference."""
    found: dict[int, list[LineAnswer]] = defaultdict(list)
    for answer in (
        _of_the_draft(conversation)
        .filter(steps__outcome=DisputeStep.Outcome.STANDS)
        .select_related("words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("words__ref", "pk")
        .distinct()
    ):
        found[answer.wording_id].append(answer)
    return dict(found)


def steps_for(answers: Iterable[LineAnswer]) -> dict[int, DisputeStep]:
    """What the team did last about each of these disputes."""
    return {
        step.line_answer_id: step
        for step in DisputeStep.objects.filter(line_answer__in=list(answers)).order_by("at", "pk")
    }
