"""Rules that tell opposite stances apart: negation, antonyms, numbers and who.

Sentence vectors lay "I want" beside "I don't want". These rules read which words stand under a
"not" and compare them with the same words, or their opposites, in the other text. They are rules,
not a trained model, because a person must be able to read why two statements were kept apart, and
because small models trained on vectors did much worse.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from commonground.duplicates.lexicon import FRAMES, NEGATIONS, TURNING_VERBS, opposed
from commonground.words import FUNCTION_WORDS, is_word, stem, words_and_marks

_REACH = 4
"""Content words after a negation that it is taken to turn round."""

_BREAKS = frozenset(
    (*".!?;:,\n()—–", "but", "because", "so", "although", "until", "unless", "if", "when")
)


@dataclass(frozen=True, slots=True)
class Stance:
    """A text read for stance.

    affirmed, denied: content stems that stand outside and inside the reach of a negation.
    focus: the denied stems directly after their negation: what is mainly denied.
    numbers: numerals that stand in the text.
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    focus: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=4096)
def stance_of(text: str) -> Stance:
    affirmed: set[str] = set()
    denied: set[str] = set()
    focus: set[str] = set()
    numbers: set[str] = set()
    turned, left, at_focus = False, 0, False
    for piece in words_and_marks(text):
        if not is_word(piece) or piece in _BREAKS:
            turned, left = False, 0
            continue
        if piece.isnumeric():
            numbers.add(piece)
            continue
        root = stem(piece)
        if piece in NEGATIONS:
            turned, left, at_focus = not turned, _REACH, True
            continue
        if piece in FUNCTION_WORDS:
            continue
        if turned and left:
            denied.add(root)
            if at_focus:
                focus.add(root)
                at_focus = root in FRAMES
            left -= 1
        else:
            affirmed.add(root)
        if root in TURNING_VERBS:
            turned, left, at_focus = not turned, _REACH, True
    return Stance(frozenset(affirmed), frozenset(denied), frozenset(focus), frozenset(numbers))


@dataclass(frozen=True, slots=True)
class Clash:
    """What keeps two texts from saying the same.

    opposite: they take opposite stances on what they share.
    reasons: in plain words.
    apart: they may not be called the same, without being opposite.
    """

    opposite: bool
    apart: bool
    reasons: tuple[str, ...]


def clash(one: str, other: str) -> Clash:
    """Compare the stances of two texts. Symmetric in its arguments."""
    a, b = stance_of(one), stance_of(other)
    reasons: list[str] = []
    opposite = False
    if (a.focus & (b.affirmed - b.denied)) or (b.focus & (a.affirmed - a.denied)):
        opposite = True
        reasons.append("one says not")
    against = _antonyms(a.affirmed, b.affirmed) | _antonyms(a.denied, b.denied)
    if against:
        opposite = True
        reasons.extend(f"one says {x}, the other {y}" for x, y in sorted(against)[:2])
    apart = False
    if a.numbers != b.numbers and a.numbers and b.numbers:
        apart = True
        reasons.append("the numbers differ")
    return Clash(opposite, apart or opposite, tuple(reasons))


def _antonyms(one: frozenset[str], other: frozenset[str]) -> set[tuple[str, str]]:
    return {(min(x, y), max(x, y)) for x in one - other for y in other - one if opposed(x, y)}
