"""The one way in, and the one way out, for everything that a participant writes."""

from coproduce.words.services.keeping import (
    LONGEST,
    keep_words,
    make_ref,
    required,
    salted_digest,
    tidy,
)
from coproduce.words.services.withdrawing import withdraw, withdraw_everything

__all__ = [
    "LONGEST",
    "keep_words",
    "make_ref",
    "required",
    "salted_digest",
    "tidy",
    "withdraw",
    "withdraw_everything",
]
