"""Names for ideas from the words of their own statements, without a language model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from commonground.words import FUNCTION_WORDS, is_word, stem, tidy, words_and_marks

_LONGEST_PHRASE = 4
_NOT_AT_AN_END = FUNCTION_WORDS | {"is"}


def phrases_of(text: str) -> list[tuple[str, ...]]:
    """Runs of one to four words that start and end in a word with content, inside one clause.

    What follows the comma of a number ("000" of "100,000") is no word with content.
    """
    found: list[tuple[str, ...]] = []
    clause: list[str] = []
    for piece in (*words_and_marks(text), "."):
        if is_word(piece):
            clause.append(piece)
            continue
        may_end = [word not in _NOT_AT_AN_END and word[0] != "0" for word in clause]
        for start, begins in enumerate(may_end):
            if not begins:
                continue
            for stop in range(start + 1, min(start + _LONGEST_PHRASE, len(clause)) + 1):
                if may_end[stop - 1]:
                    found.append(tuple(clause[start:stop]))
        clause = []
    return found


def name_groups(groups: Sequence[Sequence[str]], count: int = 4) -> list[tuple[str, ...]]:
    """For each group of texts, up to `count` phrases that set it apart, best first.

    Class tf-idf: the share of the group's texts that hold the phrase, times the logarithm of how
    much rarer it is in all texts; longer phrases are favoured a little.
    """
    everywhere: Counter[tuple[str, ...]] = Counter()
    per_group: list[Counter[tuple[str, ...]]] = []
    spelling: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
    for group in groups:
        inside: Counter[tuple[str, ...]] = Counter()
        for text in group:
            stems: set[tuple[str, ...]] = set()
            for phrase in phrases_of(text):
                key = tuple(stem(word) for word in phrase)
                spelling.setdefault(key, Counter())[phrase] += 1
                stems.add(key)
            inside.update(stems)
        everywhere.update(inside)
        per_group.append(inside)
    total = sum(len(group) for group in groups)
    names = []
    for group, inside in zip(groups, per_group, strict=True):
        least = 2 if len(group) > 2 else 1
        scored = [
            (
                seen / len(group) * log(1 + total / everywhere[key]) * (1 + 0.4 * (len(key) - 1)),
                key,
            )
            for key, seen in inside.items()
            if seen >= least
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        tidied = [tidy(text) for text in group]
        names.append(
            tuple(_as_written(phrase, tidied) for phrase in _different(scored, spelling, count))
        )
    return names


def as_written(phrase: str, texts: Sequence[str]) -> str:
    """The phrase with the capitals that people gave it inside their sentences ("the UK").

    The commonest writing counts, of those alike the one with fewer capitals. A first word may have
    its capital from the sentence that it begins, and tells nothing. As given where no text has it.
    """
    return _as_written(phrase, [tidy(text) for text in texts])


def _as_written(phrase: str, tidied: Sequence[str]) -> str:
    pattern = re.compile(
        r"(?<![.!?:]\s)(?<!^)\b" + r"\s+".join(map(re.escape, phrase.split())) + r"\b",
        re.IGNORECASE,
    )
    found = Counter(
        " ".join(one.group().split()) for text in tidied for one in pattern.finditer(text)
    )
    if not found:
        return phrase
    return min(found, key=lambda one: (-found[one], sum(map(str.isupper, one)), one))


def different_names(phrases: Sequence[Sequence[str]]) -> list[str]:
    """For each group its best phrase that no group before it is named by.

    Where all of them are taken it is the best of all, and where a group has none, "".
    """
    taken: set[str] = set()
    names = []
    for own in phrases:
        free = (phrase for phrase in own if phrase.lower() not in taken)
        names.append(next(free, own[0] if own else ""))
        taken.add(names[-1].lower())
    return names


def _different(
    scored: Sequence[tuple[float, tuple[str, ...]]],
    spelling: dict[tuple[str, ...], Counter[tuple[str, ...]]],
    count: int,
) -> tuple[str, ...]:
    taken: list[set[str]] = []
    chosen: list[str] = []
    for _, key in scored:
        if any(set(key) <= other or other <= set(key) for other in taken):
            continue
        taken.append(set(key))
        best = min(spelling[key].items(), key=lambda one: (-one[1], one[0]))[0]
        chosen.append(" ".join(best))
        if len(chosen) == count:
            break
    return tuple(chosen)
