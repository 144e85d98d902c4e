"""How a grouping is scored: answers kept aside, and two halves of the people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.conversations import Planted
from commonground.group_counts import count_by_group
from commonground.opinion_groups import OpinionGroups, find_opinion_groups
from commonground.opinion_groups.stability import adjusted_rand
from commonground.votes import Votes

Labels = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Place = Callable[[Votes], Floats | None]
"""Groups some people, and gives each group's rates (n_groups × n_statements)."""

SEEDS = 3
HALVES = 10
"""How often a conversation is split in half."""
LEANING = 4.0
"""Every system's group rates lean toward the overall rate alike, by so many people."""


@dataclass(frozen=True)
class Aside:
    """A fifth of the answers kept aside, of people with five or more."""

    kept: Votes
    asked: Votes
    """Agrees and disagrees that were kept aside."""
    overall: Floats
    """For each statement: share of agrees among the stances that were kept."""

    @classmethod
    def of(cls, votes: Votes, seed: int, among: npt.NDArray[np.bool_] | None = None) -> Aside:
        """Keep some aside; `among`: only these participants are asked."""
        random = np.random.default_rng(seed)
        enough = np.repeat(votes.answers_given >= 5, votes.answers_given)
        aside = (random.random(votes.n_votes) < 0.2) & enough
        asked = aside & (votes.values != 0)
        if among is not None:
            asked &= among[votes.rows]
        kept = votes.keep(~aside)
        return cls(kept, votes.keep(asked), overall_rates(kept))

    def gain(self, predicted: Floats) -> float:
        """Share of the log-loss of the statement's mean that the prediction saves."""
        agrees = self.asked.values > 0
        return 1 - _loss(predicted, agrees) / _loss(self.overall[self.asked.columns], agrees)

    def gain_of_labels(self, labels: Labels) -> float:
        """From a label for everybody: the rates of their group in what was kept."""
        rates, label = group_rates(self.kept, labels, self.overall), labels[self.asked.rows]
        columns = self.asked.columns
        return self.gain(np.where(label >= 0, rates[label, columns], self.overall[columns]))

    def gain_of(self, found: OpinionGroups) -> float:
        """From memberships and rates."""
        rates = np.where(np.isnan(found.rates), self.overall, found.rates)
        rows, columns = self.asked.rows, self.asked.columns
        return self.gain(np.einsum("ik,ki->i", found.memberships[rows], rates[:, columns]))


def overall_rates(votes: Votes) -> Floats:
    """For each statement: share of agrees among the stances, one of each kind added."""
    tallies = votes.tallies()
    return np.asarray((tallies.agree + 1) / (tallies.agree + tallies.disagree + 2))


def group_rates(votes: Votes, labels: Labels, overall: Floats) -> Floats:
    """n_groups × n_statements: share of agrees among the stances of each group."""
    counts = count_by_group(votes, labels, max(int(labels.max()) + 1, 1))
    return np.asarray(
        (counts.agree + LEANING * overall) / (counts.agree + counts.disagree + LEANING)
    )


def halves_alike(votes: Votes, seed: int, place: Place, *, of_answers: bool = False) -> float:
    """Two halves of the people, or of everybody's answers, give groups; both place everybody.

    The adjusted Rand index; 0 where one half names groups and the other says there is one. NaN
    where a half gives no result, or both give one group: there is nothing to compare.
    """
    random = np.random.default_rng(seed)
    if of_answers:
        half = random.random(votes.n_votes) < 0.5
        parts = [votes.keep(side) for side in (half, ~half)]
    else:
        half = random.permutation(votes.n_participants) % 2 == 0
        parts = [votes.take(side) for side in (half, ~half)]
    rates = [place(part) for part in parts]
    placed = [_placed(votes, of) for of in rates if of is not None and len(of)]
    if len(placed) < 2 or all(of is not None and len(of) == 1 for of in rates):
        return float("nan")
    return adjusted_rand(*placed)


def ours_with(votes: Votes, n_groups: int | None) -> Place:
    """Our groups of a part of `votes`, so many, or (None) as many as the part itself chooses."""
    overall = overall_rates(votes)

    def place(part: Votes) -> Floats:
        rates = find_opinion_groups(part, n_groups).rates
        return np.where(np.isnan(rates), overall, rates)

    return place


def _placed(votes: Votes, rates: Floats) -> Labels:
    return Planted(votes, np.zeros(0, dtype=np.int64), rates).best_possible()


def _loss(chance: Floats, agrees: npt.NDArray[np.bool_]) -> float:
    right = np.clip(np.where(agrees, chance, 1 - chance), 1e-4, 1)
    return float(-np.log(right).mean())


def percent(values: Floats) -> str:
    """The mean of shares as a percentage."""
    return f"{100 * np.nanmean(values):.1f}%" if np.isfinite(values).any() else "–"


def mean(values: Floats) -> str:
    """The mean with two digits."""
    return f"{np.nanmean(values):.2f}" if np.isfinite(values).any() else "–"
