"""What a document is made of, whatever it is printed as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

# A4 between its margins, a broad letter of a heading, and the edges of a cell; in mm.
TEXT_WIDTH, LETTER, BESIDE_TEXT = 162, 2.6, 4


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

    @property
    def widths(self) -> tuple[float, ...]:
        """The width of each column, in mm, so that none becomes a thin, long strip.

        Each has room for its longest word; what is left goes to those whose text does not fit
        into one line, the more the longer it is.
        """
        columns = list(zip(self.head, *self.rows, strict=True))
        least = [
            max(len(word) for cell in cells for word in ("", *cell.split())) * LETTER + BESIDE_TEXT
            for cells in columns
        ]
        too_long = [
            max(0.0, max(map(len, cells)) * LETTER + BESIDE_TEXT - one)
            for cells, one in zip(columns, least, strict=True)
        ]
        pull = [one**0.75 for one in too_long] if any(too_long) else [1.0] * len(least)
        left = max(0.0, TEXT_WIDTH - sum(least))
        wide = [one + left * by / sum(pull) for one, by in zip(least, pull, strict=True)]
        return tuple(round(one * TEXT_WIDTH / sum(wide), 1) for one in wide)


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
