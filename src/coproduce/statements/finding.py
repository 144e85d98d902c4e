"""Finding statements by the words in them, as others may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce.statements.models import Statement

if TYPE_CHECKING:
    from coproduce.conversations.models import Question

MOST_FOUND = 30
# As many are read at most: what is masked in them may be what was asked for.
MOST_READ = 300
MOST_WORDS = 8


@dataclass(frozen=True)
class Found:
    """`is_more`: other statements hold these words too."""

    statements: tuple[Statement, ...]
    is_more: bool = False


def find(question: Question, asked: str) -> Found:
    """Shown statements that hold every word that is asked for, or have this reference.

    By reference, which chance drew. What is masked is not found: it is not there for others.
    """
    words = asked.casefold().split()[:MOST_WORDS]
    if not words:
        return Found(())
    shown = Statement.objects.filter(question=question).shown().with_words()
    ref = asked.strip().upper()
    by_ref = list(shown.filter(words__ref=ref))
    if by_ref:
        return Found(tuple(by_ref))
    holding = shown
    for word in words:
        # A database may not know capitals with accents: the first letters are compared below.
        if word.isascii():
            holding = holding.filter(words__kept_text__text__icontains=word)
    read = list(holding.order_by("words__ref")[: MOST_READ + 1])
    found = [one for one in read if all(word in one.text.casefold() for word in words)]
    return Found(tuple(found[:MOST_FOUND]), len(found) > MOST_FOUND or len(read) > MOST_READ)


def by_refs(question: Question, refs: list[str]) -> list[Statement]:
    """The shown statements with these references, in the order given."""
    found = {
        one.ref: one
        for one in Statement.objects.filter(question=question, words__ref__in=refs)
        .shown()
        .with_words()
    }
    return [found[ref] for ref in dict.fromkeys(refs) if ref in found]
