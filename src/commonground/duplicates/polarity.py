"""Rules that tell opposite stances apart: negation, antonyms, numbers and who.

Sentence vectors lay "I want" beside "I don't want". These rules read which words stand under a
"not" and compare them with the same words, or their opposites, in the other text. They are rules,
not a trained model, because a person must be able to read why two statements were kept apart, and
because small models trained on vectors did much worse.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from commonground.duplicates.lexicon import (
    FRAMES,
    IMPLIED_NOT,
    NEGATIONS,
    NOT_TURNING_BEFORE,
    OWNERS,
    PIVOTS,
    TURNING_VERBS,
    VALENCE,
    WHEN,
    WHO,
    opposed,
)
from commonground.words import FUNCTION_WORDS, is_word, stem, words_and_marks

_REACH = 4
"""Content words after a negation that it is taken to turn round."""

_BREAKS = frozenset(
    (*".!?;:,\n()—–", "but", "because", "so", "although", "until", "unless", "if", "when")
)
_NO_CONTENT = frozenset(map(stem, FUNCTION_WORDS | WHO.keys()))
_TIMES = {"once": "1", "twice": "2"}
_EACH = frozenset(("a", "an", "each", "every", "per"))
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
    who: kinds of people named, in order, each once.
    passive: whether something is done to those who are named first ("children are asked").
    sides: stems near before and near after a word such as "than".
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    focus: frozenset[str]
    negations: int
    denies: bool
    implies_not: bool
    numbers: frozenset[str]
    who: tuple[str, ...]
    passive: bool
    sides: tuple[frozenset[str], frozenset[str]]

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


@lru_cache(maxsize=16384)
def stance_of(text: str) -> Stance:
    """Read a text once, left to right."""
    affirmed: set[str] = set()
    denied: set[str] = set()
    focus: set[str] = set()
    negations, left = 0, 0
    turned = at_focus = denies = False
    pieces = words_and_marks(text)
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else "."
        if not is_word(piece) or piece in _BREAKS:
            denies = denies or turned
            turned, left, at_focus = False, 0, False
            continue
        if piece.isnumeric():
            continue
        root = stem(piece)
        if piece in NEGATIONS and not (piece == "not" and following in {"only", "just"}):
            negations += 1
            turned, left, at_focus = not turned, _REACH, True
            continue
        reached = turned and left > 0
        (denied if reached else affirmed).add(root)
        if reached and at_focus and (piece not in FUNCTION_WORDS or piece in WHO):
            focus.add(root)
            at_focus = root in FRAMES
        if reached and piece not in FUNCTION_WORDS:
            left -= 1
        turns = root in TURNING_VERBS and is_word(following)
        if turns and following not in NOT_TURNING_BEFORE:
            negations += 1
            turned, left, at_focus = not turned, _REACH, True
    return Stance(
        frozenset(affirmed),
        frozenset(denied),
        frozenset(focus),
        negations,
        denies or turned,
        bool(IMPLIED_NOT & (affirmed | denied)),
        _numbers(pieces),
        _people(pieces),
        _is_passive(pieces),
        _sides(pieces),
    )


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


def _people(pieces: tuple[str, ...]) -> tuple[str, ...]:
    found = [
        WHO[piece]
        for piece, following in zip(pieces, (*pieces[1:], "."), strict=True)
        if piece in WHO and not (piece in OWNERS and following in WHO)
    ]
    return tuple(dict.fromkeys(found))


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


@dataclass(frozen=True, slots=True)
class Clash:
    """What keeps two texts from saying the same.

    opposite: they take opposite stances on something that both speak of.
    apart: they may not be called the same, without being opposite.
    part_apart: neither may be called a part of the other.
    doubtful: one speaks well or badly of it and the other shows no stance that could be compared.
    same_by_not: "not" before a word in one meets its opposite in the other: "not easy", "hard".
    reasons: in plain words, one for each finding.
    """

    opposite: bool
    apart: bool
    part_apart: bool
    doubtful: bool
    same_by_not: bool
    reasons: tuple[str, ...]


def clash(one: str, other: str) -> Clash:
    """Compare the stances of two texts. Symmetric in its arguments."""
    a, b = stance_of(one), stance_of(other)
    reasons: list[str] = []
    other_people = _other_people(a, b)
    against, agreeing = _antonyms(a, b)
    says_not = _focus_clash(a, b) and not agreeing
    if says_not:
        reasons.append("one says not")
    swapped = bool(a.sides[0] & b.sides[1]) and bool(a.sides[1] & b.sides[0])
    if swapped:
        reasons.append("what comes first in one comes second in the other")
    reasons.extend(f"one says “{x}”, the other “{y}”" for x, y in sorted(against)[:2])
    opposite = says_not or bool(against) or (swapped and not other_people)
    only_one_denies = a.denies != b.denies and not agreeing and not _made_up_for(a, b)
    numbers = a.numbers != b.numbers and bool(a.numbers) and bool(b.numbers)
    if numbers:
        reasons.append("the numbers differ")
    if other_people:
        reasons.append("they are about different people")
    if only_one_denies and not opposite:
        reasons.append("only one says “not”")
    well_and_badly = a.valence * b.valence < 0 and not agreeing
    if well_and_badly and not opposite:
        reasons.append("one speaks well of it, the other badly")
    no_part = numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers)
    return Clash(
        opposite,
        opposite or only_one_denies or numbers or other_people or well_and_badly,
        opposite or no_part or (other_people and a.frame == b.frame),
        _doubtful(a, b),
        agreeing,
        tuple(reasons),
    )


def _focus_clash(a: Stance, b: Stance) -> bool:
    """Whether what one mainly denies, the other says.

    Where both deny something, each must say what the other denies ("to me, not to her").
    """
    a_denies_said = bool(a.focus & (b.affirmed - b.denied))
    b_denies_said = bool(b.focus & (a.affirmed - a.denied))
    if a.negations and b.negations:
        return a_denies_said and b_denies_said
    return a_denies_said or b_denies_said


def _doubtful(a: Stance, b: Stance) -> bool:
    """ "Helps the economy" beside "is a choice": near, but not shown to be on one side."""
    if a.negations or b.negations or a.implies_not or b.implies_not:
        return False
    return (a.valence > 0) != (b.valence > 0) or (a.valence < 0) != (b.valence < 0)


def _made_up_for(a: Stance, b: Stance) -> bool:
    """Whether one's "not" is made up for: "not late", or "too noisy" beside "I cannot cope"."""
    denier, other = (a, b) if a.denies else (b, a)
    return other.implies_not or bool(denier.denied & IMPLIED_NOT)


def _antonyms(a: Stance, b: Stance) -> tuple[set[tuple[str, str]], bool]:
    """Opposed words said the same way, and whether some are said in opposite ways ("not easy")."""
    against: set[tuple[str, str]] = set()
    agreeing = False
    for x, y in opposed(a.stems - b.stems, b.stems - a.stems):
        if (x in a.denied) == (y in b.denied):
            against.add((min(x, y), max(x, y)))
        else:
            agreeing = True
    return against, agreeing


def _other_people(a: Stance, b: Stance) -> bool:
    """Other people in the same words, or the same people in another order.

    "Parents should pay", "schools should pay"; "teachers listen to parents", "parents listen to
    teachers". Where the words differ too, only people far apart count: a parent may say "families".
    """
    who, others = _in_order_of_acting(a, b)
    if a.frame == b.frame:
        return who != others
    acting, acting_others = ([one for one in some if one != "young.self"] for some in (who, others))
    if set(acting) & set(acting_others) and acting[0] != acting_others[0]:
        return min(len(acting), len(acting_others)) > 1
    people, others_kinds = (
        {one.split(".")[0] for one in some} - {"any"} for some in (a.who, b.who)
    )
    return bool(people - others_kinds) and bool(others_kinds - people)


def _in_order_of_acting(a: Stance, b: Stance) -> tuple[list[str], list[str]]:
    """Who is named, "we" read as "I"; turned round where only one text says it passively."""
    who, others = (
        list(dict.fromkeys("young.self" if one == "any.we" else one for one in some.who))
        for some in (a, b)
    )
    return (
        (who[::-1], others)
        if a.passive and not b.passive
        else ((who, others[::-1]) if b.passive and not a.passive else (who, others))
    )
