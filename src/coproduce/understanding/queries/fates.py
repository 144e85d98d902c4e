"""What stands beside one statement: what it was put together with, and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.responses.models import Reason
from coproduce.statements.models import Statement
from coproduce.words.models import Standing

if TYPE_CHECKING:
    from coproduce.responses.models import Reason as ReasonGiven


def put_together_with(statement: Statement) -> list[Statement]:
    """Other shown statements that say the same, by reference: chance drew it."""
    return list(
        Statement.objects.filter(cluster_id=statement.cluster_id)
        .exclude(pk=statement.pk)
        .shown()
        .with_words()
        .order_by("words__ref")
    )


def shown_reasons(statements: list[int]) -> tuple[ReasonGiven, ...]:
    """The reasons that people gave and that are shown, for any of these statements."""
    return tuple(
        Reason.objects.filter(statement__in=statements, words__standing=Standing.SHOWN)
        .select_related("words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("words__ref")
    )
