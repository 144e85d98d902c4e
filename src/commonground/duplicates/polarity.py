"""Rules that tell opposite stances apart: negation, antonyms, numbers, order and who.

Sentence vectors lay "I want" beside "I don't want". These rules compare which words stand under a
"not" in one text with the same words, or their opposites, in the other. They are rules, not a
trained model, because a person must be able to read why two statements were kept apart, and because
small models trained on vectors did much worse.
"""

from __future__ import annotations

from dataclasses import dataclass

from commonground.duplicates.lexicon import IMPLIED_NOT, on_one_side, opposed
from commonground.duplicates.phrases import phrases_in
from commonground.duplicates.stance import Stance, stance_of
from commonground.words import content_stems, stem, words, words_and_marks

_ENOUGH = stem("enough")


@dataclass(frozen=True, slots=True)
class Clash:
    """What keeps two texts from saying the same.

    opposite: they take opposite stances on something that both speak of.
    apart: they may not be called the same, without being opposite.
    part_apart: neither may be called a part of the other.
    doubtful: one speaks well or badly of it and the other shows no stance that could be compared.
    same_by_not: "not" before a word in one meets its opposite in the other: "not easy", "hard".
    reasons: in plain words, one for each finding.
    """

    opposite: bool
    apart: bool
    part_apart: bool
    doubtful: bool
    same_by_not: bool
    reasons: tuple[str, ...]


def clash(one: str, other: str) -> Clash:
    """Compare the stances of two texts. Symmetric in its arguments."""
    a, b = stance_of(one), stance_of(other)
    one_sided_condition = a.only_if != b.only_if and (a.sets_terms or b.sets_terms)
    if (a.only_if and b.only_if) or (any(a.sides) and any(b.sides) and a.only_if == b.only_if):
        a, b = stance_of(one, if_only=True), stance_of(other, if_only=True)
    reasons: list[str] = []
    other_people = _other_people(a, b)
    against, agreeing = _antonyms(a, b)
    asked_for = _asked_for(a, b)
    says_not = (_focus_clash(a, b) or _near_word_denied(a, b)) and not agreeing and not asked_for
    if says_not:
        reasons.append("one says not")
    if against and _sides_swapped(a, b):
        # "Girls get more than boys", "boys get less than girls": turned round twice.
        against, agreeing, exchanged = set(), True, False
    else:
        exchanged = _exchanged(a, b) and not other_people
    turned_round = (
        not (exchanged or agreeing) and not other_people and _turned_round(one, other, a, b)
    )
    if exchanged and not against:
        reasons.append("one says it the other way round")
    reasons.extend(f"one says “{x}”, the other “{y}”" for x, y in _spelt(against, one, other)[:2])
    opposite = says_not or bool(against) or exchanged
    only_one_denies = a.denies != b.denies and not (agreeing or asked_for or _made_up_for(a, b))
    numbers = a.numbers != b.numbers and bool(a.numbers) and bool(b.numbers)
    if numbers:
        differ = all(number.isnumeric() for number in a.numbers ^ b.numbers)
        reasons.append("the numbers differ" if differ else "the times differ")
    how_many = {a.some_or_all, b.some_or_all} == {"some", "all"}
    if how_many:
        reasons.append("one speaks of some, the other of all")
    if other_people:
        reasons.append("they are about different people")
    if turned_round:
        reasons.append("the same words the other way round")
    if one_sided_condition and not opposite:
        reasons.append("only one makes a condition")
    if asked_for and not opposite:
        reasons.append("one says that it is missing, the other asks for it")
    if only_one_denies and not opposite:
        reasons.append("only one says “not”")
    well_and_badly = a.valence * b.valence < 0 and not agreeing
    if well_and_badly and not opposite:
        reasons.append("one speaks well of it, the other badly")
    no_part = how_many or (numbers and not (a.numbers <= b.numbers or b.numbers <= a.numbers))
    kept_apart = (
        numbers or how_many or other_people or turned_round or asked_for or one_sided_condition
    )
    return Clash(
        opposite,
        opposite or only_one_denies or kept_apart or well_and_badly,
        (
            opposite
            or no_part
            or _denies_said(a, b)
            or turned_round
            or asked_for
            or one_sided_condition
        )
        or (other_people and a.frame == b.frame),
        _doubtful(a, b),
        agreeing,
        tuple(reasons),
    )


def _focus_clash(a: Stance, b: Stance) -> bool:
    """Whether what one mainly denies, the other says.

    Where both deny something, each must say what the other denies ("to me, not to her").
    """
    a_denies_said = bool(a.focus & (b.affirmed - b.denied))
    b_denies_said = bool(b.focus & (a.affirmed - a.denied))
    if a.negations and b.negations:
        return a_denies_said and b_denies_said
    return a_denies_said or b_denies_said


def _denies_said(a: Stance, b: Stance) -> bool:
    """Whether one denies what the other, without any "not", says: it cannot be a part of it."""
    return any(
        bool((denier.denied - denier.affirmed) & other.affirmed & other.frame)
        for denier, other in ((a, b), (b, a))
        if not other.negations
    )


def _near_word_denied(a: Stance, b: Stance) -> bool:
    """Whether one mainly denies what the other says in another word: "not noisy", "loud"."""
    return any(
        on_one_side(x, y)
        for denier, other in ((a, b), (b, a))
        if denier.negations and not other.negations
        for x in denier.focus - other.stems
        for y in other.affirmed - denier.stems
    )


def _asked_for(a: Stance, b: Stance) -> bool:
    """Whether one tells that something is missing and the other asks for it: "no crossing".

    Hardly a dispute, and still not the same: who says "the rules are not strict" may like it so.
    """
    return any(
        misses.misses
        and other.wishes
        and (bool(misses.focus & other.affirmed) or _ENOUGH in misses.denied)
        for misses, other in ((a, b), (b, a))
    )


def _turned_round(one: str, other: str, a: Stance, b: Stance) -> bool:
    """The same words, of which some have changed places: "drivers watch for cyclists".

    A phrase that moved as a whole changes nothing: "in winter the path is icy", "the path is icy in
    winter". What has to be turned round for one to become the other then is one run of words.
    """
    x, y = content_stems(one), content_stems(other)
    if x == y or sorted(x) != sorted(y) or a.passive != b.passive:
        return False
    start = next(at for at, (p, q) in enumerate(zip(x, y, strict=True)) if p != q)
    stop = next(at for at in range(len(x), 0, -1) if x[at - 1] != y[at - 1])
    x, y = x[start:stop], y[start:stop]
    return not any(x[at:] + x[:at] == y for at in range(1, len(x)))


def _sides_swapped(a: Stance, b: Stance) -> bool:
    return bool(a.sides[0] & b.sides[1] and a.sides[1] & b.sides[0])


def _exchanged(a: Stance, b: Stance) -> bool:
    """The same words the other way round: "rather buses than trains", "more buses, fewer cars"."""
    if _sides_swapped(a, b):
        return True
    if a.negations or b.negations:
        return False
    return any((axis, -side, what) in b.aimed - a.aimed for axis, side, what in a.aimed - b.aimed)


def _spelt(pairs: set[tuple[str, str]], one: str, other: str) -> list[tuple[str, str]]:
    """The words themselves, as somebody wrote them, for stems."""
    if not pairs:
        return []
    spelling = {stem(word): word for word in (*words(one), *words(other))}
    for text in (one, other):
        spelling |= phrases_in(words_and_marks(text)).spelt
    spelt = sorted((spelling.get(x, x), spelling.get(y, y)) for x, y in pairs)
    # "Too few" tells what "few" would tell.
    return [
        (x, y)
        for x, y in spelt
        if not any(
            (p, q) != (x, y) and x in p.split() and y in q.split()
            for one_pair in spelt
            for p, q in (one_pair, one_pair[::-1])
        )
    ]


def _doubtful(a: Stance, b: Stance) -> bool:
    """ "Helps the economy" beside "is a choice": near, but not shown to be on one side."""
    if a.negations or b.negations or a.implies_not or b.implies_not:
        return False
    return (a.valence > 0) != (b.valence > 0) or (a.valence < 0) != (b.valence < 0)


def _made_up_for(a: Stance, b: Stance) -> bool:
    """Whether one's "not" is made up for: "not late", or "too noisy" beside "I cannot cope"."""
    denier, other = (a, b) if a.denies else (b, a)
    return other.contrasts or other.implies_not or bool(denier.denied & IMPLIED_NOT)


def _antonyms(a: Stance, b: Stance) -> tuple[set[tuple[str, str]], bool]:
    """Opposed words said the same way, and whether some are said in opposite ways ("not easy")."""
    against: set[tuple[str, str]] = set()
    agreeing = False
    for x, y in opposed(a.stems - b.stems, b.stems - a.stems):
        if (x in a.denied) == (y in b.denied):
            against.add((min(x, y), max(x, y)))
        else:
            agreeing = True
    return against, agreeing


def _other_people(a: Stance, b: Stance) -> bool:
    """Other people in the same words, or the same people in another order.

    "Parents should pay", "schools should pay"; "teachers listen to parents", "parents listen to
    teachers". Where the words differ too, only people far apart count: a parent may say "families".
    """
    things = a.things | b.things
    if _of_other_kinds(a, b, things):
        return True
    who, others = _in_order_of_acting(a, b, things)
    if a.frame == b.frame:
        return who != others and not _left_out(who, others)
    acting, acting_others = ([one for one in some if one != "young.self"] for some in (who, others))
    if set(acting) & set(acting_others) and acting[0] != acting_others[0]:
        return min(len(acting), len(acting_others)) > 1
    people, others_kinds = (
        {one.split(".")[0] for one in some.who(things)} - {"any"} for some in (a, b)
    )
    return bool(people - others_kinds) and bool(others_kinds - people)


def _of_other_kinds(a: Stance, b: Stance, things: frozenset[str]) -> bool:
    """Whether both speak of one thing that is of other people: "school bus", "hospital bus"."""
    kinds, other_kinds = a.kinds_of(things), b.kinds_of(things)
    return any(kinds[thing].isdisjoint(other_kinds[thing]) for thing in kinds.keys() & other_kinds)


def _left_out(who: list[str], others: list[str]) -> bool:
    """Whether one only leaves out who speaks: "we need a bench", "put a bench here".

    Who says "I" may be a tenant, a patient, a driver.
    """
    ours, theirs = set(who) - set(others), set(others) - set(who)
    both = set(who) & set(others)
    if [one for one in who if one in both] != [one for one in others if one in both]:
        return False
    if not all(one == "young.self" or one.startswith("any.") for one in ours | theirs):
        return False
    if ours and theirs:
        return not both and {"young.self"} in (ours, theirs)
    return bool(ours or theirs)


def _in_order_of_acting(
    a: Stance, b: Stance, things: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Who is named, "we" read as "I"; turned round where only one text says it passively."""
    who, others = (
        list(dict.fromkeys("young.self" if one == "any.we" else one for one in some.who(things)))
        for some in (a, b)
    )
    return (
        (who[::-1], others)
        if a.passive and not b.passive
        else ((who, others[::-1]) if b.passive and not a.passive else (who, others))
    )
