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
once an iteration for all of them, which costs little more than for one. So are models of several
samples of people or answers that lie side by side (`commonground.opinion_groups.side_by_side`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.blocks import Arrays, Engine
from commonground.opinion_groups.stances import Matrix, StanceCounts, with_transpose

Floats = npt.NDArray[np.float64]
Bounds = npt.NDArray[np.int64]

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
    bounds: Bounds | None = None,
) -> tuple[tuple[Mixture, ...], ...]:
    """For each sample one model from each start, given as stances counted by group.

    A start is n_groups × 2 n_statements, laid out as the columns of the stance matrix. A model is
    done when an iteration adds less than `tolerance` of its log-likelihood. `bounds`: where the
    rows of each sample start in the only block, and their end; without it all is one sample.
    """
    n_people = np.array([_n_people(blocks)]) if bounds is None else np.diff(bounds)
    sums = _stacked(starts)
    held = sums.reshape(*sums.shape[:2], len(n_people), -1).sum(axis=3)
    sizes = held / np.maximum(held.sum(axis=1, keepdims=True), 1e-300) * n_people
    groups = np.array([len(start) for start in starts])
    fit = _Fit(blocks.prepared(with_transpose), counts.rate, n_people, bounds)
    return fit.run(_rates(sums, counts.rate), sizes, groups, max_iterations, tolerance)


def iteration(both_ways: Engine, overall: Floats, model: Mixture) -> tuple[Mixture, float]:
    """The model one iteration on, and the log-likelihood of the given one.

    `both_ways`: blocks prepared `with_transpose`.
    """
    table, log_weights = log_table(model.rates), np.log(model.weights)
    sums, sizes, likelihood = both_ways.sums(_step, table[None], log_weights[None, :, None])
    leaning = float((table @ _leaning(overall)).sum() + log_weights.sum())
    weights = (sizes[0, :, 0] + 1) / (sizes.sum() + model.n_groups)
    following = Mixture(weights, _rates(sums[0], overall), -np.inf, 0)
    return following, float(likelihood[0, 0]) + leaning


def log_likelihood_of_one(counts: StanceCounts) -> float:
    """The log-likelihood with everybody in one group, each statement at its overall rate."""
    rate = counts.rate
    agree, disagree = counts.agree + LEANING * rate, counts.disagree + LEANING * (1 - rate)
    return float(ANSWER_WEIGHT * (agree @ np.log(rate) + disagree @ np.log1p(-rate)))


def memberships(block: Matrix, mixture: Mixture) -> Floats:
    """n_people × n_groups: how likely each person belongs to each group; rows sum to 1."""
    (belonging,) = memberships_of_each(block, [mixture])
    return np.ascontiguousarray(belonging.T)


def memberships_of_each(block: Matrix, models: Sequence[Mixture]) -> list[Floats]:
    """The same for several models, each n_groups × n_people."""
    found = log_odds_of_each(block, models)
    for log_odds in found:
        _normalise(log_odds[None])
    return found


def log_odds_of_each(block: Matrix, models: Sequence[Mixture]) -> list[Floats]:
    """For each model n_groups × n_people: log-odds of belonging, each person's up to a constant."""
    log_odds = _by_group(block, log_table(np.concatenate([model.rates for model in models])))
    log_odds += np.log(np.concatenate([model.weights for model in models]))[:, None]
    return np.split(log_odds, np.cumsum([model.n_groups for model in models])[:-1])


def log_table(rates: Floats) -> Floats:
    """… × 2 n_statements: what each stance adds to the log-likelihood of each group."""
    table = np.empty((*rates.shape[:-1], 2 * rates.shape[-1]))
    table[..., 0::2] = np.log1p(-rates)
    table[..., 1::2] = np.log(rates)
    table *= ANSWER_WEIGHT
    return table


@dataclass(frozen=True)
class _Fit:
    """Samples side by side, and models of each."""

    both_ways: Engine
    overall: Floats
    """Overall rates of the statements of all samples, one sample after the other."""
    n_people: npt.NDArray[np.int64]
    """People of each sample."""
    bounds: Bounds | None

    def run(
        self,
        rates: Floats,
        sizes: Floats,
        groups: npt.NDArray[np.int64],
        max_iterations: int,
        tolerance: float,
    ) -> tuple[tuple[Mixture, ...], ...]:
        """Iterate models × groups of all samples; places beyond a model's groups stay empty."""
        n_samples = len(self.n_people)
        by_column = _leaning(self.overall).reshape(n_samples, -1)
        half = by_column.shape[1] // 2
        found: list[dict[int, Mixture]] = [{} for _ in range(n_samples)]
        model, iterations = np.arange(len(groups)), 0
        before = np.full((len(groups), n_samples), -np.inf)
        finished = np.zeros(before.shape, dtype=bool)
        while True:
            own = groups[model][:, None]
            present = np.arange(rates.shape[1]) < own
            weights = (sizes + 1) / (self.n_people + own[:, :, None])
            log_weights = np.log(weights)
            table = log_table(rates)
            shaped = table.reshape(*table.shape[:2], *by_column.shape)
            leaning = np.einsum("mkdc,dc->mkd", shaped, by_column) + log_weights
            leaning[~present], log_weights[~present] = 0.0, -np.inf
            rows = None if present.all() else np.flatnonzero(present)
            sums, sizes, likelihood = self.both_ways.sums(
                _step, table, log_weights, rows, self.bounds
            )
            likelihood = likelihood + leaning.sum(axis=1)
            done = likelihood - before < tolerance * np.abs(likelihood)
            if iterations == max_iterations:
                done[:] = True
            done &= ~finished
            for place, sample in np.argwhere(done).tolist():
                columns = slice(sample * half, (sample + 1) * half)
                found[sample][int(model[place])] = Mixture(
                    weights=weights[place, : own[place, 0], sample].copy(),
                    rates=rates[place, : own[place, 0], columns].copy(),
                    log_likelihood=float(likelihood[place, sample]),
                    iterations=iterations,
                )
            finished |= done
            left = ~finished.all(axis=1)
            if not left.all():
                if not left.any():
                    return tuple(tuple(of[each] for each in range(len(groups))) for of in found)
                model, likelihood, finished = model[left], likelihood[left], finished[left]
                widest = groups[model].max()
                sums, sizes = sums[left, :widest], sizes[left, :widest]
            before, iterations = likelihood, iterations + 1
            rates = _rates(sums, self.overall)


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


def _step(
    block: tuple[Matrix, Matrix],
    table: Floats,
    log_weights: Floats,
    rows: npt.NDArray[np.int64] | None = None,
    bounds: Bounds | None = None,
) -> Arrays:
    """Sums of stances by group, people by group and sample, and the log-likelihoods.

    `rows`: the groups there are, where models have different numbers of them.
    """
    matrix, transpose = block
    n_models, n_groups, n_columns = table.shape
    flat, weights = table.reshape(-1, n_columns), log_weights.reshape(n_models * n_groups, -1)
    if rows is None:
        log_odds = _by_group(matrix, flat)
    else:
        log_odds = np.zeros((len(flat), matrix.shape[0]))
        log_odds[rows] = _by_group(matrix, flat[rows])
    if bounds is None:
        log_odds += weights
    else:
        log_odds += np.repeat(weights, np.diff(bounds), axis=1)
    belonging = log_odds.reshape(n_models, n_groups, -1)
    totals = _normalise(belonging)
    if rows is None:
        sums = (transpose @ log_odds.T).T.reshape(table.shape)
    else:
        sums = np.zeros_like(flat)
        sums[rows] = (transpose @ log_odds[rows].T).T
        sums = sums.reshape(table.shape)
    if bounds is None:
        return sums, belonging.sum(axis=2, keepdims=True), totals.sum(axis=1, keepdims=True)
    of_samples = bounds[:-1]
    sizes = np.add.reduceat(belonging, of_samples, axis=2)
    return sums, sizes, np.add.reduceat(totals, of_samples, axis=1)


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
