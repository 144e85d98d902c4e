"""What is said in an example, read from its data file."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

Script = dict[str, Any]


@cache
def script(name: str) -> Script:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def answer_by_pattern(pattern: dict[str, Any], groups: list[str], chance: Random) -> int | None:
    """One made-up person's answer (1, -1, 0), or None where they were not asked.

    The pattern gives the shares who agree and who do not, for a partner group or for all. A
    person of two groups answers like the first that the pattern names.
    """
    if chance.random() > pattern.get("seen", 0.85):
        return None
    named = next((group for group in groups if group in pattern), "all")
    agree, disagree = pattern[named]
    drawn = chance.random()
    if drawn < agree:
        return 1
    return -1 if drawn < agree + disagree else 0
