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

    @property
    def metric(self) -> npt.NDArray[np.float64]:
        """What statements are ordered by."""
        return self.ratio * self.ratio_test * self.share * self.share_test

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
    agree, disagree = _side(counts.agree, counts.seen), _side(counts.disagree, counts.seen)
    chosen = []
    for group in range(counts.n_groups):
        best = _best_agree(group, agree, counts, left_out)
        passing = (agree.passes[group] | disagree.passes[group]) & ~left_out
        agrees = agree.ratio_test[group] > disagree.ratio_test[group]
        metric = np.where(agrees, agree.metric[group], disagree.metric[group])
        candidates = np.flatnonzero(passing)
        if len(candidates):
            ranked = candidates[np.argsort(-metric[candidates], kind="stable")].tolist()
            places = [best] if best is not None else []
            places = (places + [place for place in ranked if place != best])[:AT_MOST]
        elif best is not None:
            places = [best]
        else:
            places = _least_bad(group, agree, disagree, left_out)
        found = [
            _describe(
                group, place, place == best, agrees[place], agree, disagree, counts, statements
            )
            for place in places
        ]
        chosen.append(tuple(sorted(found, key=lambda item: not item.agrees)))
    return tuple(chosen)


def _side(count: npt.NDArray[np.int64], seen: npt.NDArray[np.int64]) -> Side:
    others, others_seen = count.sum(axis=0) - count, seen.sum(axis=0) - seen
    own = share(count, seen)
    return Side(
        count=count,
        share=own,
        share_test=share_test(count, seen),
        ratio=own / share(others, others_seen),
        ratio_test=difference_test(count, others, seen, others_seen),
    )


def _best_agree(
    group: int, agree: Side, counts: GroupCounts, left_out: npt.NDArray[np.bool_]
) -> int | None:
    """Position of what the group agrees with most, found in one scan in statement order."""
    best: int | None = None
    answered = (counts.agree[group] + counts.disagree[group] > 0) & ~left_out
    ratio, metric = agree.ratio[group].tolist(), agree.metric[group].tolist()
    share_tests = agree.share_test[group].tolist()
    shares = agree.share[group].tolist()
    for place in np.flatnonzero(answered).tolist():
        if best is None:
            better = share_tests[place] > Z_90 or (ratio[place] > 1 and shares[place] > 0.5)
        elif ratio[best] > 1:
            better = metric[place] > metric[best]
        else:
            better = shares[place] * share_tests[place] > shares[best] * share_tests[best]
        if better:
            best = place
    return best


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
    counts: GroupCounts,
    statements: npt.NDArray[Any],
) -> Representative:
    side = agree if agrees or best_agree else disagree
    return Representative(
        statement=statements[place : place + 1].tolist()[0],
        agrees=side is agree,
        best_agree=best_agree,
        successes=int(side.count[group, place]),
        trials=int(counts.seen[group, place]),
        share=float(side.share[group, place]),
        share_test=float(side.share_test[group, place]),
        ratio=float(side.ratio[group, place]),
        ratio_test=float(side.ratio_test[group, place]),
        agreed=int(counts.agree[group, place]),
    )
