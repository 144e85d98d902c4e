"""What became of each idea of the published version: a decision, a reply, or waiting."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Min, prefetch_related_objects
from django.utils import timezone

from coproduce.decisions.models import Decision, Reply, RestsOn
from coproduce.decisions.queries.earlier import with_earlier
from coproduce.decisions.queries.lines import still_waiting
from coproduce.prepared import Prepared, PreparedModels
from coproduce.understanding.models import Passage, PassageSource, Version

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation


SOME = 5


class Told(NamedTuple):
    """The key of a decision, or of a reply."""

    decision: int | None
    reply: int | None


class PublishedLine(NamedTuple):
    """What is needed of a passage here. A record each would be most of the time of a page."""

    pk: int
    ref: str
    idea_id: int | None
    idea_name: str
    text: str


@dataclass(frozen=True)
class LineOutcome:
    """A line of the version. It waits while nothing reaches some of its words that can be read."""

    passage: PublishedLine
    is_waiting: bool


@dataclass(frozen=True)
class IdeaOutcome:
    """An idea of the latest version (`idea_id` None: what stands under no heading).

    It waits until something rests on it, or reaches every line of it. `decisions` and `replies`
    are all that rest on it, on a line of it or on words under one. `waiting_since`: the day on
    which it was first published. `promised`: by when people were told that they hear back.

    What it is told is known by key. The records are read when somebody asks for them; `with_steps`
    reads those of a page together.
    """

    idea_id: int | None
    name: str
    published: tuple[PublishedLine, ...]
    waiting_since: datetime.date
    promised: datetime.date | None
    today: datetime.date
    rests: Rests = field(repr=False, compare=False)

    @cached_property
    def lines(self) -> tuple[LineOutcome, ...]:
        return tuple(LineOutcome(line, line.pk in self.rests.waiting) for line in self.published)

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What reaches it or a line of it, each once."""
        found = [*self.rests.on_idea(self.idea_id), *self.rests.on_lines_of(self.idea_id)]
        for line in self.published:
            found += self.rests.on_line(line.pk)
        return tuple(dict.fromkeys(found))

    @property
    def is_decided(self) -> bool:
        return any(one.decision for one in self.told)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return self.rests.decisions(self.told)

    @property
    def replies(self) -> tuple[Reply, ...]:
        return self.rests.replies(self.told)

    @property
    def is_waiting(self) -> bool:
        return self.lines_waiting > 0

    @property
    def is_partly_answered(self) -> bool:
        """Some of its lines have a decision or a reply, and others wait."""
        return self.is_waiting and bool(self.told)

    @cached_property
    def answered_on(self) -> datetime.date | None:
        """The day on which the last of its lines had an answer; None while it waits."""
        if self.is_waiting:
            return None
        made_at = self.rests.made_at
        whole = self.rests.on_idea(self.idea_id)
        first = [
            min(made_at[one] for one in reached)
            for line in self.published
            if (reached := [*whole, *self.rests.on_line(line.pk)])
        ]
        return timezone.localdate(max(first)) if first else None

    @cached_property
    def lines_waiting(self) -> int:
        """How many of its lines wait."""
        waiting = self.rests.waiting
        return sum(line.pk in waiting for line in self.published)

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
    for rests in {id(one.rests): one.rests for one in outcomes}.values():
        rests.read([told for one in outcomes if one.rests is rests for told in one.told])
    decisions = {one.pk: one for outcome in outcomes for one in outcome.decisions}
    prefetch_related_objects(list(decisions.values()), "steps")
    with_earlier(reply for outcome in outcomes for reply in outcome.replies)


def what_became_of_lines(
    conversation: Conversation,
    today: datetime.date | None = None,
    *,
    among: Collection[int] | None = None,
) -> list[IdeaOutcome]:
    """As `what_became_of_ideas`; and last, where there are any, the lines under no heading."""
    today = today or timezone.localdate()
    latest = _latest.first(conversation=conversation.pk)
    if latest is None:
        return []
    passages: dict[int | None, list[PublishedLine]] = defaultdict(list)
    names: dict[int | None, str] = {}
    published = (
        _lines.rows(version=latest.pk)
        if among is None
        else _lines_of(latest.pk).filter(idea__in=among)
    )
    for passage in map(PublishedLine._make, published):
        passages[passage.idea_id].append(passage)
        names.setdefault(passage.idea_id, passage.idea_name)
    since = timezone.localdate(latest.published_at)
    first = _first_published(conversation) if latest.number > 1 else {}
    rests = Rests(conversation, latest, among)
    rests.find_waiting(passages)
    order = sorted(passages, key=lambda idea: (idea is None,))
    return [
        IdeaOutcome(
            idea_id=idea,
            name=names[idea],
            published=tuple(passages[idea]),
            waiting_since=first.get(idea, since),
            promised=conversation.hear_back_by,
            today=today,
            rests=rests,
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


def _lines_of(version: int) -> QuerySet[Passage, tuple[Any, ...]]:
    return (
        Passage.objects.filter(version=version)
        .exclude(kind=Passage.Kind.RAISED)
        .order_by("position")
        .values_list("pk", "ref", "idea_id", "idea_name", "text")
    )


def _sources_of(version: int) -> QuerySet[PassageSource, tuple[Any, ...]]:
    return (
        PassageSource.objects.filter(passage__version=version)
        .order_by()
        .values_list("passage_id", "words_id")
    )


# Asked on half of the longest pages.
_latest = PreparedModels(
    lambda conversation: (
        Version.objects.filter(conversation=conversation)
        .defer("frozen", "counted")
        .order_by("-number")[:1]
    ),
    "conversation",
)
_lines = Prepared(_lines_of, "version")
_sources = Prepared(_sources_of, "version")
_held = Prepared(
    lambda conversation: (
        RestsOn.objects.held()
        .for_everybody()
        .filter(conversation=conversation, action=None, decision__ended_at=None)
        .order_by("at", "pk")
        .values_list(
            "decision_id",
            "reply_id",
            "idea_id",
            "words_id",
            "passage_id",
            "passage__idea_id",
            "passage__version_id",
        )
    ),
    "conversation",
)


class Rests:
    """What rests on ideas, lines (of any version) and words of a conversation, read once."""

    def __init__(
        self, conversation: Conversation, latest: Version, among: Collection[int] | None
    ) -> None:
        self.conversation = conversation
        self.on: dict[tuple[str, int], list[Told]] = defaultdict(list)
        self.of_idea: dict[int, list[Told]] = defaultdict(list)
        self.waiting: set[int] = set()
        self._decisions: dict[int, Decision] = {}
        self._replies: dict[int, Reply] = {}
        earlier = set()
        for decision, reply, idea, words, passage, idea_of_line, version in _held.rows(
            conversation=conversation.pk
        ):
            one = Told(decision, reply)
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
        self.lines_of: dict[int, list[int]] = defaultdict(list)
        if earlier:
            self._earlier_lines(earlier)
        # Words that something rests on, or on an earlier line of them.
        self.told = {key for kind, key in self.on if kind == "words"} | self.lines_of.keys()
        # Lines that rest on words, and of those words the ones that were told something.
        self.with_sources: set[int] = set()
        self.told_under: dict[int, list[int]] = defaultdict(list)
        if self.on:
            sources = (
                _sources.rows(version=latest.pk)
                if among is None
                else _sources_of(latest.pk).filter(passage__idea__in=among)
            )
            for passage, words in sources:
                self.with_sources.add(passage)
                if words in self.told:
                    self.told_under[passage].append(words)

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
            in_part = [key for key in waits if key in self.told_under]
            self.waiting.update(waits)
            if idea is None:
                # Each of them waits for itself.
                unclear += in_part
            elif in_part or len(waits) < len(lines):
                unclear += [key for key in waits if key in self.with_sources]
        if unclear:
            self.waiting.difference_update(unclear)
            sources = PassageSource.objects.filter(passage__in=unclear)
            self.waiting |= still_waiting(sources, self.told)

    def on_idea(self, idea: int | None) -> Sequence[Told]:
        """What rests on an idea as a whole."""
        return self.on.get(("idea", idea), ()) if idea is not None else ()

    def on_lines_of(self, idea: int | None) -> Sequence[Told]:
        """What rests on lines that stand, or stood in an earlier version, under an idea."""
        return self.of_idea.get(idea, ()) if idea is not None else ()

    def on_line(self, line: int) -> list[Told]:
        """What rests on the line itself, on words under it, or on an earlier line of those."""
        own = [*self.on.get(("passage", line), ())]
        for words in self.told_under.get(line, ()):
            own += self.on.get(("words", words), ())
            for earlier in self.lines_of.get(words, ()):
                own += self.on["passage", earlier]
        return own

    def read(self, told: Iterable[Told]) -> None:
        """Read the records of these together, if they were not read before."""
        told = list(told)
        decisions = {one.decision for one in told if one.decision} - self._decisions.keys()
        replies = {one.reply for one in told if one.reply} - self._replies.keys()
        if decisions:
            self._decisions.update(Decision.objects.in_bulk(list(decisions)))
        if replies:
            self._replies.update(Reply.objects.in_bulk(list(replies)))

    def _have(self, told: Iterable[Told]) -> None:
        """Have these at hand. Where one was not read, all are: nobody said which are needed."""
        if any(
            one.decision not in self._decisions if one.decision else one.reply not in self._replies
            for one in told
        ):
            self.read(one for some in self.on.values() for one in some)

    def decisions(self, told: Sequence[Told]) -> tuple[Decision, ...]:
        self._have(told)
        return tuple(self._decisions[one.decision] for one in told if one.decision)

    def replies(self, told: Sequence[Told]) -> tuple[Reply, ...]:
        self._have(told)
        return tuple(self._replies[one.reply] for one in told if one.reply)

    @cached_property
    def made_at(self) -> dict[Told, datetime.datetime]:
        """When each decision and reply of the conversation was made."""
        decided = Decision.objects.filter(conversation=self.conversation, ended_at=None)
        replied = Reply.objects.filter(conversation=self.conversation)
        return {
            **{Told(key, None): at for key, at in decided.values_list("pk", "made_at")},
            **{Told(None, key): at for key, at in replied.values_list("pk", "made_at")},
        }
