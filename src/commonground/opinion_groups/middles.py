"""Where the middle of each opinion group lies on the plane, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CHI_SQUARE_95 = 5.991464547107979
"""95% of a normal cloud in two dimensions lie within the root of this many deviations."""


@dataclass(frozen=True)
class Middles:
    """Means of places over the people of each group, by membership."""

    places: Floats
    """n_groups × 2."""
    covariances: Floats
    """n_groups × 2 × 2: what other people of the same kind, and other answers of theirs, would
    change; NaN for a group of fewer than two people."""

    @property
    def standard_errors(self) -> Floats:
        """n_groups × 2: standard deviation of each middle on each axis."""
        return np.sqrt(np.diagonal(self.covariances, axis1=1, axis2=2))


@dataclass(frozen=True)
class Ellipse:
    """Where a point lies in 19 of 20 cases."""

    middle: tuple[float, float]
    long: float
    """Half of the long axis."""
    short: float
    """Half of the short axis."""
    turned: float
    """Degrees from the first axis of the plane to the long one, toward the second."""


def middles(people: Floats, covariances: Floats, memberships: Floats) -> Middles:
    """Means of people (n × 2, each with a 2 × 2 covariance) by memberships (n × n_groups).

    The variance of a mean with weights w is Σ w² ((p - m)(p - m)ᵀ + V) / (Σ w)², the spread of the
    places and the uncertainty V of each (law of total variance), times n / (n - 1) with
    n = (Σ w)² / Σ w² people in effect.
    """
    n_groups = memberships.shape[1]
    places, found = np.full((n_groups, 2), np.nan), np.full((n_groups, 2, 2), np.nan)
    for group, weights in enumerate(memberships.T):
        total, squares = float(weights.sum()), weights**2
        if total <= 0:
            continue
        places[group] = weights @ people / total
        in_effect = total**2 / float(squares.sum())
        if in_effect < 2:
            continue
        away = people - places[group]
        spread = (away * squares[:, None]).T @ away + np.tensordot(squares, covariances, axes=1)
        found[group] = spread / total**2 * in_effect / (in_effect - 1)
    return Middles(places=places, covariances=found)


def ellipse(place: Floats, covariance: Floats) -> Ellipse:
    """The 95% ellipse around a place. Raises `ValueError` for a covariance that is not finite."""
    if not np.isfinite(covariance).all():
        raise ValueError("this covariance is not known, so there is no ellipse")
    values, vectors = np.linalg.eigh(covariance)
    short, long = np.sqrt(np.maximum(values, 0) * CHI_SQUARE_95).tolist()
    turned = float(np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1]))) % 180
    return Ellipse((float(place[0]), float(place[1])), long, short, turned)
