"""Private codes: four short words that bring somebody back.

2,048 words, four of them: 44 bits, drawn by the system's own randomness. The words are easy to
read, write and say. `code_words.txt` is public: only the choice of four is private.
"""

from __future__ import annotations

import re
import secrets
from difflib import get_close_matches
from functools import cache
from pathlib import Path

WORDS_IN_A_CODE = 4


@cache
def code_words() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "code_words.txt").read_text().split())


@cache
def _known() -> frozenset[str]:
    return frozenset(code_words())


def make_code() -> str:
    """A new code, such as "river button tulip moon"."""
    return " ".join(secrets.choice(code_words()) for _ in range(WORDS_IN_A_CODE))


def tidy_code(typed: str) -> str:
    """The code as it was made: capitals, dots, dashes and extra spaces do not matter."""
    return " ".join(re.findall(r"[a-z]+", typed.lower()))


def what_is_wrong(typed: str) -> str:
    """A sentence about a code that cannot be one, or nothing. Tells nothing about real codes."""
    words = tidy_code(typed).split()
    if not typed.strip():
        return "Type the four words of your private code."
    if any(letter.isdigit() for letter in typed):
        return (
            "A private code is four words, without numbers. "
            "A code with numbers lets you into a conversation: the link for it is below."
        )
    for word in words:
        if word not in _known():
            close = get_close_matches(word, code_words(), n=1, cutoff=0.75)
            meant = f" Did you mean “{close[0]}”?" if close else " Look at how it is written."
            return f"“{word[:20]}” is not one of our code words.{meant}"
    if len(words) != WORDS_IN_A_CODE:
        return f"A code has {WORDS_IN_A_CODE} words. You typed {len(words)}."
    return ""
