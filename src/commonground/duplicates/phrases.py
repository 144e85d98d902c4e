"""Two or three words that carry a stance together: "give up on", "let in", "nowhere near".

The small words of these ("up", "out", "back") mean little alone, so that "prices went up" and
"prices came down" would have the same words. Each phrase is read as the one word that stands
beside it here, which has its opposites in the lexicon.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from commonground.duplicates.lexicon import TURNING_VERBS
from commonground.words import is_word, stem

_READ_AS = """
not: nowhere near / anything but / by no means / in no way / no longer / let off
instead: instead of / rather than / in place of
stop: give up on / give up / do away with / put an end to / put a stop to / bring an end to
    / call off / step down / stand down / wind up / wind down / phase out
    / pull out of / walk away from / shut down / close down
remove: get rid of / take away
ban: keep .. out of / keep .. out / shut .. out / lock .. out / throw .. out / kick .. out
allow: let .. in / let .. into / welcome .. in
accept: take up
refuse: turn .. away / turn down
include: take .. in / bring .. into
exclude: leave .. out / push .. out
continue: carry on / stay on / press on / keep .. go / keep .. run / keep .. alive
    / keep on / stick with / stick to / hold on to / hang on to / leave .. as it is
    / leave .. as they are / leave .. alone
proceed: go ahead / push ahead / press ahead
introduce: bring .. back / set .. up / start .. up / roll .. out
build: put .. up
increase: go up / push .. up / drive .. up
decrease: go down / come down / bring .. down / cut back / scale .. back / push .. down
worsen: go downhill / get worse / make .. worse / go backwards
slow: take longer / take too long / take age / take forever
insufficient: too little / too few / short of / run out of / run short
excessive: too much / too many
punctual: on time / run to time
destroy: tear .. apart / tear .. down / pull .. down / knock .. down
oppose: be against / vote against / speak against
support: be for / vote for / speak for / in favour of
"""

_FAR = 5
"""Words that may stand where a phrase has a gap."""
_BE = frozenset(("be", "am", "is", "are", "was", "were", "been"))
_SPEAKERS = frozenset(("i", "we", "they", "he", "she", "you", "people", "everyone", "everybody"))
NOTS = frozenset(("not", "instead"))
"""What phrases that only say "not" are read as; "instead of" denies no more than what is named."""


_FORMS = dict.fromkeys(_BE, "be") | {
    "got": "get",
    "left": "leave",
    "tore": "tear",
    "torn": "tear",
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a text.

    read_as: the word that each is read as, by the place after which it takes hold: that of its last
        word, or of the last before a gap. What stands in the gap is what it is about.
    turning: places of the words of those phrases that turn round what follows, as "not" does.
    verbs: the place of the first word of each, by the same.
    spelt: how each was written, by the stem of the word that it is read as.
    """

    read_as: dict[int, str]
    turning: frozenset[int]
    verbs: dict[int, int]
    spelt: dict[str, str]


def _root(word: str) -> str:
    return _FORMS.get(word) or stem(word)


def _table() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]]:
    """By first word: (words directly after it, words after a gap, what it is read as)."""
    found = defaultdict(list)
    for line in _READ_AS.strip().replace("\n    ", " ").splitlines():
        read_as, phrases = line.split(":")
        for phrase in phrases.split("/"):
            first, *rest = map(_root, phrase.replace("..", "_").split())
            gap = rest.index("_") if "_" in rest else len(rest)
            found[first].append((tuple(rest[:gap]), tuple(rest[gap + 1 :]), read_as))
    for some in found.values():
        some.sort(key=lambda one: -len(one[0]) - len(one[1]))
    return dict(found)


_PHRASES = _table()


def phrases_in(pieces: tuple[str, ...]) -> Phrases:
    """Find them, the longest first, left to right."""
    read_as: dict[int, str] = {}
    turning: set[int] = set()
    verbs: dict[int, int] = {}
    spelt: dict[str, str] = {}
    taken = -1
    for at, piece in enumerate(pieces):
        first = _root(piece)
        if at <= taken or first not in _PHRASES:
            continue
        for direct, late, word in _PHRASES[first]:
            end = at + len(direct)
            if not _stands(pieces, at + 1, direct) or not _fits(pieces, at, first):
                continue
            places = list(range(at, end + 1))
            if late:
                start = _after_gap(pieces, end + 1, late)
                if start is None:
                    continue
                places.extend(range(start, start + len(late)))
                # "Let in dogs" has no gap: what it is about comes after it.
                end = places[-1] if start == end + 1 else end
            read_as[end], verbs[end] = word, at
            spelt[stem(word)] = _spelling(pieces, places)
            if word in NOTS or stem(word) in TURNING_VERBS:
                turning.update(places)
            taken = end
            break
    return Phrases(read_as, frozenset(turning), verbs, spelt)


def _spelling(pieces: tuple[str, ...], places: list[int]) -> str:
    gap = " … " if len(places) > 1 and places[-1] - places[0] >= len(places) else " "
    return gap.join(pieces[place] for place in places)


def _fits(pieces: tuple[str, ...], at: int, first: str) -> bool:
    """Whether it is people who are for or against it: the flats may be "for" old people."""
    return first != "be" or not _SPEAKERS.isdisjoint(pieces[max(0, at - 2) : at])


def _stands(pieces: tuple[str, ...], at: int, roots: tuple[str, ...]) -> bool:
    if at + len(roots) > len(pieces):
        return False
    return all(_root(pieces[at + place]) == root for place, root in enumerate(roots))


def _after_gap(pieces: tuple[str, ...], start: int, late: tuple[str, ...]) -> int | None:
    """Where the late words follow in the same clause, as the end of their phrase.

    "Put the sign in the hall" takes nothing in: a word for a place goes on with one.
    """
    for at in range(start, min(len(pieces), start + _FAR + 1)):
        if not is_word(pieces[at]):
            return None
        if _stands(pieces, at, late):
            following = pieces[at + len(late)] if at + len(late) < len(pieces) else "."
            stands = late != ("in",) or at == start or not is_word(following)
            return at if stands else None
    return None
