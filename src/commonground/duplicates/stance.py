"""What stands under a "not" in a text, who and how many it speaks of: its stance, for comparing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from commonground.duplicates.lexicon import (
    AFTER_NOUNS,
    ALL,
    ASKS,
    ATTITUDES,
    AXES_OF_ONE_THING,
    BEFORE_NOUNS,
    BREAKS,
    FACTS,
    FRAMES,
    IMPLIED_NOT,
    KINDS,
    NEGATIONS,
    NOT_TURNING_BEFORE,
    OWNERS,
    PEOPLE,
    PLACES,
    SOME,
    TURNING_VERBS,
    VALENCE,
    WHEN,
    WHO,
    WISHES,
    sides_of,
)
from commonground.duplicates.phrases import NOTS, phrases_in
from commonground.duplicates.twos import JOINS, is_best, not_before, only_if, sides
from commonground.words import FUNCTION_WORDS, is_word, owners, stem, words_and_marks

_REACH = 4
"""Content words after a negation that it is taken to turn round."""

_NO_CONTENT = frozenset(map(stem, FUNCTION_WORDS | WHO.keys()))
_NO_THINGS = FUNCTION_WORDS | WHO.keys() | PEOPLE | ASKS | NEGATIONS
_BEFORE_THINGS = BEFORE_NOUNS - PLACES
_TIMES = {"once": "1", "twice": "2"}
_EACH = frozenset(("a", "an", "each", "every", "per"))
_LEFT_TO = frozenset(("me", "you", "us", "them", "each", "every", "everyone", "everybody"))
_TO_BE = frozenset(("be", "been", "being", "is", "are", "was", "were", "get", "gets"))
_CONTRASTS = frozenset((",", "and", "but", "—", "–"))
_UNDONE = frozenset(("forgotten", "forbidden", "quit", "shut", "thrown", "got"))
_ENDS_BY_ITSELF = frozenset(("end", "ends", "cease", "ceases"))
_GETS = frozenset(("get", "gets", "got", "receive", "receives", "received"))
_DONE = frozenset(
    ("given", "taken", "told", "heard", "taught", "paid", "made", "kept", "left", "shown", "seen")
)


@dataclass(frozen=True)
class Stance:
    """A text read for stance.

    affirmed, denied: stems that stand outside and inside the reach of a negation.
    focus: the denied stems directly after their negation: what is mainly denied.
    negations: how many words turn something round.
    denies: whether some clause has an odd number of them.
    contrasts: whether it says of something only that it is not meant ("in person, not online").
    implies_not: whether a word says in another way what "not" says.
    numbers: numerals, and times such as weekdays, that stand in the text.
    named: kinds of people named, in order, each with the thing that the next word may be (else ""):
        a "school bus" names no school where "bus" is known for a thing.
    things: words that stand as nouns, for the texts that this one is compared with as well.
    passive: whether something is done to those who are named first ("children are asked").
    sides: stems near before and near after a word such as "than".
    aimed: words that have opposites (their axis and side) with the stem that each stands before.
    some_or_all: whether it speaks of some, of all, or (None) of neither or both.
    wishes: whether it asks for something and denies nothing ("there should be a crossing").
    misses: whether all that it denies is told as a fact ("there is no crossing"), and nothing is
        said not to be wanted.
    only_if: whether it makes a condition ("only if they agree", "not unless they agree").
    sets_terms: whether it asks for something on such a condition, and does not tell how things are.
    """

    affirmed: frozenset[str]
    denied: frozenset[str]
    focus: frozenset[str]
    negations: int
    denies: bool
    contrasts: bool
    implies_not: bool
    numbers: frozenset[str]
    named: tuple[tuple[str, str], ...]
    things: frozenset[str]
    passive: bool
    sides: tuple[frozenset[str], frozenset[str]]
    aimed: frozenset[tuple[int, int, str]]
    some_or_all: str | None
    wishes: bool
    misses: bool
    only_if: bool
    sets_terms: bool

    @cached_property
    def stems(self) -> frozenset[str]:
        return self.affirmed | self.denied

    @cached_property
    def valence(self) -> int:
        """Above zero where the text speaks well of what it names, below where it speaks badly."""
        return sum(VALENCE.get(one, 0) for one in self.affirmed) - sum(
            VALENCE.get(one, 0) for one in self.denied
        )

    @cached_property
    def frame(self) -> frozenset[str]:
        """Stems that carry content and name no people."""
        return frozenset(one for one in self.stems if one not in _NO_CONTENT)

    def who(self, things: frozenset[str]) -> tuple[str, ...]:
        """Kinds of people named, in order, each once; `things`: words known to stand as nouns.

        Who only tells what kind of thing it is ("school bus") is not named.
        """
        return tuple(dict.fromkeys(kind for kind, thing in self.named if thing not in things))

    def kinds_of(self, things: frozenset[str]) -> dict[str, frozenset[str]]:
        """Whose it is said to be, for each of `things` that is said to be of some people."""
        found: dict[str, set[str]] = {}
        for kind, thing in self.named:
            if thing in things:
                found.setdefault(thing, set()).add(kind)
        return {thing: frozenset(kinds) for thing, kinds in found.items()}


class _Reading:
    """What has been read of a text so far, and what the clause stands under.

    turned: whether a negation turns round what comes; left: content words that it still reaches.
    at_focus: whether what it mainly denies is still to come; frame: a "want" that stands before it.
    contrast: whether it only says what is not meant ("in person, not online").
    joined: whether an "and" stands since the last negation.
    undone: whether something is cancelled, refused or the like: others say so without a "not".
    clause: stems of the clause that stand outside its reach.
    """

    def __init__(self) -> None:
        self.affirmed: set[str] = set()
        self.denied: set[str] = set()
        self.focus: set[str] = set()
        self.negations = 0
        self.denies = False
        self.undone = False
        self.contrasts = False
        self.facts = True
        self.joined = False
        self.clause: list[str] = []
        self._forget()

    def _forget(self) -> None:
        self.turned = self.contrast = self.at_focus = False
        self.left = 0
        self.frame = ""

    @property
    def reached(self) -> bool:
        return self.turned and self.left > 0

    def end_clause(self) -> None:
        self.denies = self.denies or (self.turned and not self.contrast)
        self.contrasts = self.contrasts or (self.turned and self.contrast)
        if self.at_focus and self.frame:
            self.focus.add(self.frame)
        self._forget()
        self.joined = False
        self.clause.clear()

    def turn(self, *, contrast: bool = False, fact: bool = False) -> None:
        """Of two negations one takes the other back, but "neither … nor", "no … and no" deny on."""
        self.negations += 1
        self.facts = self.facts and fact
        self.turned = self.joined or not self.turned
        self.contrast = contrast
        self.left, self.at_focus, self.frame, self.joined = _REACH, True, "", False

    def word(self, piece: str, root: str, following: str) -> None:
        (self.denied if self.reached else self.affirmed).add(root)
        carries = piece not in FUNCTION_WORDS or piece in WHO
        if not self.reached:
            if carries:
                self.clause.append(root)
            return
        if self.at_focus and (carries or (piece == "just" and not is_word(following))):
            self.focus.add(root)
            self.at_focus = root in FRAMES
        elif self.at_focus and root in FRAMES:
            self.frame = root
        if piece not in FUNCTION_WORDS:
            self.left -= 1

    def undo_what_stands_before(self, root: str) -> None:
        """ "The break is cancelled" denies the break, as "they cancel the break" does."""
        self.negations += 1
        self.facts = False
        if not self.reached:
            before = [one for one in self.clause if one != root]
            self.affirmed.difference_update(before)
            self.denied.update(before)
            self.focus.update(before)
            self.undone = True
        self._forget()


def _read(pieces: tuple[str, ...], cancelled: frozenset[int]) -> _Reading:
    """Left to right. `cancelled`: places of negations that deny nothing here."""
    so_far = _Reading()
    phrases = phrases_in(pieces)
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else "."
        in_phrase = at in phrases.turning
        if not is_word(piece) or (piece in BREAKS and not in_phrase):
            so_far.end_clause()
            continue
        if piece.isnumeric():
            continue
        so_far.joined = so_far.joined or piece in JOINS
        root = stem(piece)
        if not in_phrase:
            denies = piece in NEGATIONS and at not in cancelled
            if denies and not _turns_nothing(pieces, at, following):
                contrast = piece == "not" and at > 0 and pieces[at - 1] in _CONTRASTS
                so_far.turn(contrast=contrast, fact=_told_as_fact(pieces, at))
                continue
            if pieces[max(0, at - 1)] == "less" and sides_of(root):
                so_far.denied.add(root)  # "less noisy" is quieter
                continue
            so_far.word(piece, root, following)
            if _undoes_what_stands_before(pieces, at, root):
                so_far.undo_what_stands_before(root)
                continue
        read_as = phrases.read_as.get(at, "")
        if read_as in NOTS:
            so_far.turn(contrast=read_as == "instead")
            continue
        if read_as:
            root = stem(read_as)
            so_far.word(read_as, root, following)
            if _undoes_what_stands_before(pieces, phrases.verbs[at], root):
                so_far.undo_what_stands_before(root)
                continue
        turns = root in TURNING_VERBS and (bool(read_as) or not in_phrase)
        if turns and is_word(following) and following not in NOT_TURNING_BEFORE:
            so_far.turn()
    so_far.end_clause()
    return so_far


@lru_cache(maxsize=16384)
def stance_of(text: str, *, if_only: bool = False) -> Stance:
    """Read a text once, left to right.

    if_only: read "not … unless …" as "only … if …", and "not … before …" as an order, for comparing
        with another that has either.
    """
    pieces = words_and_marks(text)
    found = _read(pieces, only_if(pieces) | not_before(pieces) if if_only else frozenset())
    affirmed = found.affirmed | _in_two_words(pieces)
    return Stance(
        frozenset(affirmed),
        frozenset(found.denied),
        frozenset(found.focus),
        found.negations,
        found.denies,
        found.contrasts,
        found.undone or bool(IMPLIED_NOT & (affirmed | found.denied)),
        _numbers(pieces),
        _named(pieces, owners(text)),
        _things(pieces),
        _is_passive(pieces),
        sides(pieces),
        _aimed(pieces),
        _some_or_all(pieces),
        found.negations == 0 and _asks(pieces),
        found.negations > 0 and found.facts and ATTITUDES.isdisjoint(_denied_words(pieces)),
        bool(only_if(pieces)),
        bool(only_if(pieces)) and (_asks(pieces) or _forbids(pieces)),
    )


def _forbids(pieces: tuple[str, ...]) -> bool:
    """ "Do not sell it until …", "never …", "only sell it if …"."""
    first, second = (*pieces, ".", ".")[:2]
    return (first, second) == ("do", "not") or (
        first in {"never", "only"} and second not in _NO_THINGS - ASKS
    )


def _undoes_what_stands_before(pieces: tuple[str, ...], at: int, root: str) -> bool:
    """Whether a turning verb has its object before it: "is cancelled", "let the club end"."""
    if root not in TURNING_VERBS:
        return False
    following = pieces[at + 1] if at + 1 < len(pieces) else "."
    if pieces[at] in _ENDS_BY_ITSELF:
        return not is_word(following)
    done = pieces[at].endswith("ed") or pieces[at] in _UNDONE | _DONE
    return done and not _TO_BE.isdisjoint(pieces[max(0, at - 2) : at])


def _turns_nothing(pieces: tuple[str, ...], at: int, following: str) -> bool:
    """ "Not only …", and the "not" of "why can't we have", which asks for what it names.

    "Just" with nothing after it means fair: "the fine is not just" says no.
    """
    if pieces[at] in {"no", "nothing", "nobody", "never"}:
        return is_best(pieces, at)
    if pieces[at] != "not":
        return False
    goes_on = at + 2 < len(pieces) and is_word(pieces[at + 2])
    return (following in {"only", "just"} and goes_on) or "why" in pieces[max(0, at - 2) : at]


def _told_as_fact(pieces: tuple[str, ...], at: int) -> bool:
    """Whether a negation tells how things are: "there is no", "does not", "nobody", "never"."""
    before = pieces[at - 1] if at else "."
    opens = at < 2 or not is_word(pieces[at - 2])
    if pieces[at] in {"not", "no"}:
        return before in FACTS and not (before == "do" and opens)
    return pieces[at] in {"nobody", "nothing", "nowhere", "none"} or (
        pieces[at] == "never" and is_word(before)
    )


def _denied_words(pieces: tuple[str, ...]) -> set[str]:
    """Words of the clauses in which a negation stands."""
    found: set[str] = set()
    clause: list[str] = []
    for piece in (*pieces, "."):
        if piece in BREAKS:
            if NEGATIONS.intersection(clause):
                found.update(clause)
            clause = []
        else:
            clause.append(piece)
    return found


def _asks(pieces: tuple[str, ...]) -> bool:
    first = pieces[0] if pieces else ""
    would_like = ("would", "like") in pairwise(pieces)
    return first in ASKS or first == "more" or would_like or not WISHES.isdisjoint(pieces)


def _in_two_words(pieces: tuple[str, ...]) -> set[str]:
    """Stems of what two words say: "have to" is must, "up to you" leaves it to somebody."""
    found = set()
    for at, pair in enumerate(pairwise(pieces)):
        if pair in {("have", "to"), ("has", "to")}:
            found.add("must")
        if pair == ("up", "to") and pieces[at + 2 : at + 3] and pieces[at + 2] in _LEFT_TO:
            found.add("option")
    return found


def _numbers(pieces: tuple[str, ...]) -> frozenset[str]:
    found = set()
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece.isnumeric():
            found.add(piece)
        elif piece in _TIMES and following in _EACH:
            found.add(_TIMES[piece])
        elif piece in WHEN:
            found.add(WHEN[piece])
    return frozenset(found)


def _named(pieces: tuple[str, ...], owning: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (WHO[piece], "" if piece in owning else _thing_after(piece, following))
        for piece, following in pairwise((*pieces, "."))
        if piece in WHO and not (piece in OWNERS and following in WHO)
    )


def _thing_after(piece: str, following: str) -> str:
    """What the next word is if it is a noun that `piece` only tells the kind of; else ""."""
    if piece not in KINDS or not is_word(following) or following in _NO_THINGS:
        return ""
    if stem(following) in FRAMES or sides_of(stem(following)) or following.endswith("ly"):
        return ""
    return _thing(following)


def _thing(word: str) -> str:
    """The word for one or many of a thing: "meetings" is one with "meeting", and not "meet"."""
    if word.endswith(("ing", "ings", "er", "ers")):
        return word.removesuffix("s")
    return stem(word)


def _things(pieces: tuple[str, ...]) -> frozenset[str]:
    """Words that stand as nouns here: "the bus", "in the school bus", "school buses are"."""
    found = set()
    for at, piece in enumerate(pieces):
        if not is_word(piece) or piece in FUNCTION_WORDS:
            continue
        before = pieces[max(0, at - 3) : at][::-1]
        following = pieces[at + 1] if at + 1 < len(pieces) else "."
        before_verb = following in AFTER_NOUNS and before[:1] != ("to",)
        if not BEFORE_NOUNS.isdisjoint(before[:1]) or before_verb or _stands_in(piece, before):
            found.add(_thing(piece))
    return frozenset(found)


def _stands_in(piece: str, before: tuple[str, ...]) -> bool:
    """Whether it is what is in, on or at a thing: "on the school bus". `before`: nearest first."""
    if piece.endswith("ing") or KINDS.isdisjoint(before[:1]):
        return False
    place = before[2:3] if before[1:2] and before[1] in _BEFORE_THINGS else before[1:2]
    return not PLACES.isdisjoint(place)


def _is_passive(pieces: tuple[str, ...]) -> bool:
    """Whether who is named first has it done to them: "children are asked", "get help from us".

    Who is "allowed to" do something does it.
    """
    gets = False
    for at, piece in enumerate(pieces):
        if piece in _TO_BE:
            for place, near in enumerate(pieces[at + 1 : at + 3], at + 1):
                if near in _DONE or (len(near) > 4 and near.endswith("ed")):
                    return pieces[place + 1 : place + 2] != ("to",) or "by" in pieces
        gets = gets or piece in _GETS
        if gets and piece == "from":
            return True
    return False


def _aimed(pieces: tuple[str, ...]) -> frozenset[tuple[int, int, str]]:
    found = set()
    for at, piece in enumerate(pieces):
        root = stem(piece) if is_word(piece) else ""
        of_one_thing = ((-1 - axis, side) for axis, side in AXES_OF_ONE_THING.get(root, ()))
        for axis, side in (*sides_of(root), *of_one_thing):
            for following in pieces[at + 1 : at + 4]:
                if following in BREAKS:
                    break
                if following not in FUNCTION_WORDS:
                    found.add((axis, side, stem(following)))
                    break
    return frozenset(found)


def _some_or_all(pieces: tuple[str, ...]) -> str | None:
    some, every = not (SOME | {"only"}).isdisjoint(pieces), not ALL.isdisjoint(pieces)
    return None if some == every else "some" if some else "all"
