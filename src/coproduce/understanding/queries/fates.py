"""What became of one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce.ideas.models import Placement
from coproduce.responses.models import Reason
from coproduce.statements.models import Statement
from coproduce.understanding.document import Line
from coproduce.understanding.models import Passage
from coproduce.understanding.queries.versions import disputes_in, line_of, with_sources
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from coproduce.ideas.models import Idea
    from coproduce.responses.models import Reason as ReasonGiven


@dataclass(frozen=True)
class PublishedLine:
    """A published line that rests on the statement, as it reads today."""

    passage: Passage
    line: Line


@dataclass(frozen=True)
class Fate:
    """Where a statement stands now: what it was put together with, its ideas, its lines.

    `lines`: those of the latest version that has it; `version_number` says which that is.
    """

    together: tuple[Statement, ...]
    ideas: tuple[Idea, ...]
    lines: tuple[PublishedLine, ...]
    version_number: int | None
    reasons: tuple[ReasonGiven, ...]

    @property
    def challenges(self) -> tuple[ReasonGiven, ...]:
        return tuple(reason for reason in self.reasons if reason.is_challenge)

    @property
    def other_reasons(self) -> tuple[ReasonGiven, ...]:
        return tuple(reason for reason in self.reasons if not reason.is_challenge)


def fate_of(statement: Statement) -> Fate:
    """What became of it, as anybody may know. Reasons stand by reference: chance drew it."""
    together = tuple(
        Statement.objects.filter(cluster_id=statement.cluster_id)
        .exclude(pk=statement.pk)
        .shown()
        .with_words()
        .order_by("words__ref")
    )
    # Where one of those that say the same was placed, all of them stand.
    placements = (
        Placement.objects.held()
        .filter(statement__cluster=statement.cluster_id, idea__retired_at=None)
        .select_related("idea")
        .order_by("idea__position", "idea", "pk")
    )
    lines = _lines_on(statement.words_id)
    return Fate(
        together=together,
        ideas=tuple({placement.idea_id: placement.idea for placement in placements}.values()),
        lines=lines,
        version_number=lines[0].passage.version.number if lines else None,
        reasons=shown_reasons([statement.pk]),
    )


def shown_reasons(statements: list[int]) -> tuple[ReasonGiven, ...]:
    """The reasons that people gave and that are shown, for any of these statements."""
    return tuple(
        Reason.objects.filter(statement__in=statements, words__standing=Standing.SHOWN)
        .select_related("words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("words__ref")
    )


def _lines_on(words: int) -> tuple[PublishedLine, ...]:
    passages = with_sources(Passage.objects.filter(sources__words=words).select_related("version"))
    found = sorted(passages, key=lambda passage: (-passage.version.number, passage.position))
    disputes = disputes_in([found[0].version]) if found else {}
    return tuple(
        PublishedLine(passage, line_of(passage, passage.version.published_at, disputes))
        for passage in found
        if passage.version.number == found[0].version.number
    )
