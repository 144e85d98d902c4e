"""What to ask next, so that every statement is heard and what is uncertain is settled first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """How far each statement has been heard: one row for each statement.

    `agree`, `disagree`, `not_sure`: people who gave each answer, shape (statements,); mixed answers
    count as not sure here. `by_group`: people of each partner group who answered, shape
    (statements, groups). `groups`: the names of its columns.
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    not_sure: NDArray[np.int64]
    by_group: NDArray[np.int64]
    groups: tuple[str, ...]

    def __post_init__(self) -> None:
        statements = len(self.agree)
        for name in ("agree", "disagree", "not_sure"):
            if getattr(self, name).shape != (statements,):
                raise ValueError(f"{name}: one number for each of {statements} statements expected")
        if self.by_group.shape != (statements, len(self.groups)):
            raise ValueError(
                f"by_group: shape {self.by_group.shape}; "
                f"expected {statements} statements by {len(self.groups)} groups"
            )

    @classmethod
    def of(
        cls,
        *,
        agree: ArrayLike,
        disagree: ArrayLike,
        not_sure: ArrayLike,
        by_group: ArrayLike | None = None,
        groups: Sequence[str] = (),
    ) -> Heard:
        """From lists or arrays of any whole-number type."""
        agrees = np.asarray(agree, dtype=np.int64)
        if by_group is None:
            by_group = np.zeros((len(agrees), len(groups)))
        counts = np.asarray(by_group, dtype=np.int64).reshape(len(agrees), len(groups))
        return cls(
            agrees,
            np.asarray(disagree, dtype=np.int64),
            np.asarray(not_sure, dtype=np.int64),
            counts,
            tuple(groups),
        )

    @property
    def people(self) -> NDArray[np.int64]:
        """People who answered each statement, shape (statements,)."""
        return self.agree + self.disagree + self.not_sure

    def __len__(self) -> int:
        return len(self.agree)


def weights(heard: Heard, *, asker: Collection[str] = (), enough: int = 5) -> Floats:
    """How much each statement should be asked next, shape (statements,), all above 0.

    `asker`: the partner groups of the person who is asked; `enough`: the people of a group that
    must have answered before it has a stance.

    With n people who answered, n_g of them in group g of the asker's, and a of them agreeing:

        lack     = max over g of (1 - n_g / enough), 0 from enough on; without groups, of n / enough
        unheard  = 1 - n / enough, 0 from enough on
        doubt    = sqrt(p (1 - p) / (n + 3)),  p = (a + 1) / (n + 2)
        weight   = 8 lack + 4 unheard + 2 doubt + 0.01

    `doubt` is the standard deviation of the share who agree, given the answers and a uniform prior.
    A statement that nobody of the asker's group has answered comes before one that is merely
    uncertain, however late or in whatever minority it was said.
    """
    if enough < 1:
        raise ValueError(f"enough: {enough} people; it must be 1 or more")
    people = heard.people
    unheard = np.maximum(0.0, 1.0 - people / enough)
    columns = [place for place, name in enumerate(heard.groups) if name in asker]
    if columns:
        lack = np.maximum(0.0, 1.0 - heard.by_group[:, columns].min(axis=1) / enough)
    else:
        lack = unheard
    share = (heard.agree + 1) / (people + 2)
    doubt = np.sqrt(share * (1 - share) / (people + 3))
    return np.asarray(8.0 * lack + 4.0 * unheard + 2.0 * doubt + 0.01, dtype=np.float64)


def choose(
    heard: Heard,
    *,
    asker: Collection[str] = (),
    seen: ArrayLike = (),
    enough: int = 5,
    random_state: int | np.random.Generator = 0,
    among: ArrayLike | None = None,
) -> int | None:
    """The row of the statement to ask next, or None when nothing is left to ask.

    `seen`: rows that the person has seen already. `among`: rows that may be asked (all when None).
    A statement is drawn with a probability proportional to its weight squared; the same
    `random_state` draws the same.
    """
    return draw(
        weights(heard, asker=asker, enough=enough) ** 2,
        seen=seen,
        among=among,
        random_state=random_state,
    )


def draw(
    chances: ArrayLike,
    *,
    seen: ArrayLike = (),
    among: ArrayLike | None = None,
    random_state: int | np.random.Generator = 0,
) -> int | None:
    """A row drawn in proportion to its chance, or None when none is left.

    With Polis' priorities as chances (`polis-maths` formula 13), this is Polis' routing.
    """
    left = np.array(chances, dtype=np.float64)
    if among is not None:
        allowed = np.zeros(len(left), dtype=bool)
        allowed[np.asarray(among, dtype=np.int64)] = True
        left[~allowed] = 0.0
    left[np.asarray(seen, dtype=np.int64)] = 0.0
    total = left.cumsum()
    if len(left) == 0 or total[-1] <= 0:
        return None
    generator: Any = np.random.default_rng(random_state)
    row = int(np.searchsorted(total, generator.random() * total[-1], side="right"))
    return min(row, len(left) - 1)
