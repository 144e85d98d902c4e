"""Statements with their words, as the pages of a full room and the longest pages ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from coproduce.prepared import Prepared, PreparedModels
from coproduce.statements.models import Statement
from coproduce.words.models import Masking, Standing, masks_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

_masked = Prepared(
    lambda words: Masking.objects.filter(words_id=words, lifted_at=None).values_list("spans"),
    "words",
)


def to_read() -> QuerySet[Statement]:
    """Statements with their words, for `with_what_is_masked`."""
    masks = Masking.objects.filter(words=OuterRef("pk"), lifted_at=None)
    return Statement.objects.select_related("words__kept_text").annotate(has_masks=Exists(masks))


_shown = PreparedModels(lambda key: to_read().filter(pk=key, words__standing=Standing.SHOWN), "key")


def shown_statement(key: int) -> Statement | None:
    """The statement, if others may read it, with its words."""
    found = _shown.first(key=key)
    return None if found is None else with_what_is_masked(found)


def with_what_is_masked(statement: Statement) -> Statement:
    """A statement that was found `to_read`, once what is masked in its words has been read too.

    Few words have anything masked: for the others nothing more is asked.
    """
    has_masks: bool = statement.has_masks  # type: ignore[attr-defined]
    rows = _masked.rows(words=statement.pk) if has_masks else []
    statement.words.masked = [span for (spans,) in rows for span in spans]
    return statement


def read_together(statements: QuerySet[Statement]) -> list[Statement]:
    """These statements with their words and what is masked there. Two questions, however many."""
    found = list(statements.select_related("words__kept_text"))
    hidden = masks_of(Masking.objects.filter(words__in=[one.pk for one in found]))
    for one in found:
        one.words.masked = hidden.get(one.pk, [])
    return found
