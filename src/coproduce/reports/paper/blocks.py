"""What a document is made of, whatever it is printed as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """`level` from 1. A level is never left out, so that the outline can be read."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    soft: bool = False


@dataclass(frozen=True)
class Item:
    """One entry of a list: words, and lines about them. `link` is an address with its name."""

    text: str
    notes: tuple[str, ...] = ()
    link: tuple[str, str] | None = None


@dataclass(frozen=True)
class Bullets:
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Table:
    """Rows under a row of headings; every row has as many cells as `head`."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(
                    f"{self.caption}: a row has {len(row)} cells, not {len(self.head)}"
                )


@dataclass(frozen=True)
class Sign:
    """The four stones, with what is said to who cannot see them."""

    described: str = "Four rounded stones: the sign of Coproduce."


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Sign


@dataclass(frozen=True)
class Paper:
    """A whole document. `address`: where it stands online, printed at its foot."""

    title: str
    about: str
    blocks: tuple[Block, ...]
    address: str = ""
    language: str = "en-GB"


def paragraphs(text: str, *, soft: bool = False) -> tuple[Paragraph, ...]:
    """Text that people typed, with an empty line between its paragraphs."""
    parts = (" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(Paragraph(part, soft) for part in parts if part)
