"""What a check-in asks, in words for adults and for children.

The five questions follow Lundy's space, voice, audience and influence, and add whether the view was
one's own. The Four Cornerstones are named after Genuine Partnerships, Rotherham; the questions are
ours. The rungs are those of the ladder of participation of Think Local Act Personal (TLAP).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coproduce.genuineness.models import Asked, CheckIn, FeltRung


@dataclass(frozen=True)
class AskedAs:
    """One question. `good`: the answer that says it went well."""

    adult: str
    child: str
    good: str = "yes"

    def wording(self, *, child: bool) -> str:
        return self.child if child else self.adult


QUESTIONS: dict[str, AskedAs] = {
    Asked.SPACE: AskedAs("I could take part in a way that works for me", "Was this OK for you?"),
    Asked.VOICE: AskedAs("I could say what I really think", "Did you say what you think?"),
    Asked.OWN_VIEW: AskedAs(
        "I felt pushed towards someone else’s view",
        "Did anyone tell you what to say?",
        good="no",
    ),
    Asked.AUDIENCE: AskedAs(
        "People who can decide see what we say", "Do you know who will read it?"
    ),
    Asked.INFLUENCE: AskedAs(
        "I saw what changed, or was told why not", "Did someone tell you what happened next?"
    ),
    Asked.ALREADY_DECIDED: AskedAs(
        "Had it already been decided?", "Had the grown-ups already decided?", good="no"
    ),
    Asked.WELCOME: AskedAs(
        "I am welcome here, and people are kind to me", "Are people kind to you here?"
    ),
    Asked.VALUE: AskedAs(
        "What I know and can do counts here as much as what others know",
        "Do people here think that your ideas matter?",
    ),
    Asked.COMMUNICATE: AskedAs(
        "People tell me things in time, in words that I understand",
        "Do people tell you things in a way that you understand?",
    ),
    Asked.PARTNERSHIP: AskedAs(
        "We decide and do things together, from the start", "Do you do things together here?"
    ),
}

FIVE = (Asked.SPACE, Asked.VOICE, Asked.OWN_VIEW, Asked.AUDIENCE, Asked.INFLUENCE)
CORNERSTONES = (Asked.WELCOME, Asked.VALUE, Asked.COMMUNICATE, Asked.PARTNERSHIP)

# One short page each. These two are no questions with the five answers.
HOW_FAR, NOTE = "how-far", "note"

RUNG_ORDER = {rung: place for place, rung in enumerate(FeltRung.values)}


def steps_of(occasion: str, *, child: bool, decided: bool) -> tuple[str, ...]:
    """The pages of a check-in in their order. Influence is asked once something was decided."""
    if occasion == CheckIn.Occasion.YEARLY:
        return (*CORNERSTONES, NOTE)
    five = [asked for asked in FIVE if decided or asked != Asked.INFLUENCE]
    how_far: Sequence[str] = () if child else (HOW_FAR,)
    return (*five, Asked.ALREADY_DECIDED, *how_far, NOTE)


def is_good(asked: str, choice: str) -> bool | None:
    """Whether an answer says that it went well; None for one that says neither."""
    if choice not in {"yes", "no"}:
        return None
    return choice == QUESTIONS[asked].good


def as_far_as_promised(felt: str, promised: str) -> bool:
    return RUNG_ORDER[felt] >= RUNG_ORDER[promised]
