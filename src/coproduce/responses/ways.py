"""Answers by slip and by open link, shown apart.

A link can be passed on; a slip is handed to one person. Where the two differ, an organiser wants
to know. Only shares of many people are said, in words, so that no person's answer can be told.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from commonground.rounding import STEP, ShareWord
from coproduce.conversations.models import Conversation
from coproduce.people.models import CameBy, Participant
from coproduce.responses.models import Answer, Response

HANDED_OUT = (CameBy.SLIP, CameBy.PAPER)
OPEN = (CameBy.LINK, CameBy.JOIN_CODE)
ENOUGH_TO_COMPARE = 20
MOST_COMPARED = 500
"""The last people of each way are enough to compare, and no page reads all answers."""


@dataclass(frozen=True)
class WayOfAnswering:
    """All answers that people who came one way gave, to everything together."""

    title: str
    agree: ShareWord | None
    disagree: ShareWord | None
    not_sure: ShareWord | None

    @property
    def can_be_told(self) -> bool:
        return self.agree is not None


def share_word(part: int, whole: int) -> ShareWord:
    """A share of many answers in a word: "nearly all" from nine in ten, "few" to one in ten."""
    share = part / whole
    if share >= 0.9:
        return ShareWord.NEARLY_ALL
    if share >= 0.6:
        return ShareWord.MOST
    if share > 0.4:
        return ShareWord.ABOUT_HALF
    return ShareWord.SOME if share > 0.1 else ShareWord.FEW


def answers_by_way(conversation: Conversation) -> list[WayOfAnswering]:
    """Answers of people with slips, and of people by open link; nothing of fewer than 20 people.

    What somebody wrote themselves is left out: agreeing with it was not asked.
    """
    return [
        _answers(conversation, "With a slip", HANDED_OUT),
        _answers(conversation, "By open link or code", OPEN),
    ]


def _answers(conversation: Conversation, title: str, ways: tuple[CameBy, ...]) -> WayOfAnswering:
    people = _people(conversation, ways)
    if len(people) < ENOUGH_TO_COMPARE:
        return WayOfAnswering(title, None, None, None)
    counted = Response.objects.filter(participant__in=people, by_writing=False).aggregate(
        whole=Count("pk"),
        agree=Count("pk", filter=Q(answer=Answer.AGREE)),
        disagree=Count("pk", filter=Q(answer=Answer.DISAGREE)),
        not_sure=Count("pk", filter=Q(answer=Answer.NOT_SURE)),
    )
    return WayOfAnswering(
        title,
        *(
            share_word(counted[name], counted["whole"])
            for name in ("agree", "disagree", "not_sure")
        ),
    )


def _people(conversation: Conversation, ways: tuple[CameBy, ...]) -> list[int]:
    """The last of those who answered, in steps of 5, so that one more person moves nothing."""
    answered = Response.objects.filter(participant=OuterRef("pk"), by_writing=False)
    people = (
        Participant.objects.filter(conversation=conversation, came_by__in=ways, left_at=None)
        .filter(Exists(answered))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    reached = people.count()
    reached -= reached % STEP
    return list(people[max(0, reached - MOST_COMPARED) : reached])
