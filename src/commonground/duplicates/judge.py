"""What two texts are to each other: the decision, from measures and rules, with its reasons.

The numbers in this module were chosen on `benchmarks/quality/invented_pairs.csv` and on the pairs
marked "chose" in `polis_pairs.csv`, and judged on others (docs/explanation/near-duplicates.md).
"""

from __future__ import annotations

from collections.abc import Hashable
from math import exp, log

from commonground.duplicates.about_self import tells_of_themselves
from commonground.duplicates.answers import AnsweredBoth
from commonground.duplicates.measures import Measures, measure
from commonground.duplicates.polarity import clash
from commonground.duplicates.reading import reads_as_english
from commonground.duplicates.relation import Proposal, Relation
from commonground.vectors import SentenceVectors
from commonground.words import words

_SAME_FROM = 0.5
_SURE_FROM = 0.85
"""What two texts need whose stances could not be compared."""
_SURE_OF_SUBJECT_FROM = 0.68
"""What two texts need that share only their subject."""
_SAME_BY_NOT = 0.6
_RELATED_MEANING = 0.885
_RELATED_SHARED = 0.4
_NEAR_MEANING = 0.93
_FEW_WORDS = 3
_PART_MEANING = 0.84
_SMALL_ADDITION = 1 / 3
"""Share of the longer text's content words that may be its own when both still say the same."""


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
    first: Hashable,
    second: Hashable,
    a: str,
    b: str,
    meaning: float | None,
    votes: AnsweredBoth | None = None,
    *,
    offers_only: bool = False,
) -> Proposal:
    """The decision for texts `a` and `b`, named `first` and `second`, whose cosine is known.

    offers_only: for who only wants what is the same or a part. Where it cannot be either, stances
    are not read, and the answer is DIFFERENT.
    """
    if words(a) == words(b) and words(a):
        return Proposal(first, second, Relation.SAME, 1.0, ("same words",))
    found = measure(a, b, meaning)
    score = sameness(found)
    if not _touch(found) or (offers_only and not _may_be_offered(found, score)):
        return Proposal(first, second, Relation.DIFFERENT, score, ())
    if found.only_brief + found.only_long and tells_of_themselves(a) and tells_of_themselves(b):
        # Of two people: neither the same, nor a disagreement.
        why = "each tells something of the person who wrote it"
        return Proposal(first, second, Relation.RELATED, score, (why, *_reasons(found)))
    english = reads_as_english(a) and reads_as_english(b)
    against = clash(a, b)
    if english and against.opposite:
        return Proposal(first, second, Relation.OPPOSITE, score, against.reasons)
    answered = votes is not None and votes.enough
    if answered and votes is not None and votes.share_alike < 0.45:
        why = "people who agreed with one mostly disagreed with the other"
        return Proposal(first, second, Relation.OPPOSITE, score, (why,))
    reasons = _reasons(found)
    if answered and votes is not None and votes.share_alike < 0.6:
        why = "people who answered both did not answer alike"
        return Proposal(first, second, Relation.RELATED, score, (why, *reasons))
    if not english:
        why = "whether they agree is read in English only"
        return Proposal(first, second, Relation.RELATED, score, (why, *reasons))
    likely_same = score
    if answered and votes is not None and votes.share_alike >= 0.85:
        # Most people answer most pairs alike: this makes surer of what reads alike, and no more.
        reasons = (*reasons, "people who answered both answered alike")
        score = 1.0 - (1.0 - score) * 0.6
    if _is_part(found) and not against.part_apart:
        if found.first_is_brief:
            reasons = ("the second says this and more", *reasons)
            return Proposal(first, second, Relation.PART_OF, score, reasons, "first")
        reasons = ("the first says this and more", *reasons)
        return Proposal(first, second, Relation.PART_OF, score, reasons, "second")
    # Of one subject, "are expensive" and "save money" lie as near as two wordings of one wish.
    sure_enough = _SURE_OF_SUBJECT_FROM if found.only_subject else _SAME_FROM
    if against.same_by_not and meaning is not None and meaning >= _NEAR_MEANING:
        likely_same, sure_enough = max(likely_same, _SAME_BY_NOT), _SAME_FROM
    if against.doubtful and found.only_brief:
        sure_enough = _SURE_FROM
    if likely_same >= sure_enough and not against.apart:
        return Proposal(first, second, Relation.SAME, max(score, likely_same), reasons)
    return Proposal(first, second, Relation.RELATED, score, (*against.reasons, *reasons))


def sameness(found: Measures) -> float:
    """0 to 1, how likely two texts say the same; stance and additions are looked at apart.

    A logistic curve over nearness of meaning, letters in common, and length (the logarithm of the
    briefer's content words). In short texts letters count against sameness: of two pairs equally
    near, the one that shares its frame and differs in one word ("more nurses", "more parking")
    owes its nearness to the frame. In longer texts nearness tells more. Fitted by penalised
    regression on the data named above; without vectors, only a text that holds the other counts.
    """
    if found.meaning is None:
        return 0.95 - 0.5 * found.only_long / found.long if _holds_brief(found) else 0.0
    length, near = log(max(1, found.brief)), found.meaning - _USUAL_MEANING
    return 1.0 / (
        1.0
        + exp(
            -(
                _BASE
                + (_MEANING + _MEANING_BY_LENGTH * length) * near
                + (_LETTERS + _LETTERS_BY_LENGTH * length) * found.letters
                + _LENGTH * length
                + (_HOLDS if _holds_brief(found) else 0.0)
            )
        )
    )


_USUAL_MEANING = 0.93
_BASE, _MEANING, _MEANING_BY_LENGTH = 3.2, 51.0, 18.0
_LETTERS, _LETTERS_BY_LENGTH, _LENGTH, _HOLDS = -8.0, 1.45, -1.2, 6.4


def _may_be_offered(found: Measures, score: float) -> bool:
    """Whether nothing but stance and answers could keep it from being the same or a part."""
    near = found.meaning is not None and found.meaning >= _NEAR_MEANING
    return near or score >= _SAME_FROM or _is_part(found)


def _touch(found: Measures) -> bool:
    """Whether the two speak of the same thing at all."""
    near = found.meaning is not None and found.meaning >= _RELATED_MEANING
    return near or found.shared >= _RELATED_SHARED or _is_part(found)


def _is_part(found: Measures) -> bool:
    """Whether the longer has all that the briefer has, and adds to it."""
    if not _holds_brief(found) or not found.only_long:
        return False
    if found.only_long / found.long < _SMALL_ADDITION and not found.adds:
        return False
    return found.in_order if found.meaning is None else found.meaning >= _PART_MEANING


def _holds_brief(found: Measures) -> bool:
    """Whether the longer text has every content word of the briefer.

    One or two words may stand in any long text: then its small words must be there too.
    """
    if found.brief == 0 or found.only_brief:
        return False
    return found.brief >= _FEW_WORDS or found.covered >= 2 / 3


def _reasons(found: Measures) -> tuple[str, ...]:
    reasons = []
    if found.shared >= 0.6:
        reasons.append("mostly the same words")
    if found.meaning is not None and found.meaning >= _NEAR_MEANING:
        reasons.append("nearly the same meaning")
    return tuple(reasons) or ("about the same thing",)
