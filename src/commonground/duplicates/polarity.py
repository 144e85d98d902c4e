"""Rules that tell opposite stances apart: negation, antonyms, numbers and who.

Sentence vectors lay "I want" beside "I don't want". These rules read which words stand under a
"not" and compare them with the same words, or their opposites, in the other text. They are rules,
not a trained model, because a person must be able to read why two statements were kept apart, and
because small models trained on vectors did much worse.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from commonground.duplicates.lexicon import (
    FRAMES,
    IMPLIED_NOT,
    NEGATIONS,
    NOT_TURNING_BEFORE,
    TURNING_VERBS,
    VALENCE,
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


@dataclass(frozen=True, slots=True)
class Stance:
    """A text read for stance.

    affirmed, denied: stems that stand outside and inside the reach of a negation.
    focus: the denied stems directly after their negation: what is mainly denied.
    negations: how many words turn something round.
    denies: whether some clause has an odd number of them.
    implies_not: whether a word says in another way what "not" says.
    numbers: numerals that stand in the text.
    who: kinds of people named, in order.
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    focus: frozenset[str]
    negations: int
    denies: bool
    implies_not: bool
    numbers: frozenset[str]
    who: tuple[str, ...]

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
        tuple(WHO[piece] for piece in pieces if piece in WHO),
    )


def _numbers(pieces: tuple[str, ...]) -> frozenset[str]:
    found = set()
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece.isnumeric():
            found.add(piece)
        elif piece in _TIMES and following in _EACH:
            found.add(_TIMES[piece])
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Clash:
    """What keeps two texts from saying the same.

    opposite: they take opposite stances on something that both speak of.
    apart: they may not be called the same, without being opposite.
    part_apart: neither may be called a part of the other.
    same_by_not: "not" before a word in one meets its opposite in the other: "not easy", "hard".
    reasons: in plain words, one for each finding.
    """

    opposite: bool
    apart: bool
    part_apart: bool
    same_by_not: bool
    reasons: tuple[str, ...]


def clash(one: str, other: str) -> Clash:
    """Compare the stances of two texts. Symmetric in its arguments."""
    a, b = stance_of(one), stance_of(other)
    reasons: list[str] = []
    against, agreeing = _antonyms(a, b)
    says_not = _focus_clash(a, b) and not agreeing
    if says_not:
        reasons.append("one says not")
    reasons.extend(f"one says “{x}”, the other “{y}”" for x, y in sorted(against)[:2])
    opposite = says_not or bool(against)
    only_one_denies = (
        a.denies != b.denies and not agreeing and not (b if a.denies else a).implies_not
    )
    numbers = a.numbers != b.numbers and bool(a.numbers) and bool(b.numbers)
    other_people = _other_people(a, b)
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
    if a.frame == b.frame:
        return a.who != b.who
    people, others = ({one.split(".")[0] for one in text.who} for text in (a, b))
    return bool(people - others) and bool(others - people)
