"""How closely a group's answers may be told, given everything that was told before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from commonground.agreement import Counts, Stance
from commonground.disclosure import Fact, Known, Range, Verdict, verdict
from commonground.rounding import Band, ShareWord, bands, majority
from commonground.witnesses import Witnesses


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What may be told of a group now, and all that is known once it has been told.

    `agree`, `disagree`: a share in a word or a count rounded to 5; None where only the stance may
    be told.
    """

    stance: Stance
    agree: ShareWord | int | None
    disagree: ShareWord | int | None
    known: Known


class _ContradictionError(Exception):
    """What is true now cannot be, given what was told: people have changed their answers."""


def narrow(
    known: Known,
    holder: str,
    memberships: Collection[frozenset[str]],
    counts: Counts,
    witnesses: Witnesses | None = None,
) -> Narrowed | None:
    """The stance of these people, and the shares who agree and disagree, as narrowly as may be.

    First the stance, then halves of the bands of counts, again and again. A step is taken only when
    each of its outcomes that is possible (given the facts, not the true answers) tells nobody's
    answer; then the true one is told. None: not even the stance may be told.

    Where the truth contradicts the facts, the facts about this group are forgotten, then all.
    """
    own = replace(known, facts=tuple(fact for fact in known.facts if fact.holder != holder))
    for remembered in (known, own, replace(known, facts=())):
        try:
            return _narrowed(remembered, holder, memberships, counts, witnesses)
        except _ContradictionError:
            continue
    return None


def _narrowed(
    known: Known,
    holder: str,
    memberships: Collection[frozenset[str]],
    counts: Counts,
    witnesses: Witnesses | None,
) -> Narrowed | None:
    people, more = counts.people, majority(counts.people)
    places = known.places(memberships)
    fewer, any_count = Range(0, more - 1), Range(0, people)
    stances = {
        Stance.AGREES: Fact(holder, places, Range(more, people), any_count),
        Stance.DOES_NOT_AGREE: Fact(holder, places, any_count, Range(more, people)),
        Stance.DIVIDED: Fact(holder, places, fewer, fewer),
    }
    true = _true_one(list(stances.values()), counts)
    if not _may_tell(known, list(stances.values()), true, witnesses):
        return None
    fact = true
    agree, fact = _halved(known, fact, counts, _with_agree, fact.agree, witnesses)
    disagree, fact = _halved(known, fact, counts, _with_disagree, fact.disagree, witnesses)
    return Narrowed(
        stance=next(stance for stance, told in stances.items() if told == true),
        agree=agree,
        disagree=disagree,
        known=known.and_fact(fact),
    )


def _with_agree(fact: Fact, agree: Range) -> Fact:
    return replace(fact, agree=agree)


def _with_disagree(fact: Fact, disagree: Range) -> Fact:
    return replace(fact, disagree=disagree)


def _halved(
    known: Known,
    fact: Fact,
    counts: Counts,
    with_count: Callable[[Fact, Range], Fact],
    within: Range,
    witnesses: Witnesses | None,
) -> tuple[ShareWord | int | None, Fact]:
    """Tell one side's count by halving its bands for as long as that may be."""
    left = [
        band for band in bands(counts.people) if _meet(Range(band.lowest, band.highest), within)
    ]
    while len(left) > 1:
        halves = [left[: len(left) // 2], left[len(left) // 2 :]]
        outcomes = [with_count(fact, _span(half, within)) for half in halves]
        true = _true_one(outcomes, counts)
        if not _may_tell(known, outcomes, true, witnesses):
            return None, fact
        left, fact = halves[outcomes.index(true)], true
    return left[0].said, fact


def _span(half: Sequence[Band], within: Range) -> Range:
    return Range(max(within.lowest, half[0].lowest), min(within.highest, half[-1].highest))


def _true_one(outcomes: Sequence[Fact], counts: Counts) -> Fact:
    return next(
        fact
        for fact in outcomes
        if fact.agree.lowest <= counts.agree <= fact.agree.highest
        and fact.disagree.lowest <= counts.disagree <= fact.disagree.highest
    )


def _may_tell(
    known: Known, outcomes: Sequence[Fact], true: Fact, witnesses: Witnesses | None
) -> bool:
    """Whether every possible outcome is safe. Where only one is possible, it tells nothing new."""
    agree, disagree = known.possible(true.blocks)
    left = [
        fact for fact in outcomes if _meet(fact.agree, agree) and _meet(fact.disagree, disagree)
    ]
    if true not in left:
        raise _ContradictionError
    if len(left) == 1:
        return True
    of_true = verdict(known.and_fact(true), witnesses)
    if of_true == Verdict.IMPOSSIBLE:
        raise _ContradictionError
    others = (fact for fact in left if fact != true)
    return of_true != Verdict.TELLS and all(
        verdict(known.and_fact(fact), witnesses) != Verdict.TELLS for fact in others
    )


def _meet(one: Range, other: Range) -> bool:
    return one.lowest <= other.highest and other.lowest <= one.highest
