"""The statements that stand for each group, chosen as Polis chooses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from commonground.group_counts import GroupCounts
from commonground.polis.statistics import Z_90, difference_test, share, share_test

AT_MOST = 5


@dataclass(frozen=True)
class Side:
    """Measures of one answer (agree or disagree); each array is n_groups × n_statements."""

    count: npt.NDArray[np.int64]
    share: npt.NDArray[np.float64]
    share_test: npt.NDArray[np.float64]
    ratio: npt.NDArray[np.float64]
    """Share in the group over the share among the rest of the people who are grouped."""
    ratio_test: npt.NDArray[np.float64]
    metric: npt.NDArray[np.float64]
    """What statements are ordered by: the product of the four."""

    @property
    def passes(self) -> npt.NDArray[np.bool_]:
        """Whether both tests are significant at 90%."""
        return (self.ratio_test > Z_90) & (self.share_test > Z_90)


@dataclass(frozen=True)
class Representative:
    """A statement that stands for a group."""

    statement: Any
    """Id of the statement."""
    agrees: bool
    """Whether the group is marked by agreeing with it, or by disagreeing."""
    best_agree: bool
    """Whether it was put first as what the group agrees with most."""
    successes: int
    """People of the group who gave that answer."""
    trials: int
    """People of the group who answered."""
    share: float
    share_test: float
    ratio: float
    ratio_test: float
    agreed: int
    """People of the group who agreed."""


def representative_statements(
    counts: GroupCounts, statements: npt.NDArray[Any], left_out: npt.NDArray[np.bool_]
) -> tuple[tuple[Representative, ...], ...]:
    """For each group, at most five statements: agreed ones first, the best agreed one in front."""
    seen = counts.seen
    agree, disagree = _side(counts.agree, seen), _side(counts.disagree, seen)
    passing = (agree.passes | disagree.passes) & ~left_out
    by_agreeing = agree.ratio_test > disagree.ratio_test
    metric = np.where(by_agreeing, agree.metric, disagree.metric)
    answered = (counts.agree + counts.disagree > 0) & ~left_out
    chosen = []
    for group in range(counts.n_groups):
        best = _best_agree(group, agree, np.flatnonzero(answered[group]))
        candidates, agrees = np.flatnonzero(passing[group]), by_agreeing[group]
        if len(candidates):
            order = np.argsort(-metric[group, candidates], kind="stable")
            ranked = candidates[order[: AT_MOST + 1]].tolist()
            places = [best] if best is not None else []
            places = (places + [place for place in ranked if place != best])[:AT_MOST]
        elif best is not None:
            places = [best]
        else:
            places = _least_bad(group, agree, disagree, left_out)
        found = [
            _describe(group, place, place == best, agrees[place], agree, disagree, seen, statements)
            for place in places
        ]
        chosen.append(tuple(sorted(found, key=lambda item: not item.agrees)))
    return tuple(chosen)


def _side(count: npt.NDArray[np.int64], seen: npt.NDArray[np.int64]) -> Side:
    others, others_seen = count.sum(axis=0) - count, seen.sum(axis=0) - seen
    own, own_test = share(count, seen), share_test(count, seen)
    ratio = own / share(others, others_seen)
    ratio_test = difference_test(count, others, seen, others_seen)
    return Side(
        count=count,
        share=own,
        share_test=own_test,
        ratio=ratio,
        ratio_test=ratio_test,
        metric=ratio * ratio_test * own * own_test,
    )


def _best_agree(group: int, agree: Side, answered: npt.NDArray[np.int64]) -> int | None:
    """Position of what the group agrees with most, found in one scan in statement order."""
    measures = (agree.ratio, agree.metric, agree.share, agree.share_test)
    ratio, metric, shares, tests = (of[group, answered].tolist() for of in measures)
    best: int | None = None
    for place in range(len(answered)):
        if best is None:
            better = tests[place] > Z_90 or (ratio[place] > 1 and shares[place] > 0.5)
        elif ratio[best] > 1:
            better = metric[place] > metric[best]
        else:
            better = shares[place] * tests[place] > shares[best] * tests[best]
        if better:
            best = place
    return None if best is None else int(answered[best])


def _least_bad(
    group: int, agree: Side, disagree: Side, left_out: npt.NDArray[np.bool_]
) -> list[int]:
    strongest = np.maximum(agree.ratio_test[group], disagree.ratio_test[group])
    strongest[left_out] = -np.inf
    return [int(np.argmax(strongest))] if not left_out.all() else []


def _describe(
    group: int,
    place: int,
    best_agree: bool,
    agrees: bool,
    agree: Side,
    disagree: Side,
    seen: npt.NDArray[np.int64],
    statements: npt.NDArray[Any],
) -> Representative:
    side = agree if agrees or best_agree else disagree
    return Representative(
        statement=statements[place : place + 1].tolist()[0],
        agrees=side is agree,
        best_agree=best_agree,
        successes=int(side.count[group, place]),
        trials=int(seen[group, place]),
        share=float(side.share[group, place]),
        share_test=float(side.share_test[group, place]),
        ratio=float(side.ratio[group, place]),
        ratio_test=float(side.ratio_test[group, place]),
        agreed=int(agree.count[group, place]),
    )
