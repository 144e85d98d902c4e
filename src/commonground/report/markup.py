"""Pieces of HTML: text is always escaped, tables always have a caption and header cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


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

    It scrolls sideways by itself on a small screen, and can be reached with the keyboard.
    """
    first_number = len(columns) - numbers

    def cells(kind: str, row: Sequence[object]) -> Html:
        return joined(
            element(
                "th" if kind == "th" or place == 0 else "td",
                cell,
                scope="col" if kind == "th" else ("row" if place == 0 else None),
                class_="number" if place >= first_number else None,
            )
            for place, cell in enumerate(row)
        )

    body = joined(element("tr", cells("td", row)) for row in rows)
    return element(
        "div",
        element(
            "table",
            element("caption", caption),
            element("thead", element("tr", cells("th", columns))),
            element("tbody", body),
        ),
        class_="table",
        tabindex="0",
        role="region",
        aria_label=caption,
    )
