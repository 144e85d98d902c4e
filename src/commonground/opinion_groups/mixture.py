"""The model: each person belongs to one of a few groups, and answers as their group tends to.

A latent-class model (Lazarsfeld & Henry 1968) fitted by expectation and maximisation (Dempster,
Laird & Rubin 1977). Group k has weight w_k, and agrees with statement j at rate p_kj. Two things
are added:

- Rates lean toward the overall rate q_j of the statement, as if `LEANING` more people of the
  group had answered as everybody did. A group about which little is known says little.
- The answers of one person repeat each other, so each counts as `ANSWER_WEIGHT` of an independent
  one (a power posterior). Memberships come out less sure of themselves, and predict better.

Both were chosen on three conversations and judged on others; `docs/explanation/opinion-groups.md`
has the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import Arrays, Engine
from commonground.opinion_groups.stances import Matrix, StanceCounts, with_transpose

Floats = npt.NDArray[np.float64]

LEANING = 4.0
ANSWER_WEIGHT = 0.6


@dataclass(frozen=True)
class Mixture:
    """A fitted model."""

    weights: Floats
    """n_groups: share of people in each group."""
    rates: Floats
    """n_groups × n_statements: how likely somebody of the group who takes a stance agrees."""
    log_likelihood: float
    """Of the stances it was fitted to, with the answer weight and the leaning."""
    iterations: int

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return len(self.weights)


def fit(
    blocks: Engine,
    counts: StanceCounts,
    group_sums: Floats,
    *,
    max_iterations: int = 100,
    tolerance: float = 1e-6,
) -> Mixture:
    """Fit the model from a start, given as stances counted by group.

    `group_sums` is 2 n_statements × n_groups, laid out as the columns of the stance matrix. Stops
    when an iteration adds less than `tolerance` of the log-likelihood.
    """
    n_people = sum(blocks.gathered(_n_rows))
    overall = counts.rate
    rates = _rates(group_sums, overall)
    sizes = np.bincount([0], minlength=group_sums.shape[1]).astype(float)
    sizes[:] = group_sums.sum(axis=0) / max(group_sums.sum(), 1e-300) * n_people
    return _iterate(blocks, overall, rates, sizes, n_people, max_iterations, tolerance)


def refit(
    blocks: Engine,
    counts: StanceCounts,
    start: Mixture,
    *,
    max_iterations: int = 100,
    tolerance: float = 1e-6,
) -> Mixture:
    """Fit again from an earlier result, for instance after a few more answers."""
    n_people = sum(blocks.gathered(_n_rows))
    sizes = start.weights * n_people
    return _iterate(blocks, counts.rate, start.rates.T, sizes, n_people, max_iterations, tolerance)


def memberships(block: Matrix, mixture: Mixture) -> Floats:
    """n_people × n_groups: how likely each person belongs to each group; rows sum to 1."""
    log_odds = block @ log_table(mixture.rates.T)
    log_odds += np.log(mixture.weights)
    return _normalised(log_odds)[0]


def log_table(rates: Floats) -> Floats:
    """2 n_statements × n_groups: what each stance adds to the log-likelihood of each group."""
    table = np.empty((2 * rates.shape[0], rates.shape[1]))
    table[0::2] = np.log1p(-rates)
    table[1::2] = np.log(rates)
    return np.asarray(ANSWER_WEIGHT * table)


def _iterate(
    blocks: Engine,
    overall: Floats,
    rates: Floats,
    sizes: Floats,
    n_people: int,
    max_iterations: int,
    tolerance: float,
) -> Mixture:
    n_groups = rates.shape[1]
    both_ways = blocks.prepared(with_transpose)
    before, iterations = -np.inf, 0
    while True:
        weights = (sizes + 1) / (n_people + n_groups)
        group_sums, sizes, (likelihood,) = both_ways.sums(_step, log_table(rates), np.log(weights))
        lean = ANSWER_WEIGHT * LEANING
        likelihood += lean * float(
            (overall[:, None] * np.log(rates) + (1 - overall[:, None]) * np.log1p(-rates)).sum()
        )
        likelihood += float(np.log(weights).sum())
        if likelihood - before < tolerance * abs(likelihood) or iterations == max_iterations:
            return Mixture(weights, np.ascontiguousarray(rates.T), float(likelihood), iterations)
        before, iterations = likelihood, iterations + 1
        rates = _rates(group_sums, overall)


def _rates(group_sums: Floats, overall: Floats) -> Floats:
    agree, disagree = group_sums[1::2], group_sums[0::2]
    return np.asarray((agree + LEANING * overall[:, None]) / (agree + disagree + LEANING))


def _step(block: tuple[Matrix, Matrix], table: Floats, log_weights: Floats) -> Arrays:
    """Sums of stances by group, people by group, and the log-likelihood of a block."""
    matrix, transpose = block
    log_odds = matrix @ table
    log_odds += log_weights
    belonging, totals = _normalised(log_odds)
    return transpose @ belonging, belonging.sum(axis=0), np.array([totals.sum()])


def _normalised(log_odds: Floats) -> tuple[Floats, Floats]:
    """Probabilities from unnormalised logarithms (changed in place), and the log totals."""
    highest = log_odds.max(axis=1, keepdims=True)
    log_odds -= highest
    np.exp(log_odds, out=log_odds)
    total = log_odds.sum(axis=1, keepdims=True)
    log_odds /= total
    return log_odds, np.log(total[:, 0]) + highest[:, 0]


def _n_rows(block: Matrix) -> int:
    return int(block.shape[0])
