"""Intervals for shares and for differences of shares; counts need not be whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class Band:
    """Estimates with their lower and upper bounds, arrays of the same shape."""

    value: Floats
    low: Floats
    high: Floats


def z_for(confidence: float, comparisons: int = 1) -> float:
    """Two-sided z for a confidence that holds for several comparisons at once (Bonferroni)."""
    return NormalDist().inv_cdf(1 - (1 - confidence) / 2 / max(comparisons, 1))


def share(successes: Numbers, trials: Numbers, z: float) -> Band:
    """Wilson's score interval (1927). Nothing known is a value of 1/2 between 0 and 1."""
    known = trials > 0
    n = np.where(known, trials, 1.0)
    p = np.where(known, successes / n, 0.5)
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(np.maximum(p * (1 - p), 0) / n + z**2 / (4 * n**2))
    low = np.where(known, np.maximum(middle - half, 0), 0.0)
    high = np.where(known, np.minimum(middle + half, 1), 1.0)
    return Band(value=p, low=low, high=high)


def difference(first: Band, second: Band) -> Band:
    """First share less second, from their Wilson intervals (Newcombe 1998, method 10)."""
    value = first.value - second.value
    down = np.hypot(first.value - first.low, second.high - second.value)
    up = np.hypot(first.high - first.value, second.value - second.low)
    return Band(value=value, low=np.maximum(value - down, -1), high=np.minimum(value + up, 1))


def difference_p_value(
    successes: Numbers, trials: Numbers, other_successes: Numbers, other_trials: Numbers
) -> Floats:
    """Two-sided p-value of a pooled z-test that two shares are the same; 1 where one is empty."""
    n1, n2 = np.maximum(trials, 1e-300), np.maximum(other_trials, 1e-300)
    pooled = (successes + other_successes) / (n1 + n2)
    spread = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / n1 + 1 / n2))
    testable = (spread > 0) & (trials > 0) & (other_trials > 0)
    z = np.where(
        testable,
        (successes / n1 - other_successes / n2) / np.where(testable, spread, 1.0),
        0.0,
    )
    # `scipy.special` would take longer to load than all the rest of most analyses.
    tails = [erfc(value) for value in (np.abs(z) / sqrt(2)).ravel().tolist()]
    return np.array(tails).reshape(z.shape)


def false_discovery_rate(p_values: Floats) -> Floats:
    """Adjusted p-values (Benjamini & Hochberg 1995), in the shape of the input.

    Of the comparisons at or below 0.05, one in twenty is expected to be a false alarm.
    """
    flat = p_values.ravel()
    order = np.argsort(flat)
    ranked = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    adjusted = np.empty_like(flat)
    adjusted[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1)
    return adjusted.reshape(p_values.shape)
