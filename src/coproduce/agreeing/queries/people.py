"""How many people were asked about wordings, answered, and said that it is not what they meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonground.rounding import STEP, rounded
from coproduce.agreeing.models import LineAnswer
from coproduce.ideas.models import Wording
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coproduce.conversations.models import Conversation


@dataclass(frozen=True)
class WordingsAsked:
    """People, as it may be told: rounded to 5, 0 for a few or none."""

    asked: int
    answered: int
    disputed: int

    def to_dict(self) -> dict[str, int]:
        return {"asked": self.asked, "answered": self.answered, "disputed": self.disputed}


def exact_numbers(conversation: Conversation) -> dict[str, int]:
    """People, each once, over all wordings so far. Never shown.

    Asked: words of theirs stand under a wording of the draft, or they were asked of an earlier
    one and answered. Disputed: they said "not quite" of a wording and have not changed that.
    """
    said = dict[int, bool]()
    for person, disputes in (
        LineAnswer.objects.latest()
        .filter(wording__conversation=conversation, as_writer=True)
        .values_list("participant_id", "choice")
    ):
        said[person] = said.get(person, False) or disputes == LineAnswer.Choice.NOT_QUITE
    writers = set(
        Wording.rests_on.through.objects.filter(
            wording__conversation=conversation,
            wording__ended_at=None,
            wording__idea__retired_at=None,
            statement__words__standing=Standing.SHOWN,
            statement__cluster__statements__words__standing=Standing.SHOWN,
            statement__cluster__statements__words__participant__isnull=False,
        )
        .values_list("statement__cluster__statements__words__participant", flat=True)
        .distinct()
    )
    return {
        "asked": len(writers | said.keys()),
        "answered": len(said),
        "disputed": sum(said.values()),
    }


def settled(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """Numbers that an earlier version told stay until five people more, or fewer, are behind."""
    return {
        name: before[name] if name in before and abs(people - before[name]) < STEP else people
        for name, people in now.items()
    }


def as_told(exact: Mapping[str, int]) -> WordingsAsked:
    return WordingsAsked(**{name: rounded(people) for name, people in exact.items()})
