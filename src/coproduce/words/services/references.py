"""References: short numbers by which words, lines and decisions are found, as K7PM-2XQW."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from coproduce.conversations.models import CODE_LETTERS

if TYPE_CHECKING:
    from django.db.models import Model

AT_ONCE = 500


def unused_ref(model: type[Model]) -> str:
    """A reference that no record of this model has: 24 letters that are not misread, 8 of them."""
    return unused_refs(model, 1)[0]


def unused_refs(model: type[Model], how_many: int) -> list[str]:
    """So many references, each another one, that no record of this model has.

    Among 180,000 lines, publishing 200 more would draw one that is taken once in 3,000 times.
    """
    found: dict[str, None] = {}
    while len(found) < how_many:
        drawn = {_draw() for _ in range(min(AT_ONCE, how_many - len(found)))}
        taken = model._default_manager.filter(ref__in=drawn).values_list("ref", flat=True)
        found.update(dict.fromkeys(drawn.difference(taken)))
    return list(found)


def _draw() -> str:
    drawn = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
