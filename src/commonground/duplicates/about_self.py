"""Whether somebody tells a fact of themselves ("I live in a town"), rather than what they think.

Two such facts in one frame lie very near each other and are two answers to one question: "I live in
a town", "I live in a village". Put together they would say what one of two people did not say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from commonground.words import tidy

_FACT = re.compile(
    r"""^\W*(?:
        i\s(?:currently\s|now\s|have\s|'?ve\s)?(?:
            (?:live|lived|reside)\s(?:in|at|on|near|within|outside|alone|here|close|more|less|far)|
            rent|own|voted|commute|grew\sup|was\sborn|come\sfrom|identify\sas|
            belong\sto|earn|work(?:ed)?\s(?:as|at|for|in)|stud(?:y|ied)\s(?:at|in)
        )\b
        | i(?:\sam|'m|’m)\s(?:currently\s|now\s)?(?:\d|aged\b|from\b|between\b|over\b|under\b|
            male\b|female\b|married\b|single\b|retired\b|(?:un|self-?)?employed\b|
            an?\s(?!.*\bnot\b)[\w\s'’/-]{1,40}[.!]?$)
        | i\shave\s(?:(?:no|an?|\d+|one|two|three|four|five|six)\s)?
            (?:child|children|kids|degree|phd|car|cars)\b
        | (?:my|our)\s(?:\w+(?:['’]s)?\s){0,2}
            (?:age|ethnicity|gender|income|religion|nationality|race|occupation|profession|job)
            \s(?:is|was)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def tells_of_themselves(text: str) -> bool:
    """Whether the text starts as a fact about the person who wrote it. English only.

    "I am a teacher" and "My household income is above 40,000" do; "I am tired of forms", "I am not
    listened to" and "I am a person, not a label" do not: those say how things are for them.
    """
    return _FACT.match(tidy(text)) is not None
