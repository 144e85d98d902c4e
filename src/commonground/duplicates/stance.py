"""What stands under a "not" in a text, who and how many it speaks of: its stance, for comparing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from commonground.duplicates.lexicon import (
    AFTER_NOUNS,
    ALL,
    ASKS,
    ATTITUDES,
    BEFORE_NOUNS,
    FACTS,
    FRAMES,
    IMPLIED_NOT,
    KINDS,
    NEGATIONS,
    NOT_TURNING_BEFORE,
    OWNERS,
    PEOPLE,
    PIVOTS,
    PLACES,
    SOME,
    TURNING_VERBS,
    VALENCE,
    WHEN,
    WHO,
    WISHES,
    sides_of,
)
from commonground.words import FUNCTION_WORDS, is_word, owners, stem, words_and_marks

_REACH = 4
"""Content words after a negation that it is taken to turn round."""

_BREAKS = frozenset(
    (*".!?;:,\n()—–", "but", "because", "so", "although", "until", "unless", "if", "when")
)
_NO_CONTENT = frozenset(map(stem, FUNCTION_WORDS | WHO.keys()))
_NO_THINGS = FUNCTION_WORDS | WHO.keys() | PEOPLE | ASKS | NEGATIONS
_TIMES = {"once": "1", "twice": "2"}
_EACH = frozenset(("a", "an", "each", "every", "per"))
_LEFT_TO = frozenset(("me", "you", "us", "them", "each", "every", "everyone", "everybody"))
_TO_BE = frozenset(("be", "been", "being", "is", "are", "was", "were", "get", "gets"))
_DONE = frozenset(
    ("given", "taken", "told", "heard", "taught", "paid", "made", "kept", "left", "shown", "seen")
)


@dataclass(frozen=True, slots=True)
class Stance:
    """A text read for stance.

    affirmed, denied: stems that stand outside and inside the reach of a negation.
    focus: the denied stems directly after their negation: what is mainly denied.
    negations: how many words turn something round.
    denies: whether some clause has an odd number of them.
    implies_not: whether a word says in another way what "not" says.
    numbers: numerals, and times such as weekdays, that stand in the text.
    named: kinds of people named, in order, each with the thing that the next word may be (else ""):
        a "school bus" names no school where "bus" is known for a thing.
    things: words that stand as nouns, for the texts that this one is compared with as well.
    passive: whether something is done to those who are named first ("children are asked").
    sides: stems near before and near after a word such as "than".
    aimed: words that have opposites (their axis and side) with the stem that each stands before.
    some_or_all: whether it speaks of some, of all, or (None) of neither or both.
    wishes: whether it asks for something and denies nothing ("there should be a crossing").
    misses: whether all that it denies is told as a fact ("there is no crossing"), and nothing is
        said not to be wanted.
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    focus: frozenset[str]
    negations: int
    denies: bool
    implies_not: bool
    numbers: frozenset[str]
    named: tuple[tuple[str, str], ...]
    things: frozenset[str]
    passive: bool
    sides: tuple[frozenset[str], frozenset[str]]
    aimed: frozenset[tuple[int, int, str]]
    some_or_all: str | None
    wishes: bool
    misses: bool

    @property
    def stems(self) -> frozenset[str]:
        return self.affirmed | self.denied

    @property
    def valence(self) -> int:
        """Above zero where the text speaks well of what it names, below where it speaks badly."""
        return sum(VALENCE.get(one, 0) for one in self.affirmed) - sum(
            VALENCE.get(one, 0) for one in self.denied
        )

    @property
    def frame(self) -> frozenset[str]:
        """Stems that carry content and name no people."""
        return frozenset(one for one in self.stems if one not in _NO_CONTENT)

    def who(self, things: frozenset[str]) -> tuple[str, ...]:
        """Kinds of people named, in order, each once; `things`: words known to stand as nouns.

        Who only tells what kind of thing it is ("school bus") is not named.
        """
        return tuple(dict.fromkeys(kind for kind, thing in self.named if thing not in things))

    def kinds_of(self, things: frozenset[str]) -> dict[str, frozenset[str]]:
        """Whose it is said to be, for each of `things` that is said to be of some people."""
        found: dict[str, set[str]] = {}
        for kind, thing in self.named:
            if thing in things:
                found.setdefault(thing, set()).add(kind)
        return {thing: frozenset(kinds) for thing, kinds in found.items()}


@lru_cache(maxsize=16384)
def stance_of(text: str) -> Stance:
    """Read a text once, left to right."""
    affirmed: set[str] = set()
    denied: set[str] = set()
    focus: set[str] = set()
    negations, left = 0, 0
    turned = at_focus = denies = False
    frame = ""
    facts = True
    pieces = words_and_marks(text)
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else "."
        if not is_word(piece) or piece in _BREAKS:
            denies = denies or turned
            if at_focus and frame:
                focus.add(frame)
            turned, left, at_focus, frame = False, 0, False, ""
            continue
        if piece.isnumeric():
            continue
        root = stem(piece)
        if piece in NEGATIONS and not _turns_nothing(pieces, at, following):
            negations += 1
            turned, left, at_focus, frame = not turned, _REACH, True, ""
            facts = facts and _told_as_fact(pieces, at)
            continue
        reached = turned and left > 0
        (denied if reached else affirmed).add(root)
        fair = piece == "just" and not is_word(following)
        if reached and at_focus and (piece not in FUNCTION_WORDS or piece in WHO or fair):
            focus.add(root)
            at_focus = root in FRAMES
        elif reached and at_focus and root in FRAMES:
            frame = root
        if reached and piece not in FUNCTION_WORDS:
            left -= 1
        turns = root in TURNING_VERBS and is_word(following)
        if turns and following not in NOT_TURNING_BEFORE:
            negations += 1
            turned, left, at_focus, frame = not turned, _REACH, True, ""
            facts = False
    if at_focus and frame:
        focus.add(frame)
    affirmed |= _in_two_words(pieces)
    return Stance(
        frozenset(affirmed),
        frozenset(denied),
        frozenset(focus),
        negations,
        denies or turned,
        bool(IMPLIED_NOT & (affirmed | denied)),
        _numbers(pieces),
        _named(pieces, owners(text)),
        _things(pieces),
        _is_passive(pieces),
        _sides(pieces),
        _aimed(pieces),
        _some_or_all(pieces),
        negations == 0 and _asks(pieces),
        negations > 0 and facts and ATTITUDES.isdisjoint(_denied_words(pieces)),
    )


def _turns_nothing(pieces: tuple[str, ...], at: int, following: str) -> bool:
    """ "Not only …", and the "not" of "why can't we have", which asks for what it names.

    "Just" with nothing after it means fair: "the fine is not just" says no.
    """
    if pieces[at] != "not":
        return False
    goes_on = at + 2 < len(pieces) and is_word(pieces[at + 2])
    return (following in {"only", "just"} and goes_on) or "why" in pieces[max(0, at - 2) : at]


def _told_as_fact(pieces: tuple[str, ...], at: int) -> bool:
    """Whether a negation tells how things are: "there is no", "does not", "nobody", "never"."""
    before = pieces[at - 1] if at else "."
    opens = at < 2 or not is_word(pieces[at - 2])
    if pieces[at] in {"not", "no"}:
        return before in FACTS and not (before == "do" and opens)
    return pieces[at] in {"nobody", "nothing", "nowhere", "none"} or (
        pieces[at] == "never" and is_word(before)
    )


def _denied_words(pieces: tuple[str, ...]) -> set[str]:
    """Words of the clauses in which a negation stands."""
    found: set[str] = set()
    clause: list[str] = []
    for piece in (*pieces, "."):
        if piece in _BREAKS:
            if NEGATIONS.intersection(clause):
                found.update(clause)
            clause = []
        else:
            clause.append(piece)
    return found


def _asks(pieces: tuple[str, ...]) -> bool:
    first = pieces[0] if pieces else ""
    would_like = ("would", "like") in pairwise(pieces)
    return first in ASKS or first == "more" or would_like or not WISHES.isdisjoint(pieces)


def _in_two_words(pieces: tuple[str, ...]) -> set[str]:
    """Stems of what two words say: "have to" is must, "up to you" leaves it to somebody."""
    found = set()
    for at, pair in enumerate(pairwise(pieces)):
        if pair in {("have", "to"), ("has", "to")}:
            found.add("must")
        if pair == ("up", "to") and pieces[at + 2 : at + 3] and pieces[at + 2] in _LEFT_TO:
            found.add("option")
    return found


def _numbers(pieces: tuple[str, ...]) -> frozenset[str]:
    found = set()
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece.isnumeric():
            found.add(piece)
        elif piece in _TIMES and following in _EACH:
            found.add(_TIMES[piece])
        elif piece in WHEN:
            found.add(WHEN[piece])
    return frozenset(found)


def _named(pieces: tuple[str, ...], owning: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (WHO[piece], "" if piece in owning else _thing_after(piece, following))
        for piece, following in pairwise((*pieces, "."))
        if piece in WHO and not (piece in OWNERS and following in WHO)
    )


def _thing_after(piece: str, following: str) -> str:
    """What the next word is if it is a noun that `piece` only tells the kind of; else ""."""
    if piece not in KINDS or not is_word(following) or following in _NO_THINGS:
        return ""
    if stem(following) in FRAMES or sides_of(stem(following)) or following.endswith("ly"):
        return ""
    return _thing(following)


def _thing(word: str) -> str:
    """The word for one or many of a thing: "meetings" is one with "meeting", and not "meet"."""
    if word.endswith(("ing", "ings", "er", "ers")):
        return word.removesuffix("s")
    return stem(word)


def _things(pieces: tuple[str, ...]) -> frozenset[str]:
    """Words that stand as nouns here: "the bus", "in the school bus", "school buses are"."""
    found = set()
    for at, piece in enumerate(pieces):
        if not is_word(piece) or piece in FUNCTION_WORDS:
            continue
        before = pieces[max(0, at - 3) : at][::-1]
        following = pieces[at + 1] if at + 1 < len(pieces) else "."
        before_verb = following in AFTER_NOUNS and before[:1] != ("to",)
        if not BEFORE_NOUNS.isdisjoint(before[:1]) or before_verb or _stands_in(piece, before):
            found.add(_thing(piece))
    return frozenset(found)


def _stands_in(piece: str, before: tuple[str, ...]) -> bool:
    """Whether it is what is in, on or at a thing: "on the school bus". `before`: nearest first."""
    if piece.endswith("ing") or KINDS.isdisjoint(before[:1]):
        return False
    place = before[2:3] if before[1:2] and before[1] in BEFORE_NOUNS - PLACES else before[1:2]
    return not PLACES.isdisjoint(place)


def _is_passive(pieces: tuple[str, ...]) -> bool:
    for at, piece in enumerate(pieces):
        if piece in _TO_BE:
            for near in pieces[at + 1 : at + 3]:
                if near in _DONE or (len(near) > 4 and near.endswith("ed")):
                    return True
    return False


def _sides(pieces: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words within three of the first pivot, small words not counted."""
    at = next((at for at, piece in enumerate(pieces) if piece in PIVOTS), None)
    if at is None:
        return frozenset(), frozenset()

    def near(some: Iterable[str]) -> frozenset[str]:
        told = (one for one in some if is_word(one) and (one not in FUNCTION_WORDS or one in WHO))
        return frozenset(stem(one) for one in islice(told, 3))

    return near(reversed(pieces[:at])), near(pieces[at + 1 :])


def _aimed(pieces: tuple[str, ...]) -> frozenset[tuple[int, int, str]]:
    found = set()
    for at, piece in enumerate(pieces):
        for axis, side in sides_of(stem(piece)) if is_word(piece) else ():
            for following in pieces[at + 1 : at + 4]:
                if following in _BREAKS:
                    break
                if following not in FUNCTION_WORDS:
                    found.add((axis, side, stem(following)))
                    break
    return frozenset(found)


def _some_or_all(pieces: tuple[str, ...]) -> str | None:
    some, every = not SOME.isdisjoint(pieces), not ALL.isdisjoint(pieces)
    return None if some == every else "some" if some else "all"
