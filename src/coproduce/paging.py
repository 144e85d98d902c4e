"""A page of rows, turned into what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

Row = TypeVar("Row")
Shown = TypeVar("Shown")


def page_of(
    rows: QuerySet[Model] | Sequence[Row],
    asked: str | int | None,
    *,
    size: int,
    turned: Callable[[list[Row]], Sequence[Shown]],
) -> Page[Shown]:
    """The page asked for, or the nearest there is. Only its own rows are read and turned."""
    found = Paginator(rows, size).get_page(asked)
    own = cast("list[Row]", list(found.object_list))
    return the_same_page(found, turned(own))


def the_same_page(page: Page[Any], shown: Sequence[Shown]) -> Page[Shown]:
    """This page, with what it shows for each of its rows."""
    return Page(shown, page.number, cast("Paginator[Shown]", page.paginator))
