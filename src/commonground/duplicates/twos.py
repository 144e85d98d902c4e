"""What comes first, what is swapped for what, and on what condition: words that work in twos.

"Not … unless" is "only … if", "not … before" puts the other first, "nothing is better than" says
that it is the best. The "not" of these denies nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from commonground.duplicates.lexicon import BREAKS, FACTS, NEGATIONS, PIVOTS, SWAPS, WHO
from commonground.words import FUNCTION_WORDS, is_word, stem

JOINS = frozenset(("and", "or", "nor", "plus"))
"""After these a further "not" denies on, and takes nothing back."""

_SENTENCE_ENDS = frozenset(".!?;")
_IF = frozenset(("if", "when", "once", "after", "with"))
_CONDITIONS = _IF | {"unless", "until", "without"}
_WITHIN = frozenset(("with", "without"))
_JOINED_ON = JOINS | {",", ":", "(", ")", "\n", "—", "–"}


def only_if(pieces: tuple[str, ...]) -> frozenset[int]:
    """Places of the two words that together make a condition: "not … unless", "only … if".

    "Not without" is one within a clause only; what follows a comma is told beside it.
    """
    opening = condition = None
    for at, piece in enumerate(pieces):
        if piece in _SENTENCE_ENDS:
            opening = condition = None
        elif piece in _CONDITIONS and opening is not None:
            only = pieces[opening] == "only"
            beside = piece in _WITHIN and not _JOINED_ON.isdisjoint(pieces[opening:at])
            if only == (piece in _IF) and not beside:
                return frozenset((opening, at))
        elif piece == "only" and condition is not None and pieces[at + 1 : at + 2] in {(), (".",)}:
            return frozenset((condition, at))
        elif piece == "only" or (piece in NEGATIONS and piece not in _CONDITIONS):
            opening = at
        elif piece in _IF:
            condition = at
    return frozenset()


def is_best(pieces: tuple[str, ...], at: int) -> bool:
    """Whether the "no" of "no clinic is better than this one" says that this one is best."""
    for place in range(at + 1, min(len(pieces) - 1, at + 10)):
        if not is_word(pieces[place]):
            return False
        if pieces[place + 1] == "than":
            return pieces[place].endswith("er") or pieces[place] == "worse"
    return False


def sides(pieces: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words within three of the first pivot, small words not counted."""
    at = _pivot(pieces)
    if at is None:
        return frozenset(), frozenset()

    def near(some: Iterable[str]) -> frozenset[str]:
        told = (one for one in some if is_word(one) and _tells(one))
        return frozenset(stem(one) for one in islice(told, 3))

    before, after = near(reversed(pieces[:at])), near(pieces[at + 1 :])
    # "Do not decide before you ask" puts asking first.
    return (after, before) if not_before(pieces) else (before, after)


def _tells(word: str) -> bool:
    return word in WHO or not (word in FUNCTION_WORDS or word in FACTS)


def not_before(pieces: tuple[str, ...]) -> frozenset[int]:
    """The place of the "not" of "not … before …", which says what comes first."""
    denied = None
    for at, piece in enumerate(pieces):
        if piece in PIVOTS:
            return frozenset(() if piece != "before" or denied is None else (denied,))
        if piece in BREAKS:
            denied = None
        elif piece in NEGATIONS:
            denied = at
    return frozenset()


def _pivot(pieces: tuple[str, ...]) -> int | None:
    """The place of the first word whose two sides cannot be swapped: "swap buses for trains"."""
    swapping: frozenset[str] = frozenset()
    for at, piece in enumerate(pieces):
        if piece in PIVOTS or piece in swapping:
            return at
        if piece in _SENTENCE_ENDS:
            swapping = frozenset()
        swapping = SWAPS.get(stem(piece), swapping) if is_word(piece) else swapping
    return None
