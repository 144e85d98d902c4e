"""How near two texts are, in letters, words and meaning: numbers that the decision rests on."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from math import sqrt

from commonground.words import (
    FUNCTION_WORDS,
    content_stems,
    is_word,
    letter_grams,
    stem,
    words,
    words_and_marks,
)

_MISSPELT = 0.8
"""Likeness (difflib's ratio) from which two words are one word spelt in two ways."""
_JOINS = frozenset(("and", "or", "plus", ",", ";", ".", "!", "?", "\n"))


@dataclass(frozen=True, slots=True)
class Measures:
    """How near two texts, the briefer and the longer in content words, are.

    What takes reading the texts once more, and is not always asked for, is worked out when it is.

    briefer, longer: the two texts.
    letters: cosine of their sets of letter runs, 0 to 1.
    brief, long: content words (different stems) of the briefer and the longer text.
    only_brief: how many of these the longer text does not have, misspellings forgiven.
    added: stems that only the longer text has, misspellings forgiven.
    first_is_brief: whether the first text is the briefer.
    meaning: cosine of the sentence vectors, or None without vectors.
    """

    briefer: str
    longer: str
    letters: float
    brief: int
    long: int
    only_brief: int
    added: frozenset[str]
    first_is_brief: bool
    meaning: float | None

    @property
    def only_long(self) -> int:
        """How many content words of the longer text the briefer does not have."""
        return len(self.added)

    @property
    def shared(self) -> float:
        """Dice share of content words: 0 none, 1 all."""
        both = self.brief + self.long
        return (both - self.only_brief - self.only_long) / both if both else 0.0

    @property
    def adds(self) -> bool:
        """Whether what only the longer has is joined on ("and ...", a further sentence)."""
        return _joined_on(self.longer, self.added)

    @property
    def covered(self) -> float:
        """Share of all the briefer's words, small ones too, that the longer has."""
        return _covered(words(self.briefer), words(self.longer))

    @property
    def in_order(self) -> bool:
        """Whether the longer has the briefer's content words in the same order."""
        return _in_order(content_stems(self.briefer), content_stems(self.longer))

    @property
    def only_subject(self) -> bool:
        """Whether all that they share is the content words that both start with, and each goes on
        in words of its own ("Uniforms are dear", "Uniforms look neat").
        """
        return _only_subject(content_stems(self.briefer), content_stems(self.longer))


def measure(one: str, other: str, meaning: float | None) -> Measures:
    """Measure two texts. Symmetric but for `first_is_brief`."""
    first_is_brief = _size(one) <= _size(other)
    brief, long = (one, other) if first_is_brief else (other, one)
    a, b = set(content_stems(brief)), set(content_stems(long))
    only_brief, only_long = _without_misspellings(a - b, b - a)
    return Measures(
        briefer=brief,
        longer=long,
        letters=_cosine(letter_grams(brief), letter_grams(long)),
        brief=len(a),
        long=len(b),
        only_brief=len(only_brief),
        added=frozenset(only_long),
        first_is_brief=first_is_brief,
        meaning=meaning,
    )


def _size(text: str) -> tuple[int, int, str]:
    return len(set(content_stems(text))), len(text), text


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / sqrt(len(one) * len(other))


def _without_misspellings(only_a: set[str], only_b: set[str]) -> tuple[set[str], set[str]]:
    """Pair off words that are one word misspelt; "legal" and "illegal" are not."""
    left_a, left_b = set(only_a), set(only_b)
    for x in sorted(only_a):
        for y in sorted(left_b):
            if x[0] == y[0] and _one_word(x, y):
                left_a.discard(x)
                left_b.discard(y)
                break
    return left_a, left_b


@lru_cache(maxsize=65536)
def _one_word(x: str, y: str) -> bool:
    if min(len(x), len(y)) < 4 or x.isdigit() or y.isdigit():
        return False
    return SequenceMatcher(None, min(x, y), max(x, y)).ratio() >= _MISSPELT


def _joined_on(text: str, stems: frozenset[str]) -> bool:
    """Whether one of the stems opens what a comma, a full stop or an "and" joins on."""
    joined = False
    pieces = words_and_marks(text)
    for at, piece in enumerate(pieces):
        if piece in _JOINS:
            joined = at > 0
        elif is_word(piece) and piece not in FUNCTION_WORDS:
            following = pieces[at + 1] if at + 1 < len(pieces) else ""
            if stem(piece) in stems and (joined or following in {"and", "or", "plus"}):
                return True
            joined = False
    return False


def _covered(brief: tuple[str, ...], long: tuple[str, ...]) -> float:
    return sum(word in long for word in brief) / len(brief) if brief else 0.0


def _in_order(brief: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(word in rest for word in brief)


def _only_subject(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    goes_on, goes_on_too = set(one[start:]), set(other[start:])
    if not start or not goes_on or not goes_on_too:
        return False
    return _without_misspellings(goes_on, goes_on_too) == (goes_on, goes_on_too) and not (
        goes_on & goes_on_too
    )
