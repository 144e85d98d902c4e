"""Finding words of the glossary, and opening their meaning where they stand."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from coproduce.glossary.starting_set import STARTING_SET


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it stands for (empty when it is no acronym) and what it means."""

    name: str
    stands_for: str
    meaning: str

    @property
    def key(self) -> str:
        """The word as an anchor on the glossary page."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")


@cache
def all_terms() -> tuple[Term, ...]:
    """Every term by alphabet. An installation's own stand in for ours of the same name."""
    found = {name.casefold(): Term(name, long, meaning) for name, long, meaning in STARTING_SET}
    if settings.GLOSSARY_FILE:
        for own in _read(Path(settings.GLOSSARY_FILE)):
            found[own.name.casefold()] = own
    return tuple(sorted(found.values(), key=lambda term: term.name.casefold()))


def _read(path: Path) -> list[Term]:
    """Terms of a CSV file with the columns term, stands for, meaning."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [
        Term(row[0].strip(), row[1].strip(), row[2].strip())
        for row in rows
        if len(row) >= 3 and row[0].strip()
    ]


@cache
def _by_name() -> dict[str, Term]:
    return {term.name.casefold(): term for term in all_terms()}


def find(name: str) -> Term | None:
    """The term of that name, whatever its case."""
    return _by_name().get(name.casefold())


@cache
def _pattern() -> re.Pattern[str]:
    # Acronyms in their own case only ("AP", not "ap"); other terms in any case. Longest first.
    def part(name: str) -> str:
        return re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})"

    names = sorted((term.name for term in all_terms()), key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(part(name) for name in names) + r")(?:s)?(?!\w)")


def opening(term: Term, shown: str) -> str:
    """The word as something that opens its meaning in place, without a script."""
    return format_html(
        '<details class="term"><summary>{}</summary>'
        '<span class="term__meaning">{}{}</span></details>',
        shown,
        f"{term.stands_for}. " if term.stands_for else "",
        term.meaning,
    )


def explain(text: str) -> SafeString:
    """`text`, escaped, each term opening its meaning the first time that it stands there."""
    parts: list[str] = []
    seen: set[str] = set()
    end = 0
    for match in _pattern().finditer(text):
        name = match[1].casefold()
        if name in seen:
            continue
        seen.add(name)
        parts.append(conditional_escape(text[end : match.start()]))
        parts.append(opening(_by_name()[name], match[0]))
        end = match.end()
    parts.append(conditional_escape(text[end:]))
    return SafeString("".join(parts))
