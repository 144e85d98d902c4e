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

`iteration` is one exact step, over any engine of blocks. Models that only serve to compare are
fitted several at a time, less exactly (`commonground.opinion_groups.rough_fits`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import Arrays, Engine
from commonground.opinion_groups.stances import Matrix, StanceCounts

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


def iteration(both_ways: Engine, overall: Floats, model: Mixture) -> tuple[Mixture, float]:
    """The model one iteration on, and the log-likelihood of the given one.

    `both_ways`: blocks prepared `with_transpose`.
    """
    table, log_weights = log_table(model.rates), np.log(model.weights)
    sums, sizes, likelihood = both_ways.sums(_step, table, log_weights)
    leaning = float((table @ _leaning(overall)).sum() + log_weights.sum())
    weights = (sizes + 1) / (sizes.sum() + model.n_groups)
    return Mixture(weights, _rates(sums, overall), -np.inf, 0), float(likelihood) + leaning


def log_likelihood_of_one(counts: StanceCounts) -> float:
    """The log-likelihood with everybody in one group, each statement at its overall rate."""
    rate = counts.rate
    agree, disagree = counts.agree + LEANING * rate, counts.disagree + LEANING * (1 - rate)
    return float(ANSWER_WEIGHT * (agree @ np.log(rate) + disagree @ np.log1p(-rate)))


def memberships(block: Matrix, mixture: Mixture) -> Floats:
    """n_people × n_groups: how likely each person belongs to each group; rows sum to 1."""
    log_odds = _log_odds(block, log_table(mixture.rates), np.log(mixture.weights))
    _normalise(log_odds)
    return np.ascontiguousarray(log_odds.T)


def log_table(rates: Floats) -> Floats:
    """… × 2 n_statements: what each stance adds to the log-likelihood of each group."""
    table = np.empty((*rates.shape[:-1], 2 * rates.shape[-1]))
    table[..., 0::2] = np.log1p(-rates)
    table[..., 1::2] = np.log(rates)
    table *= ANSWER_WEIGHT
    return table


def _leaning(overall: Floats) -> Floats:
    """The stances that are added to every group, laid out as the columns of the stance matrix."""
    return LEANING * np.stack([1 - overall, overall], axis=1).ravel()


def _rates(sums: Floats, overall: Floats) -> Floats:
    agree, disagree = sums[..., 1::2], sums[..., 0::2]
    return np.asarray((agree + LEANING * overall) / (agree + disagree + LEANING))


def _step(block: tuple[Matrix, Matrix], table: Floats, log_weights: Floats) -> Arrays:
    """Sums of stances by group, people by group, and the log-likelihood."""
    matrix, transpose = block
    belonging = _log_odds(matrix, table, log_weights)
    totals = _normalise(belonging)
    return (transpose @ belonging.T).T, belonging.sum(axis=1), totals.sum()


def _log_odds(matrix: Matrix, table: Floats, log_weights: Floats) -> Floats:
    """n_groups × n_people, each person's up to a constant: rows are contiguous."""
    if isinstance(matrix, np.ndarray):
        log_odds = table @ matrix.T
    else:
        log_odds = np.ascontiguousarray((matrix @ table.T).T)
    log_odds += log_weights[:, None]
    return np.asarray(log_odds)


def _normalise(log_odds: Floats) -> Floats:
    """Logarithms (groups × people) into probabilities, in place; returns logarithms of totals."""
    highest = log_odds.max(axis=0)
    log_odds -= highest
    np.exp(log_odds, out=log_odds)
    total = log_odds.sum(axis=0)
    log_odds /= total
    return np.asarray(np.log(total) + highest)
