"""The one way in, and the one way out, for everything that a participant writes."""

from coproduce.words.services.keeping import (
    LONGEST,
    keep_words,
    required,
    salted_digest,
    tidy,
)
from coproduce.words.services.references import unused_ref, unused_refs
from coproduce.words.services.withdrawing import withdraw, withdraw_everything

__all__ = [
    "LONGEST",
    "keep_words",
    "required",
    "salted_digest",
    "tidy",
    "unused_ref",
    "unused_refs",
    "withdraw",
    "withdraw_everything",
]
