"""Settings chosen on some conversations and judged on others, and the other way round.

`python -m benchmarks.quality.nested_choice`. Two choices are made anew, as if nobody had made
them: how much an answer counts and how far rates lean (by what is gained on answers kept aside),
and by how many standard errors halves must agree more on a further group (by the gain times how
alike the groups of two halves are, each half with a number of its own: what is gained and would be
found again). The conversations that chose take no part in judging.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from unittest import mock

import numpy as np

from benchmarks.conversations import REAL, real_conversation
from benchmarks.quality.measures import SEEDS, Aside, halves_alike, ours_with
from commonground.opinion_groups import find_opinion_groups, mixture, steadiness
from commonground.votes import Votes

WEIGHTS = (1.0, 0.8, 0.6, 0.4)
LEANINGS = (2.0, 4.0, 8.0, 16.0, 32.0)
ERRORS_APART = (-2.0, -1.0, 0.0, 1.0, 2.0)
FIRST = tuple(name for name, role in REAL.items() if role == "chose the settings")
SECOND = tuple(name for name, role in REAL.items() if role == "judges")

Score = Callable[[Votes], float]


@dataclass(frozen=True)
class Setting:
    """One setting to choose, by name, and how to put it in force."""

    name: str
    in_force: Callable[[], AbstractContextManager[object]]


def main() -> None:
    """Print both choices."""
    print(
        "| what is chosen | by | chosen on | choice | score of the choice on the others "
        "| best there, known only afterwards | as shipped |"
    )
    print("|---|---|---|---|---|---|---|")
    _choose("answer weight, leaning", "gain", _model_settings(), gained, "0.6, 4")
    shipped = f"{steadiness.ERRORS_APART:g}"
    _choose("standard errors apart", "gain × halves alike", _steadiness(), gained_again, shipped)


def gained(votes: Votes) -> float:
    """Mean gain on answers kept aside, with the number of groups that is found."""
    splits = (Aside.of(votes, seed) for seed in range(SEEDS))
    return float(np.mean([aside.gain_of(find_opinion_groups(aside.kept)) for aside in splits]))


def gained_again(votes: Votes) -> float:
    """The gain, times how alike the groups of two halves are; 0 where there are no groups."""
    alike = [halves_alike(votes, seed, ours_with(votes, None)) for seed in range(SEEDS)]
    return gained(votes) * float(np.nan_to_num(alike).mean())


def _choose(what: str, by: str, settings: Sequence[Setting], score: Score, shipped: str) -> None:
    scores: dict[str, dict[str, float]] = {setting.name: {} for setting in settings}
    for name in REAL:
        votes = real_conversation(name)
        votes = votes.keep(~votes.left_out[votes.columns])
        for setting in settings:
            with setting.in_force():
                scores[setting.name][name] = score(votes)
    for chose, judged in ((FIRST, SECOND), (SECOND, FIRST)):

        def mean(setting: str, names: Sequence[str]) -> float:
            return float(np.mean([scores[setting][name] for name in names]))

        choice = max(scores, key=lambda setting: mean(setting, chose))
        best = max(scores, key=lambda setting: mean(setting, judged))
        print(
            f"| {what} | {by} | {', '.join(chose)} | {choice} "
            f"| {100 * mean(choice, judged):.1f}% "
            f"| {100 * mean(best, judged):.1f}% ({best}) | {100 * mean(shipped, judged):.1f}% |"
        )
        sys.stdout.flush()


def _model_settings() -> list[Setting]:
    return [
        Setting(
            f"{weight:g}, {leaning:g}",
            lambda weight=weight, leaning=leaning: mock.patch.multiple(  # type: ignore[misc]
                mixture, ANSWER_WEIGHT=weight, LEANING=leaning
            ),
        )
        for weight in WEIGHTS
        for leaning in LEANINGS
    ]


def _steadiness() -> list[Setting]:
    return [
        Setting(
            f"{errors:g}",
            lambda errors=errors: mock.patch.object(  # type: ignore[misc]
                steadiness, "ERRORS_APART", errors
            ),
        )
        for errors in ERRORS_APART
    ]


if __name__ == "__main__":
    main()
