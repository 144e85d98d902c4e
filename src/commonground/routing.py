"""What to ask next, so that every statement is heard and what is uncertain is settled first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """How far each statement has been heard: one row for each statement.

    `agree`, `disagree`, `not_sure`: people who gave each answer, shape (statements,); mixed answers
    count as not sure here. `by_group`: people of each partner group who answered, shape
    (statements, groups). `groups`: the names of its columns. `agree_by_group`,
    `disagree_by_group`: how they answered, of the same shape; without them the doubt about a
    group's stance is taken from everybody's answers.
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    not_sure: NDArray[np.int64]
    by_group: NDArray[np.int64]
    groups: tuple[str, ...]
    agree_by_group: NDArray[np.int64] | None = None
    disagree_by_group: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        statements = len(self.agree)
        for name in ("agree", "disagree", "not_sure"):
            if getattr(self, name).shape != (statements,):
                raise ValueError(f"{name}: one number for each of {statements} statements expected")
        for name in ("by_group", "agree_by_group", "disagree_by_group"):
            counts = getattr(self, name)
            if counts is not None and counts.shape != (statements, len(self.groups)):
                raise ValueError(
                    f"{name}: shape {counts.shape}; "
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
        agree_by_group: ArrayLike | None = None,
        disagree_by_group: ArrayLike | None = None,
    ) -> Heard:
        """From lists or arrays of any whole-number type."""
        agrees = np.asarray(agree, dtype=np.int64)
        if by_group is None:
            by_group = np.zeros((len(agrees), len(groups)))
        return cls(
            agrees,
            np.asarray(disagree, dtype=np.int64),
            np.asarray(not_sure, dtype=np.int64),
            np.asarray(by_group, dtype=np.int64),
            tuple(groups),
            None if agree_by_group is None else np.asarray(agree_by_group, dtype=np.int64),
            None if disagree_by_group is None else np.asarray(disagree_by_group, dtype=np.int64),
        )

    @property
    def people(self) -> NDArray[np.int64]:
        """People who answered each statement, shape (statements,)."""
        return self.agree + self.disagree + self.not_sure

    def __len__(self) -> int:
        return len(self.agree)


def weights(heard: Heard, *, asker: Collection[str] = (), enough: int = 5) -> Floats:
    """How likely each statement should be asked next, in proportion, shape (statements,).

    `asker`: the partner groups of the person who is asked; `enough`: the people of a group that
    must have answered before it has a stance. All weights are above 0.

    For each group of the asker's (everybody, where they are in none that is known), with n of its
    people who answered and m the larger of those who agree and those who disagree, and N people of
    all groups who answered:

        wanted   = (n + 2) / enough + doubt(1/2, enough)                  while n < enough
                   Phi(-|2 m - n - 1/2| / sqrt(n + 1)) / sqrt(n + 1)
                   + doubt(p, n),  p = (agreeing + 1) / (N + 2)           from then on
        doubt    = 5 sqrt(p (1 - p)) / (n + 3) ^ 0.75
        unheard  = max(0, 1 - N / enough)
        weight   = (largest wanted + 0.3 unheard + 0.001) ^ 6

    Too few comes first: a statement that the group has begun is finished, so that its stance
    counts, then the next is begun; each takes `enough` answers at most, so late statements and
    those of minorities are reached. After that the stances that another answer is likeliest to
    change (Phi is the normal distribution: the chance that the true majority is on the other side),
    and those of whose share of agreement the group has said least. The doubt is of what everybody
    thinks, and falls with the answers of the group, so that no group speaks more on some statements
    than on others. The power makes the first choice likely and none certain. The numbers were
    chosen by playing four real conversations again and judged on others
    (`benchmarks/quality/routing.py`).
    """
    if enough < 1:
        raise ValueError(f"enough: {enough} people; it must be 1 or more")
    people = heard.people
    columns: list[int | None] = [place for place, name in enumerate(heard.groups) if name in asker]
    share = (heard.agree + 1) / (people + 2)
    spread = np.sqrt(share * (1 - share))
    wanted = np.max(
        [_wanted(heard, column, enough, spread) for column in columns or [None]], axis=0
    )
    unheard = np.maximum(0.0, 1.0 - people / enough)
    return np.asarray((wanted + 0.3 * unheard + 0.001) ** 6, dtype=np.float64)


def _wanted(heard: Heard, column: int | None, enough: int, spread: Floats) -> Floats:
    """How much another answer of a group (None: of everybody) to each statement is wanted."""
    answered = heard.people if column is None else heard.by_group[:, column]
    people, most = heard.people, np.maximum(heard.agree, heard.disagree)
    agree, disagree = heard.agree_by_group, heard.disagree_by_group
    if column is not None and agree is not None and disagree is not None:
        people, most = answered, np.maximum(agree[:, column], disagree[:, column])
    turning = ndtr(-np.abs(2 * most - people - 0.5) / np.sqrt(people + 1)) / np.sqrt(people + 1)
    begun = (answered + 2) / enough + _doubt(0.5, enough)
    return np.where(answered < enough, begun, turning + _doubt(spread, answered))


def _doubt(spread: Floats | float, answered: NDArray[np.int64] | int) -> Floats:
    """How unsure the share of agreement is, and so how much one more answer tells of it."""
    return np.asarray(5 * spread / (np.asarray(answered) + 3.0) ** 0.75, dtype=np.float64)


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
    A statement is drawn in proportion to its weight; the same `random_state` draws the same.
    """
    return draw(
        weights(heard, asker=asker, enough=enough),
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
