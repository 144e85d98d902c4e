"""Which combined wordings rest on somebody's own words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce.agreeing.models import LineAnswer
from coproduce.ideas.models import Wording
from coproduce.statements.models import Statement
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from collections.abc import Collection

    from coproduce.people.models import Participant


@dataclass(frozen=True)
class AskedAbout:
    """A wording that rests on somebody's words, those words, and what they said of it."""

    wording: Wording
    own: tuple[Statement, ...]
    answer: LineAnswer | None

    @property
    def waits(self) -> bool:
        return self.answer is None or not self.answer.as_writer


def own_words_under(participant: Participant, wordings: Collection[int]) -> dict[int, set[int]]:
    """By wording: the shown statements of theirs that it rests on, or that say the same."""
    pairs = (
        Wording.rests_on.through.objects.filter(
            wording__in=wordings,
            statement__words__standing=Standing.SHOWN,
            statement__cluster__statements__words__participant=participant,
            statement__cluster__statements__words__standing=Standing.SHOWN,
        )
        .values_list("wording_id", "statement__cluster__statements")
        .distinct()
    )
    under: dict[int, set[int]] = defaultdict(set)
    for wording, statement in pairs:
        under[wording].add(statement)
    return dict(under)


def asked_about(participant: Participant) -> list[AskedAbout]:
    """Every wording of the draft that rests on their words, those not answered yet first.

    Five questions to the database, however many wordings.
    """
    current = {
        wording.pk: wording
        for wording in Wording.objects.filter(
            conversation=participant.conversation_id, ended_at=None, idea__retired_at=None
        )
        .select_related("idea")
        .order_by("idea__position", "idea", "position", "pk")
    }
    under = own_words_under(participant, current)
    own = {
        statement.pk: statement
        for statement in Statement.objects.filter(
            pk__in={key for keys in under.values() for key in keys}
        ).with_words()
    }
    answers = {
        answer.wording_id: answer
        for answer in LineAnswer.objects.held_by(participant).filter(wording__in=under)
    }
    asked = [
        AskedAbout(wording, tuple(own[one] for one in sorted(under[key])), answers.get(wording.pk))
        for key, wording in current.items()
        if key in under
    ]
    return sorted(asked, key=lambda one: not one.waits)


def waiting_for(participant: Participant) -> int:
    """How many wordings wait for this writer's "Is that still what you meant?"."""
    return sum(one.waits for one in asked_about(participant))
