"""What became of each idea of the published version: a decision, a reply, or waiting."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Min, prefetch_related_objects
from django.utils import timezone

from coproduce.decisions.models import Decision, Reply, RestsOn
from coproduce.decisions.queries.earlier import with_earlier
from coproduce.decisions.queries.lines import still_waiting
from coproduce.understanding.models import Passage, PassageSource, Version

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


_Rest = Decision | Reply
SOME = 5


class PublishedLine(NamedTuple):
    """What is needed of a passage here. A record each would be most of the time of a page."""

    pk: int
    ref: str
    idea_id: int | None
    idea_name: str
    text: str


@dataclass(frozen=True)
class LineOutcome:
    """A line of the version, and what reaches it.

    It waits while nothing reaches some of the words under it that can be read.
    """

    passage: PublishedLine
    decisions: tuple[Decision, ...]
    replies: tuple[Reply, ...]
    is_waiting: bool

    @property
    def answered_at(self) -> datetime.datetime | None:
        """When the first decision or reply that reaches it was made."""
        told: list[_Rest] = [*self.decisions, *self.replies]
        return min((one.made_at for one in told), default=None)


@dataclass(frozen=True)
class IdeaOutcome:
    """An idea of the latest version (`idea_id` None: what stands under no heading).

    It waits until something rests on it, or reaches every line of it. `decisions` and `replies`
    are all that rest on it, on a line of it or on words under one. `waiting_since`: the day on
    which it was first published. `promised`: by when people were told that they hear back.
    """

    idea_id: int | None
    name: str
    lines: tuple[LineOutcome, ...]
    decisions: tuple[Decision, ...]
    replies: tuple[Reply, ...]
    waiting_since: datetime.date
    promised: datetime.date | None
    today: datetime.date

    @property
    def is_waiting(self) -> bool:
        return self.lines_waiting > 0

    @property
    def is_partly_answered(self) -> bool:
        """Some of its lines have a decision or a reply, and others wait."""
        return self.is_waiting and bool(self.decisions or self.replies)

    @cached_property
    def answered_on(self) -> datetime.date | None:
        """The day on which the last of its lines had an answer; None while it waits."""
        if self.is_waiting:
            return None
        moments = [moment for line in self.lines if (moment := line.answered_at)]
        return timezone.localdate(max(moments)) if moments else None

    @cached_property
    def lines_waiting(self) -> int:
        """How many of its lines wait."""
        return sum(line.is_waiting for line in self.lines)

    @property
    def first_waiting(self) -> list[LineOutcome]:
        """Some of the lines that wait, to lead to."""
        return [line for line in self.lines if line.is_waiting][:SOME]

    @property
    def waiting_days(self) -> int:
        return (self.today - self.waiting_since).days if self.is_waiting else 0

    @property
    def days_late(self) -> int:
        """Days after the promised date, for what still waits; 0 before it, or without one."""
        if not self.is_waiting or self.promised is None:
            return 0
        return max(0, (self.today - self.promised).days)


def what_became_of_ideas(
    conversation: Conversation,
    today: datetime.date | None = None,
    *,
    among: Collection[int] | None = None,
) -> list[IdeaOutcome]:
    """The ideas of the latest version in its order; empty where none is published.

    `among`: only these ideas are read.
    """
    outcomes = what_became_of_lines(conversation, today, among=among)
    return [one for one in outcomes if one.idea_id is not None]


def with_steps(outcomes: Iterable[IdeaOutcome]) -> None:
    """Read where their decisions stand, and what their replies said before, for a page.

    The same decision once.
    """
    outcomes = list(outcomes)
    decisions = {one.pk: one for outcome in outcomes for one in outcome.decisions}
    prefetch_related_objects(list(decisions.values()), "steps")
    with_earlier(
        reply
        for outcome in outcomes
        for replies in (outcome.replies, *(line.replies for line in outcome.lines))
        for reply in replies
    )


def what_became_of_lines(
    conversation: Conversation,
    today: datetime.date | None = None,
    *,
    among: Collection[int] | None = None,
) -> list[IdeaOutcome]:
    """As `what_became_of_ideas`; and last, where there are any, the lines under no heading."""
    today = today or timezone.localdate()
    latest = (
        Version.objects.filter(conversation=conversation)
        .defer("frozen", "counted")
        .order_by("-number")
        .first()
    )
    if latest is None:
        return []
    passages: dict[int | None, list[PublishedLine]] = defaultdict(list)
    names: dict[int | None, str] = {}
    published = Passage.objects.filter(version=latest).exclude(kind=Passage.Kind.RAISED)
    if among is not None:
        published = published.filter(idea__in=among)
    for passage in map(
        PublishedLine._make,
        published.order_by("position").values_list("pk", "ref", "idea_id", "idea_name", "text"),
    ):
        passages[passage.idea_id].append(passage)
        names.setdefault(passage.idea_id, passage.idea_name)
    since = timezone.localdate(latest.published_at)
    first = _first_published(conversation) if latest.number > 1 else {}
    rests = _Rests(conversation, latest, among)
    rests.find_waiting(passages)
    order = sorted(passages, key=lambda idea: (idea is None,))
    return [
        rests.of(
            idea,
            names[idea],
            passages[idea],
            first.get(idea, since),
            conversation.hear_back_by,
            today,
        )
        for idea in order
    ]


def _first_published(conversation: Conversation) -> dict[int | None, datetime.date]:
    """By idea, the day on which a version first held it."""
    moments = (
        Passage.objects.filter(version__conversation=conversation)
        .exclude(idea=None)
        .order_by()
        .values_list("idea_id")
        .annotate(first=Min("version__published_at"))
    )
    # As many days as versions, however many ideas.
    day = lru_cache(timezone.localdate)
    return {idea: day(moment) for idea, moment in moments}


class _Rests:
    """What rests on ideas, lines (of any version) and words of a conversation, read once."""

    def __init__(
        self, conversation: Conversation, latest: Version, among: Collection[int] | None
    ) -> None:
        self.on: dict[tuple[str, int], list[_Rest]] = defaultdict(list)
        self.of_idea: dict[int, list[_Rest]] = defaultdict(list)
        self.waiting: set[int] = set()
        held = RestsOn.objects.held().for_everybody().filter(conversation=conversation, action=None)
        rows = list(
            held.order_by("at", "pk").values_list(
                "decision_id",
                "reply_id",
                "idea_id",
                "words_id",
                "passage_id",
                "passage__idea_id",
                "passage__version_id",
            )
        )
        # Each record once, however much it rests on.
        decisions = Decision.objects.filter(conversation=conversation, ended_at=None).in_bulk(
            list({row[0] for row in rows if row[0]})
        )
        replies = Reply.objects.filter(conversation=conversation).in_bulk(
            list({row[1] for row in rows if row[1]})
        )
        earlier = set()
        for decision, reply, idea, words, passage, idea_of_line, version in rows:
            one = decisions.get(decision) or replies.get(reply)
            if one is None:
                continue
            if idea:
                self.on["idea", idea].append(one)
            elif words:
                self.on["words", words].append(one)
            else:
                self.on["passage", passage].append(one)
                if version != latest.pk:
                    earlier.add(passage)
                if idea_of_line:
                    # A line of an earlier version stood under the same idea.
                    self.of_idea[idea_of_line].append(one)
        self.sources: dict[int, list[int]] = defaultdict(list)
        self.lines_of: dict[int, list[int]] = defaultdict(list)
        if self.on:
            sources = PassageSource.objects.filter(passage__version=latest)
            if among is not None:
                sources = sources.filter(passage__idea__in=among)
            for passage, words in sources.order_by().values_list("passage_id", "words_id"):
                self.sources[passage].append(words)
        if earlier:
            self._earlier_lines(earlier)
        # Words that something rests on, or on an earlier line of them.
        self.told = {key for kind, key in self.on if kind == "words"} | self.lines_of.keys()

    def _earlier_lines(self, earlier: Collection[int]) -> None:
        """Lines of earlier versions reach today's line through the words that both rest on."""
        for passage, words in PassageSource.objects.filter(passage__in=earlier).values_list(
            "passage_id", "words_id"
        ):
            self.lines_of[words].append(passage)

    def find_waiting(self, passages: Mapping[int | None, list[PublishedLine]]) -> None:
        """Which of these lines wait: `waiting`."""
        unclear: list[int] = []
        for idea, lines in passages.items():
            if idea is not None and ("idea", idea) in self.on:
                continue
            waits = [line.pk for line in lines if ("passage", line.pk) not in self.on]
            in_part = [key for key in waits if not self.told.isdisjoint(self.sources.get(key, ()))]
            self.waiting.update(waits)
            if idea is None:
                # Each of them waits for itself.
                unclear += in_part
            elif in_part or len(waits) < len(lines):
                unclear += [key for key in waits if key in self.sources]
        if unclear:
            self.waiting.difference_update(unclear)
            sources = PassageSource.objects.filter(passage__in=unclear)
            self.waiting |= still_waiting(sources, self.told)

    def _on_line(self, line: int) -> list[_Rest]:
        """What rests on the line itself, on words under it, or on an earlier line of those."""
        own = [*self.on.get(("passage", line), ())]
        for words in self.sources.get(line, ()):
            if words not in self.told:
                continue
            own += self.on.get(("words", words), ())
            for earlier in self.lines_of.get(words, ()):
                own += self.on["passage", earlier]
        return own

    def of(
        self,
        idea: int | None,
        name: str,
        passages: list[PublishedLine],
        since: datetime.date,
        promised: datetime.date | None,
        today: datetime.date,
    ) -> IdeaOutcome:
        whole = self.on.get(("idea", idea), []) if idea is not None else []
        of_whole = _decisions(whole), _replies(whole)
        lines = []
        found = [*whole, *(self.of_idea.get(idea, []) if idea is not None else [])]
        for passage in passages:
            own = self._on_line(passage.pk)
            waits = passage.pk in self.waiting
            if not own:
                lines.append(LineOutcome(passage, *of_whole, waits))
                continue
            found += own
            own = [*whole, *own]
            lines.append(LineOutcome(passage, _decisions(own), _replies(own), waits))
        return IdeaOutcome(
            idea_id=idea,
            name=name,
            lines=tuple(lines),
            decisions=_decisions(found),
            replies=_replies(found),
            waiting_since=since,
            promised=promised,
            today=today,
        )


def _decisions(rests: list[_Rest]) -> tuple[Decision, ...]:
    return tuple({one.pk: one for one in rests if isinstance(one, Decision)}.values())


def _replies(rests: list[_Rest]) -> tuple[Reply, ...]:
    return tuple({one.pk: one for one in rests if isinstance(one, Reply)}.values())
