"""What two texts are to each other: the decision, from measures and rules, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from commonground.duplicates.answers import AnsweredBoth
from commonground.duplicates.polarity import clash
from commonground.duplicates.relation import Proposal, Relation
from commonground.vectors import SentenceVectors
from commonground.words import content_stems, letter_grams, words


@dataclass(frozen=True, slots=True)
class Measures:
    """How near two texts are. All between 0 and 1; `meaning` is None without vectors.

    letters: cosine of their sets of letter runs.
    content: Dice share of content stems that both have.
    covered: share of the shorter's content stems that the longer has too.
    shorter: content stems of the shorter over those of the longer.
    meaning: cosine of their sentence vectors.
    """

    letters: float
    content: float
    covered: float
    shorter: float
    meaning: float | None


def measure(one: str, other: str, meaning: float | None) -> Measures:
    letters_a, letters_b = letter_grams(one), letter_grams(other)
    stems_a, stems_b = set(content_stems(one)), set(content_stems(other))
    shared = len(stems_a & stems_b)
    few, many = sorted((len(stems_a), len(stems_b)))
    return Measures(
        letters=len(letters_a & letters_b) / sqrt(len(letters_a) * len(letters_b)),
        content=2 * shared / (few + many) if few + many else 0.0,
        covered=shared / few if few else 0.0,
        shorter=few / many if many else 1.0,
        meaning=meaning,
    )


def _sure(value: float) -> float:
    return 1.0 / (1.0 + exp(-value))


def sameness(found: Measures) -> float:
    """0 to 1, how likely a person is to call two texts the same, opposition left aside."""
    if found.meaning is None:
        return _sure(-4.0 + 4.0 * found.letters + 4.0 * found.content)
    return _sure(-38.0 + 40.0 * found.meaning + 2.0 * found.letters + 1.0 * found.content)


SAME_FROM = 0.5
RELATED_FROM = 0.15
COVERED_FROM = 0.75


def relate(
    a: str,
    b: str,
    *,
    vectors: SentenceVectors | None = None,
    votes: AnsweredBoth | None = None,
) -> Proposal:
    """What two texts are to each other. Symmetric: relate(b, a) only swaps the sides.

    `vectors` adds nearness of meaning; `votes` adds how people who answered both answered.
    """
    meaning = None
    if vectors is not None:
        one, other = vectors.embed([a, b])
        meaning = float(one @ other)
    return judge(a, b, a, b, meaning, votes)


def judge(
    first: object,
    second: object,
    a: str,
    b: str,
    meaning: float | None,
    votes: AnsweredBoth | None = None,
) -> Proposal:
    """The decision for texts `a` and `b`, named `first` and `second`, whose cosine is known."""
    reasons: list[str] = []
    if words(a) == words(b) and words(a):
        return Proposal(first, second, Relation.SAME, 1.0, ("same words",))
    found = measure(a, b, meaning)
    score = sameness(found)
    against = clash(a, b)
    if score < RELATED_FROM and found.covered < COVERED_FROM:
        return Proposal(first, second, Relation.DIFFERENT, score, ())
    if against.opposite:
        return Proposal(first, second, Relation.OPPOSITE, score, against.reasons)
    if found.content >= 0.6:
        reasons.append("mostly the same words")
    if found.meaning is not None and found.meaning >= 0.92:
        reasons.append("nearly the same meaning")
    if votes is not None and votes.enough:
        alike = votes.share_alike
        if alike < 0.6:
            return Proposal(
                first,
                second,
                Relation.RELATED,
                score,
                ("people who answered both did not answer alike", *reasons),
            )
        if alike >= 0.85:
            reasons.append("people who answered both answered alike")
    if against.apart:
        return Proposal(first, second, Relation.RELATED, score, (*against.reasons, *reasons))
    if score >= SAME_FROM and found.shorter >= 0.5:
        return Proposal(first, second, Relation.SAME, score, tuple(reasons or ["close in meaning"]))
    if found.covered >= COVERED_FROM and found.shorter < 0.7:
        few_first = len(set(words(a))) <= len(set(words(b)))
        longer = "second" if few_first else "first"
        return Proposal(
            first,
            second,
            Relation.PART_OF,
            score,
            (f"the {longer} says this and more", *reasons),
            part="first" if few_first else "second",
        )
    if score >= RELATED_FROM:
        return Proposal(
            first, second, Relation.RELATED, score, tuple(reasons or ["about the same thing"])
        )
    return Proposal(first, second, Relation.DIFFERENT, score, ())
