"""The draft, line by line, for somebody who goes through it: unranked and uncounted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import F

from coproduce.agreeing.models import LineAnswer
from coproduce.ideas.models import Placement, Wording
from coproduce.responses.models import Response
from coproduce.statements.models import Statement
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from coproduce.people.models import Participant

LAST = (1 << 31, 0)


@dataclass(frozen=True)
class LineHere:
    """A line of the draft: `ref` of the listed words, or `wording`, the key of a combined one."""

    ref: str
    wording: int | None
    is_answered: bool

    @property
    def name(self) -> str:
        return self.ref if self.wording is None else f"wording {self.wording}"


@dataclass(frozen=True)
class HeadingHere:
    name: str
    lines: tuple[LineHere, ...]

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)

    @property
    def next(self) -> LineHere | None:
        """Where to begin under this heading: the first that is not answered, or the first."""
        waiting = (line for line in self.lines if not line.is_answered)
        return next(waiting, self.lines[0] if self.lines else None)


@dataclass(frozen=True)
class Walk:
    """The way through the draft, in the order in which people arranged it."""

    headings: tuple[HeadingHere, ...]

    @property
    def lines(self) -> tuple[LineHere, ...]:
        return tuple(line for heading in self.headings for line in heading.lines)

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)

    @property
    def begin(self) -> LineHere | None:
        return next((line for line in self.lines if not line.is_answered), None)

    def place(self, name: str) -> int | None:
        """1 for the first line; None where no line of the draft goes by that name now."""
        places = (place for place, line in enumerate(self.lines, 1) if line.name == name)
        return next(places, None)

    def heading_of(self, name: str) -> str:
        return next(
            (h.name for h in self.headings if any(line.name == name for line in h.lines)), ""
        )

    def after(self, name: str) -> LineHere | None:
        """The next line that is not answered, from here to the end and then from the beginning."""
        lines = self.lines
        here = (self.place(name) or 0) - 1
        round_once = (*lines[here + 1 :], *lines[: max(here, 0)])
        return next((line for line in round_once if not line.is_answered), None)

    def following(self, name: str) -> LineHere | None:
        """The line that stands after this one, answered or not."""
        return next((after for here, after in pairwise(self.lines) if here.name == name), None)


def walk_through(participant: Participant) -> Walk:
    """Every line of the draft and whether this person has answered it. Seven questions."""
    conversation = participant.conversation
    listed = {
        cluster: (ref, question)
        for cluster, ref, question in Statement.objects.filter(
            conversation=conversation, cluster__listed=F("pk")
        )
        .shown()
        .values_list("cluster_id", "words__ref", "question_id")
    }
    places = _places(conversation.pk)
    wordings = _wordings(conversation.pk)
    answered = set(
        Response.objects.filter(participant=participant)
        .exclude(statement__words__standing=Standing.WITHDRAWN)
        .values_list("statement__cluster", flat=True)
    )
    said = set(LineAnswer.objects.held_by(participant).values_list("wording", flat=True))

    def in_words(cluster: int) -> LineHere:
        return LineHere(listed[cluster][0], None, cluster in answered)

    headings = []
    ideas = list(conversation.ideas.kept().values_list("pk", "name", "question_id"))
    in_ideas = {cluster for placed in places.values() for cluster in placed}
    for question in conversation.questions.all():
        for idea, name, of_question in ideas:
            if of_question != question.pk:
                continue
            here = {c: place for c, place in places.get(idea, {}).items() if c in listed}
            lines: list[tuple[tuple[int, int], LineHere]] = []
            worded: set[int] = set()
            for wording, clusters in wordings.get(idea, {}).items():
                worded |= clusters
                first = min((here[c] for c in clusters if c in here), default=LAST)
                lines.append((first, LineHere("", wording, wording in said)))
            lines += [(place, in_words(c)) for c, place in here.items() if c not in worded]
            lines.sort(key=lambda entry: entry[0])
            if lines:
                headings.append(HeadingHere(name, tuple(line for _, line in lines)))
        others = sorted(
            (ref, cluster)
            for cluster, (ref, of_question) in listed.items()
            if of_question == question.pk and cluster not in in_ideas
        )
        if others:
            headings.append(HeadingHere(question.text, tuple(in_words(c) for _, c in others)))
    return Walk(tuple(headings))


def _places(conversation: int) -> dict[int, dict[int, tuple[int, int]]]:
    """By idea: where each cluster stands in it, by the first of its statements."""
    places: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for idea, cluster, position, key in (
        Placement.objects.held()
        .filter(
            idea__conversation=conversation,
            idea__retired_at=None,
            statement__words__standing=Standing.SHOWN,
        )
        .values_list("idea_id", "statement__cluster_id", "position", "pk")
    ):
        earlier = places[idea].get(cluster, (position, key))
        places[idea][cluster] = min(earlier, (position, key))
    return dict(places)


def _wordings(conversation: int) -> dict[int, dict[int, set[int]]]:
    """By idea: the wordings of the draft, and the clusters that each rests on."""
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for idea, wording, cluster in (
        Wording.rests_on.through.objects.filter(
            wording__conversation=conversation,
            wording__ended_at=None,
            wording__idea__retired_at=None,
            statement__words__standing=Standing.SHOWN,
        )
        .order_by("wording__position", "wording")
        .values_list("wording__idea_id", "wording_id", "statement__cluster_id")
    ):
        found[idea][wording].add(cluster)
    return {idea: dict(wordings) for idea, wordings in found.items()}
