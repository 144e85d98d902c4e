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

Models with different numbers of groups are fitted together (`fit_each`): the answers are read
once an iteration for all of them, which costs little more than for one.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def fit_each(
    blocks: Engine,
    counts: StanceCounts,
    starts: Sequence[Floats],
    *,
    max_iterations: int,
    tolerance: float,
) -> tuple[Mixture, ...]:
    """Fit one model from each start, given as stances counted by group.

    A start is n_groups × 2 n_statements, laid out as the columns of the stance matrix. A model is
    done when an iteration adds less than `tolerance` of its log-likelihood.
    """
    n_people = _n_people(blocks)
    sums = _stacked(starts)
    held = sums.sum(axis=2)
    sizes = held / np.maximum(held.sum(axis=1, keepdims=True), 1e-300) * n_people
    groups = np.array([len(start) for start in starts])
    return _iterate(
        blocks, counts.rate, _rates(sums, counts.rate), sizes, groups, max_iterations, tolerance
    )


def iteration(both_ways: Engine, overall: Floats, model: Mixture) -> tuple[Mixture, float]:
    """The model one iteration on, and the log-likelihood of the given one.

    `both_ways`: blocks prepared `with_transpose`.
    """
    table, log_weights = log_table(model.rates), np.log(model.weights)
    sums, sizes, (likelihood,) = both_ways.sums(_step, table[None], log_weights[None])
    leaning = float((table @ _leaning(overall)).sum() + log_weights.sum())
    weights = (sizes[0] + 1) / (sizes.sum() + model.n_groups)
    following = Mixture(weights, _rates(sums[0], overall), -np.inf, 0)
    return following, float(likelihood) + leaning


def log_likelihood_of_one(counts: StanceCounts) -> float:
    """The log-likelihood with everybody in one group, each statement at its overall rate."""
    rate = counts.rate
    agree, disagree = counts.agree + LEANING * rate, counts.disagree + LEANING * (1 - rate)
    return float(ANSWER_WEIGHT * (agree @ np.log(rate) + disagree @ np.log1p(-rate)))


def memberships(block: Matrix, mixture: Mixture) -> Floats:
    """n_people × n_groups: how likely each person belongs to each group; rows sum to 1."""
    log_odds = _by_group(block, log_table(mixture.rates))
    log_odds += np.log(mixture.weights)[:, None]
    _normalise(log_odds[None])
    return np.ascontiguousarray(log_odds.T)


def log_table(rates: Floats) -> Floats:
    """… × 2 n_statements: what each stance adds to the log-likelihood of each group."""
    table = np.empty((*rates.shape[:-1], 2 * rates.shape[-1]))
    table[..., 0::2] = np.log1p(-rates)
    table[..., 1::2] = np.log(rates)
    table *= ANSWER_WEIGHT
    return table


def _iterate(
    blocks: Engine,
    overall: Floats,
    rates: Floats,
    sizes: Floats,
    groups: npt.NDArray[np.int64],
    max_iterations: int,
    tolerance: float,
) -> tuple[Mixture, ...]:
    """Iterate models × groups side by side; places beyond a model's own groups stay empty."""
    n_people = _n_people(blocks)
    both_ways = blocks.prepared(with_transpose)
    by_column = _leaning(overall)
    found: list[Mixture | None] = [None] * len(groups)
    model, before, iterations = np.arange(len(groups)), np.full(len(groups), -np.inf), 0
    while True:
        own = groups[model][:, None]
        missing = np.arange(rates.shape[1]) >= own
        weights = (sizes + 1) / (n_people + own)
        log_weights = np.log(weights)
        table = log_table(rates)
        leaning = table @ by_column + log_weights
        leaning[missing], log_weights[missing] = 0.0, -np.inf
        sums, sizes, likelihood = both_ways.sums(_step, table, log_weights)
        likelihood = likelihood + leaning.sum(axis=1)
        done = likelihood - before < tolerance * np.abs(likelihood)
        if iterations == max_iterations:
            done[:] = True
        for place in np.flatnonzero(done).tolist():
            found[model[place]] = Mixture(
                weights=weights[place, : own[place, 0]].copy(),
                rates=rates[place, : own[place, 0]].copy(),
                log_likelihood=float(likelihood[place]),
                iterations=iterations,
            )
        if done.any():
            model, likelihood = model[~done], likelihood[~done]
            if not len(model):
                return tuple(each for each in found if each is not None)
            widest = groups[model].max()
            sums, sizes = sums[~done, :widest], sizes[~done, :widest]
        before, iterations = likelihood, iterations + 1
        rates = _rates(sums, overall)


def _leaning(overall: Floats) -> Floats:
    """The stances that are added to every group, laid out as the columns of the stance matrix."""
    return LEANING * np.stack([1 - overall, overall], axis=1).ravel()


def _stacked(starts: Sequence[Floats]) -> Floats:
    """Starts of several widths as one array, filled up with zeros."""
    stacked = np.zeros((len(starts), max(map(len, starts)), starts[0].shape[1]))
    for place, start in enumerate(starts):
        stacked[place, : len(start)] = start
    return stacked


def _rates(sums: Floats, overall: Floats) -> Floats:
    agree, disagree = sums[..., 1::2], sums[..., 0::2]
    return np.asarray((agree + LEANING * overall) / (agree + disagree + LEANING))


def _step(block: tuple[Matrix, Matrix], table: Floats, log_weights: Floats) -> Arrays:
    """Sums of stances by group, people by group, and the log-likelihoods of a block."""
    matrix, transpose = block
    n_models, n_groups, n_columns = table.shape
    log_odds = _by_group(matrix, table.reshape(-1, n_columns))
    log_odds += log_weights.reshape(-1, 1)
    belonging = log_odds.reshape(n_models, n_groups, -1)
    totals = _normalise(belonging)
    sums = (transpose @ log_odds.T).T.reshape(table.shape)
    return sums, belonging.sum(axis=2), totals.sum(axis=1)


def _by_group(matrix: Matrix, table: Floats) -> Floats:
    """Sums of the table over each person's stances, n_groups × n_people: rows are contiguous."""
    if isinstance(matrix, np.ndarray):
        return np.asarray(table @ matrix.T)
    return np.ascontiguousarray((matrix @ table.T).T)


def _normalise(log_odds: Floats) -> Floats:
    """Logarithms (models × groups × people) into probabilities, in place; returns log totals."""
    highest = log_odds.max(axis=1)
    log_odds -= highest[:, None]
    np.exp(log_odds, out=log_odds)
    total = log_odds.sum(axis=1)
    log_odds /= total[:, None]
    return np.asarray(np.log(total) + highest)


def _n_people(blocks: Engine) -> int:
    return sum(blocks.gathered(_n_rows))


def _n_rows(block: Matrix) -> int:
    return int(block.shape[0])
