"""The statements that stand for each group, chosen as Polis chooses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from commonground.group_counts import GroupCounts
from commonground.polis.statistics import Z_90, difference_test, share, share_test

AT_MOST = 5


AGREE, DISAGREE = 0, 1
"""Where `Measures` has each answer."""


@dataclass(frozen=True)
class Measures:
    """Measures of both answers; each array is 2 × n_groups × n_statements."""

    count: npt.NDArray[np.int64]
    """People of the group who agree, and who disagree."""
    share: npt.NDArray[np.float64]
    share_test: npt.NDArray[np.float64]
    ratio: npt.NDArray[np.float64]
    """Share in the group over the share among the rest of the people who are grouped."""
    ratio_test: npt.NDArray[np.float64]

    @classmethod
    def of(cls, count: npt.NDArray[np.int64], seen: npt.NDArray[np.int64]) -> Measures:
        """From counts of both answers, and of all answers (n_groups × n_statements)."""
        others = count.sum(axis=1, keepdims=True) - count
        others_seen = seen.sum(axis=0) - seen
        own = share(count, seen)
        return cls(
            count=count,
            share=own,
            share_test=share_test(count, seen),
            ratio=own / share(others, others_seen),
            ratio_test=difference_test(count, others, seen, others_seen),
        )


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
    found = Measures.of(np.stack([counts.agree, counts.disagree]), seen)
    metric = found.ratio * found.ratio_test * found.share * found.share_test
    passing = ((found.ratio_test > Z_90) & (found.share_test > Z_90)).any(axis=0) & ~left_out
    agrees = found.ratio_test[AGREE] > found.ratio_test[DISAGREE]
    order_by = np.where(agrees, metric[AGREE], metric[DISAGREE])
    answered = found.count.any(axis=0) & ~left_out
    chosen = []
    for group in range(counts.n_groups):
        best = _best_agree(group, found, metric[AGREE, group], np.flatnonzero(answered[group]))
        candidates = np.flatnonzero(passing[group])
        if len(candidates):
            order = np.argsort(-order_by[group, candidates], kind="stable")
            ranked = candidates[order[: AT_MOST + 1]].tolist()
            places = [best] if best is not None else []
            places = (places + [place for place in ranked if place != best])[:AT_MOST]
        elif best is not None:
            places = [best]
        else:
            places = _least_bad(found.ratio_test[:, group], left_out)
        described = [
            _describe(group, place, place == best, agrees[group, place], found, seen, statements)
            for place in places
        ]
        chosen.append(tuple(sorted(described, key=lambda item: not item.agrees)))
    return tuple(chosen)


def _best_agree(
    group: int,
    found: Measures,
    metric: npt.NDArray[np.float64],
    answered: npt.NDArray[np.int64],
) -> int | None:
    """Position of what the group agrees with most, found in one scan in statement order."""
    ratio, shares, tests = (
        measure[AGREE, group].take(answered).tolist()
        for measure in (found.ratio, found.share, found.share_test)
    )
    metrics = metric.take(answered).tolist()
    best: int | None = None
    for place in range(len(answered)):
        if best is None:
            better = tests[place] > Z_90 or (ratio[place] > 1 and shares[place] > 0.5)
        elif ratio[best] > 1:
            better = metrics[place] > metrics[best]
        else:
            better = shares[place] * tests[place] > shares[best] * tests[best]
        if better:
            best = place
    return None if best is None else int(answered[best])


def _least_bad(ratio_tests: npt.NDArray[np.float64], left_out: npt.NDArray[np.bool_]) -> list[int]:
    strongest = ratio_tests.max(axis=0)
    strongest[left_out] = -np.inf
    return [int(np.argmax(strongest))] if not left_out.all() else []


def _describe(
    group: int,
    place: int,
    best_agree: bool,
    agrees: bool,
    found: Measures,
    seen: npt.NDArray[np.int64],
    statements: npt.NDArray[Any],
) -> Representative:
    answer = AGREE if agrees or best_agree else DISAGREE
    here = (answer, group, place)
    return Representative(
        statement=statements[place : place + 1].tolist()[0],
        agrees=answer == AGREE,
        best_agree=best_agree,
        successes=int(found.count[here]),
        trials=int(seen[group, place]),
        share=float(found.share[here]),
        share_test=float(found.share_test[here]),
        ratio=float(found.ratio[here]),
        ratio_test=float(found.ratio_test[here]),
        agreed=int(found.count[AGREE, group, place]),
    )
