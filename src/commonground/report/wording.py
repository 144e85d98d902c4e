"""How numbers, statements and opinion groups read in the report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from commonground.report.contents import Report
from commonground.votes import Answer
from commonground.what_groups_say.findings import Estimate

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

ANSWER_VERBS = {Answer.AGREE: "agree", Answer.DISAGREE: "disagree"}


def letter(group: int) -> str:
    """A, B, C … from the largest opinion group on."""
    return LETTERS[group] if group < len(LETTERS) else str(group + 1)


def group_name(group: int) -> str:
    """Opinion group A, B, C …"""
    return f"Opinion group {letter(group)}"


def statement_text(report: Report, statement: Any) -> str:
    """The words of a statement, or its number where there are none."""
    return report.texts.get(statement) or f"Statement {statement}"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * share:.0f}%"


def with_interval(estimate: Estimate) -> str:
    """A share with its interval: 63% (55% to 70%)."""
    return f"{percent(estimate.value)} ({percent(estimate.low)} to {percent(estimate.high)})"


def points(estimate: Estimate) -> str:
    """A difference of shares in percentage points, with its interval."""
    value, low, high = (f"{100 * x:+.0f}" for x in (estimate.value, estimate.low, estimate.high))
    return f"{value} ({low} to {high})"


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
