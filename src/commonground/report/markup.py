"""Pieces of HTML: text is always escaped, tables always have a caption and header cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

FEW_NUMBERS = 3
"""Columns of numbers up to which each stands on one line; of more, ranges go below."""


class Html(str):
    """Markup that is ready to use. Anything else is text, and gets escaped."""

    __slots__ = ()


def html(content: object) -> Html:
    """Markup as it is; everything else escaped."""
    return content if isinstance(content, Html) else Html(escape(str(content)))


def joined(parts: Iterable[object]) -> Html:
    """The parts one after another."""
    return Html("\n".join(html(part) for part in parts))


def element(name: str, *content: object, **attributes: object) -> Html:
    """An element; `class_` gives the attribute class, underscores become hyphens."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{given}>{''.join(html(part) for part in content)}</{name}>")


def paragraph(*content: object) -> Html:
    """A paragraph."""
    return element("p", *content)


def bullet_list(items: Iterable[object]) -> Html:
    """A list with bullets."""
    return element("ul", *(element("li", item) for item in items))


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: int = 0
) -> Html:
    """A table whose first cell in each row is its header; the last `numbers` columns are numbers.

    On a small screen each row becomes a block and each cell says its column before it; where it is
    still too wide it scrolls by itself, and can be reached with the keyboard. Roles are written
    out, since browsers forget those of a table that is laid out otherwise.
    """
    first_number = len(columns) - numbers

    def cell(content: object, place: int) -> Html:
        return element(
            "td" if place else "th",
            content,
            scope=None if place else "row",
            role="cell" if place else "rowheader",
            class_="number" if place >= first_number else None,
            data_column=columns[place] if place else None,
        )

    header = joined(
        element(
            "th",
            name,
            scope="col",
            role="columnheader",
            class_="number" if place >= first_number else None,
        )
        for place, name in enumerate(columns)
    )
    body = joined(
        element("tr", joined(cell(content, place) for place, content in enumerate(row)), role="row")
        for row in rows
    )
    return element(
        "div",
        element(
            "table",
            element("caption", element("span", caption)),
            element("thead", element("tr", header, role="row"), role="rowgroup"),
            element("tbody", body, role="rowgroup"),
            role="table",
        ),
        class_="table many" if numbers > FEW_NUMBERS else "table",
        tabindex="0",
        # Not a region: these are parts of a section, which is one already.
        role="group",
        aria_label=caption,
    )
