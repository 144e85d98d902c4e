"""How a number of people is said in public."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

WORDS_BELOW = 20
"""Groups of fewer people have their shares in words, larger ones in counts rounded to 5."""

STEP = 5
"""Counts are rounded to this, and figures move when this many more people have answered."""


class ShareWord(StrEnum):
    """A share in words. Few and some may be none, nearly all may be all: it is never said which."""

    NEARLY_ALL = "nearly all"
    MOST = "most"
    ABOUT_HALF = "about half"
    SOME = "some"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Band:
    """Counts of people that are said in the same way: a word, or a number rounded to 5.

    None: of fewer than five people no count is said at all.
    """

    lowest: int
    highest: int
    said: ShareWord | int | None


def rounded(people: int) -> int:
    """To the nearest 5; 0 stands for "a few or none" (0 to 4)."""
    if people < 0:
        raise ValueError(f"people: {people}; it cannot be below 0")
    return 0 if people < STEP else STEP * ((people + STEP // 2) // STEP)


def rounded_count(people: int) -> str:
    """ "a few or none" for 0 to 4, otherwise "about 15"."""
    about = rounded(people)
    return f"about {about}" if about else "a few or none"


def said(share: ShareWord | int | None) -> str:
    """A share as it is told: a word, "about 15", or nothing where it is not told."""
    if share is None:
        return ""
    return str(share) if isinstance(share, ShareWord) else rounded_count(share)


def majority(people: int) -> int:
    """The fewest people that are more than half."""
    return people // 2 + 1


def bands(people: int) -> tuple[Band, ...]:
    """How a count out of `people` is said, from 0 up; every band lies on one side of one half.

    The lowest and the highest band hold three counts at least, the others two, so that no band says
    "none", "all" or an exact count.
    """
    if people < STEP:
        return (Band(0, people, None),)
    return _word_bands(people) if people < WORDS_BELOW else _count_bands(people)


def share_in_words(agree: int, people: int) -> ShareWord:
    """The share of a group of 5 to 19 people in a word."""
    if not 0 <= agree <= people:
        raise ValueError(f"agree: {agree} of {people} people is not possible")
    if not STEP <= people < WORDS_BELOW:
        raise ValueError(f"people: {people}; shares are said in words for 5 to 19 people")
    return next(
        band.said
        for band in _word_bands(people)
        if band.lowest <= agree <= band.highest and isinstance(band.said, ShareWord)
    )


def _word_bands(people: int) -> tuple[Band, ...]:
    more = majority(people)
    starts: list[tuple[int, ShareWord]]
    if people < 8:
        starts = [(0, ShareWord.SOME)]
    else:
        half = min(more - 2, -(-36 * people // 100))  # about half: from 36% on
        few = max(3, people // 5 + 1)  # few: up to a fifth
        if half - few >= 2:
            starts = [(0, ShareWord.FEW), (few, ShareWord.SOME), (half, ShareWord.ABOUT_HALF)]
        else:
            starts = [(0, ShareWord.FEW), (max(3, half), ShareWord.ABOUT_HALF)]
    starts.append((more, ShareWord.MOST))
    if people >= 10:  # nearly all: from 80% on
        starts.append((people - max(2, 15 * people // 100), ShareWord.NEARLY_ALL))
    ends = [start - 1 for start, _ in starts[1:]] + [people]
    return tuple(Band(start, end, word) for (start, word), end in zip(starts, ends, strict=True))


def _count_bands(people: int) -> tuple[Band, ...]:
    """Counts rounded to 5, cut at one half; pieces that are too small join their neighbour.

    The highest is said as "nearly all", since "about 20 of about 20" would read as everybody.
    """
    more = majority(people)
    found: list[Band] = []
    for low, high in ((0, more - 1), (more, people)):
        side: list[Band] = []
        for count in range(low, high + 1):
            about = rounded(count)
            if side and side[-1].said == about:
                side[-1] = Band(side[-1].lowest, count, about)
            else:
                side.append(Band(count, count, about))
        found += _widened(side, at_least_last=3 if high == people else 2)
    found[-1] = Band(found[-1].lowest, people, ShareWord.NEARLY_ALL)
    return tuple(found)


def _widened(side: list[Band], *, at_least_last: int) -> list[Band]:
    """Join a first or last piece that is too narrow to the band beside it."""
    first, *rest = side
    if first.highest - first.lowest < 1 and rest:
        side = [Band(first.lowest, rest[0].highest, rest[0].said), *rest[1:]]
    *before, last = side
    if last.highest - last.lowest + 1 < at_least_last and before:
        side = [*before[:-1], Band(before[-1].lowest, last.highest, before[-1].said)]
    return side
