"""Reading letters: who gets one, how far they are; and until when an address is kept."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from coproduce.decisions.models import Action, Decision, Outcome
from coproduce.decisions.queries.news import news_of
from coproduce.telling.models import Address, Delivery, Letter

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

# After the last day that was promised: for the letter that says what came of it.
AFTER_THE_LAST_PROMISE = datetime.timedelta(days=28)
# A letter that begins with more than this is not read.
MOST_NEWS = 8
WITHOUT_A_PROMISE = datetime.timedelta(days=182)


def last_promise(conversation: Conversation, today: datetime.date) -> datetime.date:
    """The last day on which people were told that they hear something; `today` where none is left.

    The day by which people hear back; days of actions that are not done; days that decisions name.
    """
    promised = [today, conversation.hear_back_by or today]
    promised += (
        Action.objects.filter(conversation=conversation, standing__in=Action.NOT_DONE)
        .order_by()
        .values_list("due_on", flat=True)
        .distinct()
    )
    for decision in Decision.objects.filter(
        conversation=conversation, ended_at=None, outcome__in=[Outcome.TRY, Outcome.NOT_YET]
    ).prefetch_related("steps"):
        step = decision.latest_step
        if step is not None and step.by_when:
            promised.append(step.by_when)
    return max(promised)


def kept_until(conversation: Conversation, today: datetime.date | None = None) -> datetime.date:
    """The day on which an address that is left today is deleted."""
    today = today or timezone.localdate()
    last = last_promise(conversation, today)
    until = today + WITHOUT_A_PROMISE if last == today else last + AFTER_THE_LAST_PROMISE
    return min(until, conversation.delete_on) if conversation.delete_on else until


def how_many_get_one(conversation: Conversation) -> int:
    """How many addresses a letter goes to that is confirmed now."""
    return Address.objects.filter(
        conversation=conversation, delete_on__gt=timezone.localdate()
    ).count()


def letters_of(conversation: Conversation) -> QuerySet[Letter]:
    return Letter.objects.filter(conversation=conversation)


def beginning_of_a_letter(conversation: Conversation) -> tuple[str, str]:
    """Subject and text to start from: what is new since the last letter, to be put into words."""
    last = letters_of(conversation).aggregate(at=Max("confirmed_at"))["at"]
    news = [one for one in news_of(conversation, stop=MOST_NEWS) if last is None or one.at > last]
    lines = "".join(f"- {one.title}\n" for one in news)
    subject = f"What became of what you said: {conversation.name}"[:200]
    return subject, f"Hello,\n\nthis is new:\n\n{lines}" if news else "Hello,\n\n"


@dataclass(frozen=True)
class Going:
    """How far a letter is. `waiting`: it is tried, perhaps again. `problems`: why not, how often.

    What is neither sent, waiting nor given up went with its address, whose owner stopped letters.
    """

    letter: Letter
    waiting: int
    given_up: int
    problems: tuple[tuple[str, int], ...]

    @property
    def stopped(self) -> int:
        return max(0, self.letter.how_many - self.letter.sent - self.waiting - self.given_up)


def how_they_go(letters: list[Letter]) -> list[Going]:
    """In two questions to the database, however many letters and addresses."""
    waiting: Counter[int] = Counter()
    given_up: Counter[int] = Counter()
    problems: dict[int, Counter[str]] = {}
    for row in (
        Delivery.objects.filter(letter__in=letters, sent_at=None)
        .order_by()
        .values("letter_id", "given_up", "problem")
        .annotate(number=Count("pk"))
    ):
        counted = given_up if row["given_up"] else waiting
        counted[row["letter_id"]] += row["number"]
        if row["problem"]:
            told = problems.setdefault(row["letter_id"], Counter())
            told[row["problem"]] += row["number"]
    return [
        Going(
            letter=one,
            waiting=waiting[one.pk],
            given_up=given_up[one.pk],
            problems=tuple(sorted(problems.get(one.pk, Counter()).items())),
        )
        for one in letters
    ]
