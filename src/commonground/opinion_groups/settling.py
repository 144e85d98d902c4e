"""From a rough model to an exact one, in fewer steps than one iteration after another.

Close to its end, expectation and maximisation creeps. Two iterations show the direction and how
much each is shorter than the one before; the step they lead to is taken at once (SQUAREM, Varadhan
& Roland 2008, scheme S3). A step that makes the model worse is taken back.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from commonground.blocks import Engine
from commonground.opinion_groups.mixture import Mixture, iteration
from commonground.opinion_groups.stances import StanceCounts, with_transpose

Floats = npt.NDArray[np.float64]

FARTHEST = 30.0


def settle(
    blocks: Engine,
    counts: StanceCounts,
    start: Mixture,
    *,
    max_iterations: int = 150,
    tolerance: float = 1e-7,
) -> Mixture:
    """The model that iterating from `start` leads to.

    Done when an iteration adds less than `tolerance` of the log-likelihood.
    """
    both_ways = blocks.prepared(with_transpose)
    place, iterations = start, 0
    while True:
        first, before = iteration(both_ways, counts.rate, place)
        second, likelihood = iteration(both_ways, counts.rate, first)
        iterations += 2
        if likelihood - before < tolerance * abs(likelihood) or iterations >= max_iterations:
            return Mixture(first.weights, first.rates, likelihood, iterations)
        third, reached = iteration(both_ways, counts.rate, _led_to(place, first, second))
        iterations += 1
        place = third if reached >= likelihood else second


def _led_to(zeroth: Mixture, first: Mixture, second: Mixture) -> Mixture:
    one, two, three = (_coordinates(model) for model in (zeroth, first, second))
    step = two - one
    change = three - two - step
    length = float(np.sqrt(step @ step / max(float(change @ change), 1e-300)))
    far = one + 2 * max(length, 1.0) * step + max(length, 1.0) ** 2 * change
    return _model(far, zeroth.rates.shape)


def _coordinates(model: Mixture) -> Floats:
    """Log-odds of the rates, and logarithms of the weights: any numbers are a model."""
    log_odds = np.log(model.rates) - np.log1p(-model.rates)
    return np.concatenate([log_odds.ravel(), np.log(model.weights)])


def _model(coordinates: Floats, shape: tuple[int, ...]) -> Mixture:
    n_groups = shape[0]
    log_odds = np.clip(coordinates[:-n_groups], -FARTHEST, FARTHEST).reshape(shape)
    log_weights = coordinates[-n_groups:]
    weights = np.exp(log_weights - log_weights.max())
    return Mixture(weights / weights.sum(), 1 / (1 + np.exp(-log_odds)), -np.inf, 0)
