"""One statement with its words, as the pages of a full room ask for it."""

from __future__ import annotations

from coproduce.prepared import Prepared, PreparedModels
from coproduce.statements.models import Statement
from coproduce.words.models import Masking, Standing

_shown = PreparedModels(
    lambda key: Statement.objects.select_related("words__kept_text").filter(
        pk=key, words__standing=Standing.SHOWN
    ),
    "key",
)
_masked = Prepared(
    lambda words: Masking.objects.filter(words_id=words, lifted_at=None).values_list("spans"),
    "words",
)


def shown_statement(key: int) -> Statement | None:
    """The statement, if others may read it, with its words."""
    found = _shown.first(key=key)
    return None if found is None else with_what_is_masked(found)


def with_what_is_masked(statement: Statement) -> Statement:
    """The statement, once what is masked in its words has been read too."""
    statement.words.masked = [
        span for (spans,) in _masked.rows(words=statement.pk) for span in spans
    ]
    return statement
