"""Which statement Polis would show next: the higher its priority, the likelier."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from commonground.polis.statistics import share

META_PRIORITY = 49.0


def priorities(
    agree: npt.NDArray[np.int64],
    disagree: npt.NDArray[np.int64],
    seen: npt.NDArray[np.int64],
    extremity: npt.NDArray[np.float64],
    meta: npt.NDArray[np.bool_],
) -> npt.NDArray[np.float64]:
    """For each statement: (importance · (1 + 8 · 2^(-answers / 5)))², and 49 for meta statements.

    importance = (1 - share of passes) · (extremity + 1) · share of agrees. Polis draws among the
    statements that somebody has not seen with probability proportional to this.
    """
    passed = seen - agree - disagree
    importance = (1 - share(passed, seen)) * (extremity + 1) * share(agree, seen)
    newness = 1 + 8 * 2 ** (-seen / 5)
    return np.where(meta, META_PRIORITY, (importance * newness) ** 2)
