"""How numbers, statements and opinion groups read in the report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from commonground.report.contents import Report
from commonground.report.markup import Html, element, joined
from commonground.votes import Answer
from commonground.what_groups_say.findings import Estimate

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

ANSWER_VERBS = {Answer.AGREE: "agree", Answer.DISAGREE: "disagree"}


def letter(group: int) -> str:
    """A, B, C … from the largest opinion group on."""
    return LETTERS[group] if group < len(LETTERS) else str(group + 1)


def group_name(group: int, *, within: bool = False) -> str:
    """Opinion group A, B, C …; `within`: inside a sentence, with a small letter."""
    return f"{'opinion' if within else 'Opinion'} group {letter(group)}"


def statement_text(report: Report, statement: Any) -> str:
    """The words of a statement, or its number where there are none."""
    return report.texts.get(statement) or f"Statement {statement}"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * share:.0f}%"


def with_interval(estimate: Estimate) -> Html:
    """A share with its interval: 63% (55% to 70%)."""
    return _ranged(*(percent(one) for one in (estimate.value, estimate.low, estimate.high)))


def points(estimate: Estimate) -> Html:
    """A difference of shares in percentage points, with its interval."""
    return _ranged(*(f"{100 * x:+.0f}" for x in (estimate.value, estimate.low, estimate.high)))


def _ranged(value: str, low: str, high: str) -> Html:
    """In a narrow column a line may end before the range, and not inside it."""
    return joined((value, element("span", f"({low} to {high})", class_="range")))


def steadiness(alike: float) -> str:
    """How alike two halves are (adjusted Rand index), in words with the number."""
    least = (0.8, 0.5, 0.2, -1.0)
    words = ("nearly the same", "much the same", "only partly the same", "quite different")
    said = next(word for word, from_here in zip(words, least, strict=True) if alike >= from_here)
    return f"{said} ({alike:.2f}, where 1 is the same and 0 is chance)"


def place_with_range(place: float, within: float) -> str:
    """A place on an axis with its range: 0.42 (0.37 to 0.47)."""
    if not math.isfinite(within):
        return "not known"
    # Adding 0 turns -0.00 into 0.00.
    value, low, high = (round(x, 2) + 0.0 for x in (place, place - within, place + within))
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def listed(words: Sequence[str]) -> str:
    """One, two and three."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def counted(number: int, one: str, many: str) -> str:
    """1 person, 1,200 people."""
    return f"{number:,} {one if number == 1 else many}"
