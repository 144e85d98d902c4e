"""What the genuineness page knows, as frozen values: everything that its sentences are made from.

Numbers of people are public ones: rounded to 5, 0 for a few or none. None: nothing may be told yet.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commonground.agreement import Stance
from commonground.rounding import ShareWord, said

_PLACE = {
    ShareWord.NEARLY_ALL: 0.9,
    ShareWord.MOST: 0.7,
    ShareWord.ABOUT_HALF: 0.5,
    ShareWord.SOME: 0.3,
    ShareWord.FEW: 0.1,
}


@dataclass(frozen=True)
class GroupSaid:
    """What may be told of one partner group's answers to one question.

    `went_well`: agrees when more than half of its people said that it went well; does not agree
    when more than half said that it did not; None where it cannot be told.
    `good`, `bad`: how many of `people`, as a word or rounded to 5.
    """

    key: str
    label: str
    people: int
    went_well: Stance | None
    good: ShareWord | int | None = None
    bad: ShareWord | int | None = None

    @classmethod
    def of(cls, key: str, label: str, shown: Mapping[str, Any]) -> GroupSaid:
        return cls(
            key=key,
            label=label,
            people=shown["people"],
            went_well=None if shown["stance"] is None else Stance(shown["stance"]),
            good=_share(shown["agree"]),
            bad=_share(shown["disagree"]),
        )

    @property
    def is_told(self) -> bool:
        return self.went_well not in {None, Stance.TOO_FEW_TO_TELL}

    @property
    def place(self) -> float:
        """From 0 to 1, for putting the group that felt it least first."""
        if isinstance(self.good, ShareWord):
            return _PLACE[self.good]
        if self.good is not None and self.people:
            return self.good / self.people
        return {Stance.AGREES: 0.6, Stance.DIVIDED: 0.4}.get(
            self.went_well or Stance.DOES_NOT_AGREE, 0.2
        )

    @property
    def in_words(self) -> str:
        """How many say that it went well: "most of about 15"; or why nothing is told."""
        if self.went_well is None:
            return "cannot be told without telling what somebody answered"
        if self.went_well == Stance.TOO_FEW_TO_TELL:
            return "too few to tell"
        if self.good is None:
            return {
                Stance.AGREES: "more than half",
                Stance.DOES_NOT_AGREE: "less than half",
            }.get(self.went_well, "no more than half")
        return f"{said(self.good)} of about {self.people}"


@dataclass(frozen=True)
class QuestionSaid:
    """What may be told of the answers to one question, by partner group as invited."""

    asked: str
    groups: tuple[GroupSaid, ...] = ()

    @classmethod
    def of(
        cls, asked: str, shown: Mapping[str, Any] | None, labels: Mapping[str, str]
    ) -> QuestionSaid:
        if not shown:
            return cls(asked)
        return cls(
            asked,
            tuple(
                GroupSaid.of(key, labels.get(key, key), shown["groups"][key])
                for key in shown["invited"]
            ),
        )

    @property
    def told(self) -> tuple[GroupSaid, ...]:
        return tuple(group for group in self.groups if group.is_told)

    def having(self, stance: Stance) -> tuple[str, ...]:
        return tuple(group.label for group in self.told if group.went_well == stance)

    @property
    def went_well_for_all(self) -> bool:
        """Every group of which something is told says so, and there is one."""
        return bool(self.told) and all(g.went_well == Stance.AGREES for g in self.told)

    @property
    def went_badly_for_some(self) -> bool:
        return any(group.went_well != Stance.AGREES for group in self.told)


@dataclass(frozen=True)
class Facts:
    """Everything that the three sentences and the contradictions are made from.

    `questions`: by what was asked; `how_far`: went as far as promised. `actions`: by where they
    stand (`open`, `said_done`, `done`, `disputed`, `stopped`). `adopted`: the partner groups whose
    people saw words of theirs in a decision.
    """

    today: datetime.date
    asked: int | None = None
    answered: int | None = None
    questions: Mapping[str, QuestionSaid] = field(default_factory=dict)
    how_far: QuestionSaid = QuestionSaid("how_far")
    promised: str = ""
    options_fixed: bool | None = None
    hear_back_by: datetime.date | None = None
    ideas: int = 0
    ideas_answered: int = 0
    ideas_in_part: int = 0
    decisions: int = 0
    decisions_to_do: int = 0
    actions: Mapping[str, int] = field(default_factory=dict)
    overdue: int = 0
    adopted: QuestionSaid = QuestionSaid("adopted")
    groups_missing: Sequence[str] = ()
    children_invited: bool = False
    children_took_part: bool = True

    def question(self, asked: str) -> QuestionSaid:
        return self.questions.get(asked, QuestionSaid(asked))

    @property
    def ideas_waiting(self) -> int:
        return self.ideas - self.ideas_answered

    @property
    def actions_all(self) -> int:
        return sum(self.actions.values())


def _share(kept: str | int | None) -> ShareWord | int | None:
    return ShareWord(kept) if isinstance(kept, str) else kept
