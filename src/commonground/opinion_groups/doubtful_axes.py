"""What it does to places that the axes themselves were found from a limited number of answers.

Axes found in noise are turned away from the true ones, out of the plane. With σ² the noise of an
answer, n people, J statements of which each person answered a share f, and x the sum of squares
along an axis divided by n f σ², the strength of the true axis (against the noise) is

    θ = (x - 1 - J/n + √((x - 1 - J/n)² - 4 J/n)) / 2

and the found axis makes an angle with it of cos² = (1 - (J/n) / θ²) / (1 + (J/n) / θ): the spiked
covariance model (Johnstone 2001; Benaych-Georges & Nadakuditi 2012). Below the edge, where x is no
more than noise alone would give, nothing is known of the axis; cos² is then taken as `LEAST`.

The error of the axis at statement j has, relative to what was found, the variance tan², more
where fewer people answered: t_k c_j with c_j = (1/n_j) / mean(1/n_j). For somebody at p with
residuals e, to first order (delta method), (M + PULL I)⁻¹ (Σ_j z_j δ_jᵀp + Σ_j δ_j e_j) is added
to the place, of variance

    (M + PULL I)⁻¹ [(Σ_k t_k p_k²) Σ_j c_j z_j z_jᵀ + s² Σ_j c_j diag(t)] (M + PULL I)⁻¹
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PULL = 5.0
"""Answers that say nothing, added to everybody's."""
LEAST = 0.05
NO_NOISE = 1e-15
"""Against the stronger axis: noise below this cannot be told from none."""


@dataclass(frozen=True)
class AxesInDoubt:
    """How doubt about two axes is spread over statements."""

    share: Floats
    """n_statements: the doubt about each statement's place, against the mean of all."""
    n_stances: float

    @classmethod
    def of(cls, seen: Floats) -> AxesInDoubt:
        """From how many people took a stance on each statement."""
        inverse = 1 / np.maximum(seen, 1)
        return cls(
            inverse / max(float(inverse.mean()), 1e-300) if len(seen) else inverse, seen.sum()
        )

    def turned(self, strengths: Floats, by_chance: float, n_people: int) -> Floats:
        """tan² of the angle of each axis to the true one, from the sums of squares along it."""
        n_statements = len(self.share)
        ratio = n_statements / max(n_people, 1)
        noise = self.n_stances / max(n_statements, 1) * by_chance
        noise = max(noise, NO_NOISE * float(strengths.max(initial=0)), 1e-300)
        above = strengths / noise - 1 - ratio
        edge = 2 * np.sqrt(ratio)
        signal = (above + np.sqrt(np.maximum(above**2 - edge**2, 0))) / 2
        signal = np.where(above > edge, signal, np.sqrt(ratio))
        cosine = (1 - ratio / signal**2) / (1 + ratio / signal)
        return np.asarray(1 / np.clip(cosine, LEAST, 1) - 1)

    def added(
        self, summed: Floats, people: Floats, errors: Floats, by_chance: float, turned: Floats
    ) -> Floats:
        """n_people × 2 × 2: what to add to the mean squared errors of places on given axes.

        `summed`: as `plane.summaries` gives it.
        """
        far = (people**2 + np.diagonal(errors, axis1=1, axis2=2)) @ turned
        first, mixed, second = summed[5:8] * far
        noise = by_chance * summed[8]
        shaken = (first + noise * turned[0], mixed, second + noise * turned[1])
        return both_sides(inverses(*summed[2:5]), shaken)


Symmetric = tuple[Floats, Floats, Floats]


def inverses(first: Floats, mixed: Floats, second: Floats) -> Symmetric:
    """(M + PULL I)⁻¹ of many symmetric 2 × 2 matrices, as first, mixed and second entry."""
    determinant = (first + PULL) * (second + PULL) - mixed**2
    return (second + PULL) / determinant, -mixed / determinant, (first + PULL) / determinant


def both_sides(outer: Symmetric, inner: Symmetric) -> Floats:
    """outer · inner · outer of many symmetric 2 × 2 matrices: n × 2 × 2."""
    (a, b, c), (e, f, g) = outer, inner
    product = np.empty((len(a), 2, 2))
    product[:, 0, 0] = a * a * e + 2 * a * b * f + b * b * g
    product[:, 1, 1] = b * b * e + 2 * b * c * f + c * c * g
    product[:, 0, 1] = product[:, 1, 0] = a * b * e + (a * c + b * b) * f + b * c * g
    return product
