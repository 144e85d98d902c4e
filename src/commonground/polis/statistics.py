"""Polis' proportions and z-tests, each with a pseudocount so that small numbers stay modest."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

Z_90 = 1.2816
"""Above this a one-sided z-test is significant at 90%."""


def share(successes: Numbers, trials: Numbers) -> Floats:
    """(successes + 1) / (trials + 2)."""
    return np.asarray((successes + 1) / (trials + 2), dtype=float)


def share_test(successes: Numbers, trials: Numbers) -> Floats:
    """z of the share against one half: 2 sqrt(n + 1) ((s + 1) / (n + 1) - 1/2)."""
    more = trials + 1
    return np.asarray(2 * np.sqrt(more) * ((successes + 1) / more - 0.5), dtype=float)


def difference_test(
    successes: Numbers, other_successes: Numbers, trials: Numbers, other_trials: Numbers
) -> Floats:
    """z of the difference of two shares, 1 added to all four counts; 0 when both shares are 1."""
    s1, s2, n1, n2 = successes + 1, other_successes + 1, trials + 1, other_trials + 1
    pooled = (s1 + s2) / (n1 + n2)
    spread = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    safe = np.where(spread > 0, spread, 1.0)
    return np.where(spread > 0, (s1 / n1 - s2 / n2) / np.sqrt(safe), 0.0)
