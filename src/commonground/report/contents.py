"""What goes into a report, worked out before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from commonground.duplicates import DuplicateIndex, StatementPairs, answers_among
from commonground.ideas import Detail, IdeaLevel, suggest_ideas
from commonground.opinion_groups import OpinionGroups, find_opinion_groups
from commonground.opinion_groups.stability import Stability, stability
from commonground.vectors import SentenceVectors
from commonground.votes import Tallies, Votes
from commonground.what_groups_say import WhatGroupsSay, what_groups_say


@dataclass(frozen=True)
class Report:
    """Everything that a report says."""

    title: str
    votes: Votes
    texts: Mapping[Any, str]
    """Text of each statement by its id; statements without one are named by their id."""
    groups: OpinionGroups
    said: WhatGroupsSay
    stability: Stability
    pairs: StatementPairs | None
    """Statements that may say the same, and that may disagree; none without texts."""
    ideas: IdeaLevel | None
    """Connected ideas; none without texts."""
    by_meaning: bool
    """Whether statements were compared by meaning, or only by their words."""

    @cached_property
    def tallies(self) -> Tallies:
        """Everybody's answers counted by statement."""
        return self.votes.tallies()

    @cached_property
    def places(self) -> Mapping[Any, int]:
        """Where each statement stands among the columns."""
        return {one: place for place, one in enumerate(self.votes.statements.tolist())}


def _to_nobody(_: str) -> None:
    """Where nobody watches."""


def prepare_report(
    votes: Votes,
    texts: Mapping[Any, str],
    *,
    title: str,
    n_groups: int | None = None,
    vectors: SentenceVectors | None = None,
    tell: Callable[[str], None] = _to_nobody,
) -> Report:
    """Analyse answers and texts. Statements that are left out take no part in ideas and pairs.

    `tell` is called with a few words before each step that may take long.
    """
    tell("looking for opinion groups")
    groups = find_opinion_groups(votes, n_groups)
    shown = [
        statement
        for statement, left_out in zip(votes.statements.tolist(), votes.left_out, strict=True)
        if not left_out and texts.get(statement)
    ]
    pairs, ideas = None, None
    if len(shown) > 1:
        words = [texts[statement] for statement in shown]
        if vectors is not None:
            tell(f"reading the meaning of {len(shown):,} statements")
        found = vectors.embed(words) if vectors is not None else None
        tell("comparing statements")
        index = DuplicateIndex()
        index.add(shown, words, found)
        pairs = index.pairs(answers=answers_among(votes))
        tell("looking for connected ideas")
        ideas = suggest_ideas(shown, words, found, detail=Detail.MIDDLE).level(Detail.MIDDLE)
    tell("counting what each opinion group says, and trying halves")
    return Report(
        title=title,
        votes=votes,
        texts=texts,
        groups=groups,
        said=what_groups_say(votes, groups),
        stability=stability(votes, groups.n_groups),
        pairs=pairs,
        ideas=ideas,
        by_meaning=vectors is not None,
    )
