"""A schematic map: one tile for each area, where they lie to each other and not how large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# In steps of the drawing. Three tiles beside each other are as wide as a small phone, on which
# their letters (20 steps high) are then about 14 px high.
SIDE, TALL, GAP = 128, 124, 8
_FIRST_LINE, _LINE, _UNDER_LAST_LINE = 30, 24, 16
_LONGEST_LINE = 11

# Column and row of the districts of Devon, and of its two neighbours. Others follow below.
PLACES: Mapping[str, tuple[int, int]] = {
    "torridge": (0, 0),
    "north-devon": (1, 0),
    "mid-devon": (2, 0),
    "west-devon": (0, 1),
    "exeter": (1, 1),
    "east-devon": (2, 1),
    "south-hams": (0, 2),
    "teignbridge": (1, 2),
    "torbay": (2, 2),
    "plymouth": (0, 3),
}
_COLUMNS = 3


@dataclass(frozen=True)
class Line:
    words: str
    y: int


@dataclass(frozen=True)
class Tile:
    """`look` is a class of the style: told apart by the number first, by colour second."""

    x: int
    y: int
    middle: int
    lines: tuple[Line, ...]
    number: tuple[Line, ...]
    look: str


@dataclass(frozen=True)
class Tiles:
    tiles: tuple[Tile, ...]
    width: int
    height: int
    in_words: str
    side: int = SIDE
    tall: int = TALL


@dataclass(frozen=True)
class Area:
    """An area for a tile: `number` is what may be told of it; `level` 0 none, 1 some, 2 many."""

    key: str
    label: str
    number: str
    level: int = 0


def tiles_of(areas: Sequence[Area], about: str) -> Tiles | None:
    """`about` begins the text that stands for the picture. None where there is no area."""
    if not areas:
        return None
    known = [area for area in areas if _key(area) in PLACES]
    unknown = [area for area in areas if _key(area) not in PLACES]
    places = [(area, *PLACES[_key(area)]) for area in known]
    left = min((column for _, column, _ in places), default=0)
    top = min((row for *_, row in places), default=0)
    placed = [(area, column - left, row - top) for area, column, row in places]
    below = max((row + 1 for *_, row in placed), default=0)
    placed += [
        (area, place % _COLUMNS, below + place // _COLUMNS) for place, area in enumerate(unknown)
    ]
    tiles = tuple(_tile(area, column, row) for area, column, row in placed)
    said = "; ".join(f"{area.label}: {area.number}" for area in areas)
    return Tiles(
        tiles,
        width=max(tile.x for tile in tiles) + SIDE + GAP,
        height=max(tile.y for tile in tiles) + TALL + GAP,
        in_words=f"{about}: {said}.",
    )


def _key(area: Area) -> str:
    return area.key.replace("_", "-")


def _tile(area: Area, column: int, row: int) -> Tile:
    x, y = GAP + column * (SIDE + GAP), GAP + row * (TALL + GAP)
    name, number = _broken(area.label), _broken(area.number)
    last = y + TALL - _UNDER_LAST_LINE
    return Tile(
        x=x,
        y=y,
        middle=x + SIDE // 2,
        lines=_under_each_other(name, y + _FIRST_LINE),
        number=_under_each_other(number, last - (len(number) - 1) * _LINE),
        look=("tile", "tile tile--some", "tile tile--many")[area.level],
    )


def _under_each_other(lines: Sequence[str], first: int) -> tuple[Line, ...]:
    return tuple(Line(words, first + place * _LINE) for place, words in enumerate(lines))


def _broken(label: str) -> list[str]:
    """At most two lines; what is longer ends in dots (the table has the whole name)."""
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LONGEST_LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = [
        line if len(line) <= _LONGEST_LINE + 1 else f"{line[:_LONGEST_LINE]}…" for line in lines
    ]
    return shown if len(shown) <= 2 else [shown[0], f"{shown[1].rstrip('…')}…"]
