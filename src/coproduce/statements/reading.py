"""One statement with its words, as the pages of a full room ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from coproduce.prepared import Prepared, PreparedModels
from coproduce.statements.models import Statement
from coproduce.words.models import Masking, Standing

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
