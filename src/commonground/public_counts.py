"""How many people are in each of some cells, as it may be told in public.

For numbers of people alone, such as how many of each partner group took part. What they *answered*
goes through `small_numbers`.

- Every number is rounded to 5; fewer than five read "a few or none" (0).
- A number moves only when five more people have come, or five have gone, since it was told.
- Secondary suppression: no total is told beside cells, and none is told of people in no cell. With
  a total that moves by itself, somebody who keeps every page works out hidden cells: of 18 people,
  about 5 and about 5 leave four at least, where two groups have seven each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from commonground.rounding import STEP, rounded


@dataclass(frozen=True, slots=True)
class PublicCounts:
    """What may be told, and what it rests on.

    `cells`: people in each, rounded to 5; 0 reads "a few or none". `counted`: the exact numbers
    behind those, private to the service.
    """

    cells: Mapping[str, int]
    counted: Mapping[str, int]

    def public_list(self) -> list[tuple[str, int]]:
        """What pages, exports and APIs may show, as JSON has it, in the order of the cells."""
        return list(self.cells.items())

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> PublicCounts:
        """From the exact numbers behind what is told."""
        return cls({name: rounded(people) for name, people in counted.items()}, dict(counted))


def public_counts(
    cells: Mapping[str, int], *, previous: PublicCounts | None = None
) -> PublicCounts:
    """What may be told now of people in each cell, given what was told before.

    A person may be in several cells. A cell that is new is told at once, one that is not given any
    more is told no more. Raises ValueError for a number below 0.
    """
    before = {} if previous is None else previous.counted
    return PublicCounts.of(
        {name: _settled(name, people, before.get(name)) for name, people in cells.items()}
    )


def _settled(name: str, now: int, counted: int | None) -> int:
    if now < 0:
        raise ValueError(f"{name}: {now} people; it cannot be below 0")
    return now if counted is None or abs(now - counted) >= STEP else counted
