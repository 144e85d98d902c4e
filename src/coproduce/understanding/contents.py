"""What stands in a long shared understanding, and the parts in which it is read.

A document of up to `LINES_TOGETHER` lines is one page. A longer one opens on its contents, and is
read in parts of at most `LINES_IN_PART` lines: nobody scrolls through 2,000 lines on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

LINES_TOGETHER = 80
LINES_IN_PART = 40


@dataclass(frozen=True)
class Heading:
    """A heading with how many lines stand under it.

    An idea; without `idea_id` what stands under no heading; without `question_id` the questions
    that people raised.
    """

    question_id: int | None
    idea_id: int | None
    name: str
    lines: int
    summary: str = ""


@dataclass(frozen=True)
class Piece:
    """The lines from `start` up to `stop` of the heading at this place."""

    place: int
    start: int
    stop: int


@dataclass(frozen=True)
class Entry:
    """A heading, and the part in which it begins."""

    heading: Heading
    part: int


@dataclass(frozen=True)
class Contents:
    """`questions`: keys and texts, in order. Every heading has a line at least."""

    questions: tuple[tuple[int, str], ...]
    headings: tuple[Heading, ...]

    @property
    def lines(self) -> int:
        return sum(heading.lines for heading in self.headings)

    @property
    def is_long(self) -> bool:
        return self.lines > LINES_TOGETHER

    @cached_property
    def parts(self) -> tuple[tuple[Piece, ...], ...]:
        """A heading begins a new part where the rest of the one before is too short for it."""
        parts: list[list[Piece]] = []
        room = 0
        for place, heading in enumerate(self.headings):
            start = 0
            while start < heading.lines:
                if heading.lines - start > room:
                    parts.append([])
                    room = LINES_IN_PART
                stop = min(heading.lines, start + room)
                parts[-1].append(Piece(place, start, stop))
                room -= stop - start
                start = stop
        return tuple(map(tuple, parts))

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(self.headings[piece.place], number)
            for number, part in enumerate(self.parts, start=1)
            for piece in part
            if piece.start == 0
        )

    @property
    def by_question(self) -> list[tuple[str, list[Entry]]]:
        return [
            (text, [one for one in self._entries if one.heading.question_id == key])
            for key, text in self.questions
        ]

    @property
    def raised(self) -> list[Entry]:
        return [one for one in self._entries if one.heading.question_id is None]

    def part(self, number: int) -> Part | None:
        """One part, counted from 1; None where there is none."""
        if not 1 <= number <= len(self.parts):
            return None
        return Part(self, number, self.parts[number - 1])


@dataclass(frozen=True)
class Part:
    contents: Contents
    number: int
    pieces: tuple[Piece, ...]

    @property
    def of(self) -> int:
        return len(self.contents.parts)

    @property
    def before(self) -> int | None:
        return self.number - 1 or None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.of else None

    @property
    def goes_on_with(self) -> str:
        """The heading that began in an earlier part, or nothing."""
        first = self.pieces[0]
        return self.contents.headings[first.place].name if first.start else ""

    @property
    def ideas(self) -> list[int]:
        keys = (self.contents.headings[piece.place].idea_id for piece in self.pieces)
        return [key for key in keys if key is not None]
