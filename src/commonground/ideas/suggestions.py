"""What a suggestion of connected ideas looks like."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum


class Detail(StrEnum):
    """How finely statements are put together."""

    FEWER = "fewer"
    MIDDLE = "middle"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class SuggestedIdea:
    """Statements that seem connected, with a name in their own words.

    key: the id of the idea when a person made it; otherwise a text made from its members, the same
        whenever the members are the same.
    made_by_person: whether a person made this idea; then only `suggested` is ours.
    name: a phrase that its statements use, or empty when no phrase stands out. For a person's idea,
        the phrase is a suggestion and theirs stands.
    phrases: further phrases, most telling first.
    arranged: members that a person put here.
    suggested: members that we suggest, most central first. A statement may stand in several ideas.
    """

    key: Hashable
    made_by_person: bool
    name: str
    phrases: tuple[str, ...]
    arranged: tuple[Hashable, ...]
    suggested: tuple[Hashable, ...]

    @property
    def members(self) -> tuple[Hashable, ...]:
        return self.arranged + self.suggested


@dataclass(frozen=True, slots=True)
class IdeaLevel:
    """Ideas at one level of detail, largest first, and statements that fit none."""

    detail: Detail
    ideas: tuple[SuggestedIdea, ...]
    in_none: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class IdeaSuggestions:
    """Levels from fewer ideas to more."""

    levels: tuple[IdeaLevel, ...]

    def level(self, detail: Detail) -> IdeaLevel:
        for one in self.levels:
            if one.detail is detail:
                return one
        raise KeyError(f"level {detail!s} was not asked for")


@dataclass(frozen=True, slots=True)
class NearIdea:
    """An idea that a statement may belong to.

    idea: its id. score: 0 to 1, nearness to its nearest members. closest: the id of the nearest
    member.
    """

    idea: Hashable
    score: float
    closest: Hashable
