"""The shared understanding as it reads: the same for the draft and for a published version.

Frozen values, made from the arrangement (queries/draft.py) or from a version
(queries/versions.py), and shown by one template.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coproduce.agreeing.queries.people import WordingsAsked
from coproduce.understanding.figures import ShownFigure
from coproduce.understanding.models import Passage
from coproduce.words.models import Standing

NOTES = {
    Standing.WITHDRAWN: "Words stood here. The person who wrote them took them back.",
}
NOT_SHOWN = "Words stood here. They are not shown any more."
# What stands under no heading of a question that has ideas, and of one that has none.
SAID_TOO, WHAT_PEOPLE_SAID, RAISED = "Said too", "What people said", "Questions that people raised"
RESTED_ON_LOST = (
    "Some of the words that this rests on were taken back, or are not shown any more. "
    "The team looks at it again."
)


@dataclass(frozen=True)
class Source:
    """Words that a line rests on. `text` is empty where a note stands in their place."""

    words_id: int
    ref: str
    digest: str
    text: str
    standing: str
    is_listed: bool
    room_marks: int = 0
    masked_later: bool = False

    @property
    def is_shown(self) -> bool:
        return self.standing == Standing.SHOWN

    @property
    def note(self) -> str:
        """What is said in place of the words, or nothing."""
        return "" if self.is_shown else NOTES.get(Standing(self.standing), NOT_SHOWN)


@dataclass(frozen=True)
class Dispute:
    """Somebody whose words a wording rests on says that it is not quite what they meant.

    `words_id` and `text` are of their reason; none where it was never shown to others.
    """

    words_id: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Line:
    """A line: words as people said them, a combined wording, or a question people raised.

    `figures`: what may be shown of each statement, or each that was put together, that the line
    rests on; one for a line in people's words. `agreed`: what may be shown of the answers to a
    combined wording itself. `ref` is its address once it is published.
    """

    kind: str
    text: str
    sources: tuple[Source, ...]
    figures: tuple[ShownFigure, ...] = ()
    from_people: bool = True
    question_id: int | None = None
    idea_id: int | None = None
    wording_id: int | None = None
    ref: str = ""
    agreed: ShownFigure | None = None
    disputes: tuple[Dispute, ...] = ()

    @property
    def is_wording(self) -> bool:
        return self.kind == Passage.Kind.WORDING

    @property
    def listed(self) -> tuple[Source, ...]:
        return tuple(source for source in self.sources if source.is_listed)

    @property
    def others(self) -> tuple[Source, ...]:
        """What stands one tap away: under a wording all that it rests on."""
        return tuple(source for source in self.sources if not source.is_listed)

    @property
    def room_marks(self) -> int:
        return sum(source.room_marks for source in self.listed)

    @property
    def marks_put_together(self) -> int:
        """Room marks on words that were put together with those listed."""
        return sum(source.room_marks for source in self.others)

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The partner groups that agree with everything that the line rests on."""
        if not self.figures:
            return ()
        return tuple(
            group
            for group in self.figures[0].agreeing
            if all(group in figure.agreeing for figure in self.figures)
        )

    @property
    def fewer_agreed(self) -> bool:
        """People answered, or could have, and no partner group agrees so far."""
        return self.from_people and not self.agreeing and not self.room_marks

    @property
    def note(self) -> str:
        if self.is_wording and any(not source.is_shown for source in self.sources):
            return RESTED_ON_LOST
        return ""

    @property
    def is_empty(self) -> bool:
        """Every word of the line was taken back or is not shown any more."""
        return not self.text and not any(source.is_shown for source in self.listed)


@dataclass(frozen=True)
class IdeaPart:
    idea_id: int
    name: str
    summary: str
    room_marks: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class QuestionPart:
    """One question: its ideas, and then what stands in no idea."""

    question_id: int
    text: str
    ideas: tuple[IdeaPart, ...]
    others: tuple[Line, ...]


@dataclass(frozen=True)
class TookPart:
    """How many took part, as it may be told: rounded to 5, 0 for a few or none."""

    people: int
    groups: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int | None:
        """None where partner groups are told: beside them it can give a hidden one away."""
        return None if self.groups else self.people


@dataclass(frozen=True)
class Rule:
    """What held for everybody: how many are enough, and what the partner groups are called."""

    enough: int
    one_room: bool
    groups: tuple[tuple[str, str], ...]

    @property
    def each(self) -> int:
        return 2 if self.enough <= 3 else 3


@dataclass(frozen=True)
class Facts:
    """What is true of a whole document, where only a part of its lines was read."""

    has_room_marks: bool
    has_answers: bool
    has_wordings: bool


@dataclass(frozen=True)
class Document:
    """`whole`: told where `questions` and `raised` hold a part of the lines, or none."""

    title: str
    introduction: str
    how_it_was_done: str
    order: str
    rule: Rule
    asked: int | None
    took_part: TookPart
    said: int
    questions: tuple[QuestionPart, ...]
    raised: tuple[Line, ...]
    what_changed: str = ""
    wordings_asked: WordingsAsked | None = None
    whole: Facts | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line in the order in which it reads."""
        return (*self._answers(), *self.raised)

    def _answers(self) -> Iterator[Line]:
        for question in self.questions:
            for idea in question.ideas:
                yield from idea.lines
            yield from question.others

    @property
    def has_room_marks(self) -> bool:
        if self.whole is not None:
            return self.whole.has_room_marks
        in_ideas = any(idea.room_marks for part in self.questions for idea in part.ideas)
        return in_ideas or any(source.room_marks for line in self.lines for source in line.sources)

    @property
    def has_answers(self) -> bool:
        if self.whole is not None:
            return self.whole.has_answers
        return any(line.from_people for line in self._answers())

    @property
    def has_wordings(self) -> bool:
        if self.whole is not None:
            return self.whole.has_wordings
        return any(line.is_wording for line in self._answers())


def fingerprint(document: Document) -> str:
    """The digest of everything that a person decided: text, sources, order, headings.

    Figures and the number of people are left out. They follow the rules, move while people
    answer, and stand as they are when the second key turns.
    """
    told: dict[str, Any] = {
        "title": document.title,
        "introduction": document.introduction,
        "how": document.how_it_was_done,
        "order": document.order,
        "asked": document.asked,
        "changed": document.what_changed,
        "rule": [document.rule.enough, document.rule.one_room, document.rule.groups],
        "questions": [
            [
                part.question_id,
                part.text,
                [
                    [
                        *(idea.idea_id, idea.name, idea.summary, idea.room_marks),
                        _told(idea.lines, document.order),
                    ]
                    for idea in part.ideas
                ],
                _told(part.others, document.order),
            ]
            for part in document.questions
        ],
        "raised": _told(document.raised, "arranged"),
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _told(lines: tuple[Line, ...], order: str) -> list[Any]:
    told = [
        [line.kind, line.text, line.wording_id]
        + [[s.digest, s.text, s.is_listed, s.room_marks] for s in line.sources]
        + [["disputed", dispute.words_id, dispute.text] for dispute in line.disputes]
        for line in lines
    ]
    # An order by the rule follows the figures, which may move between the two keys.
    return told if order == "arranged" else sorted(told, key=json.dumps)


@dataclass(frozen=True)
class Change:
    """What became of one line between two versions."""

    kind: str
    before: Line | None
    after: Line | None

    NEW = "new"
    GONE = "gone"
    JOINED = "joined"  # its words stand in `after` now, together with others
    REWORDED = "reworded"
    MOVED = "moved"
    DISPUTED = "disputed"
    FIGURES = "figures"


@dataclass(frozen=True)
class Changes:
    """What a version says that changed since the one before it.

    `all_lines`: how many lines changed, where `changes` holds only some of them.
    """

    note: str = ""
    changes: tuple[Change, ...] = field(default=())
    headings_new: tuple[str, ...] = ()
    headings_gone: tuple[str, ...] = ()
    text_changed: tuple[str, ...] = ()
    all_lines: int | None = None

    def of(self, kind: str) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def more(self) -> int:
        """How many changed lines are not here."""
        return 0 if self.all_lines is None else self.all_lines - len(self.changes)

    @property
    def is_empty(self) -> bool:
        return not (
            self.note
            or self.changes
            or self.headings_new
            or self.headings_gone
            or self.text_changed
        )
