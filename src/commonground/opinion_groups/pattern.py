"""Rooms in which the same people answered the same statements, and how much their people differ.

A room is the answers alone (agree or not), statement by statement: that is how they are shuffled,
and the matrix of a room can be read by column as well as by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.indexing import counting_order
from commonground.leading_axes import leading_axes_of_each
from commonground.opinion_groups.stances import Matrix, StanceCounts, deviations
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.integer[Any]]
Agrees = npt.NDArray[np.bool_]

ALL_UP_TO, SMALL_SIDE, SMALL_CELLS = 96, 160, 120_000
"""People or statements up to which all eigenvalues, or all products, of a room are worked out."""
AT_ONCE = 60_000
"""Votes side by side at most; beyond, the sums are slower when they leave the cache."""


@dataclass(frozen=True)
class Pattern:
    """Who answered what, statement by statement, and by person within each."""

    n_people: int
    people: Positions
    """For each answer who gave it."""
    statements: Positions
    """For each answer its statement; rising."""
    starts: Positions
    """n_statements + 1: where the answers to each statement start."""
    order: Positions
    """For each answer its place in the votes, which lie person by person."""

    @classmethod
    def of(cls, votes: Votes) -> Pattern:
        """The pattern of votes."""
        order, starts = counting_order(votes.columns, votes.n_statements)
        return cls(
            n_people=votes.n_participants,
            people=votes.rows.take(order),
            statements=votes.columns.take(order),
            starts=starts,
            order=order,
        )

    @property
    def n_statements(self) -> int:
        """Statements, those without an answer included."""
        return len(self.starts) - 1

    def by_statement(self, agrees: Agrees) -> Agrees:
        """A room from answers that lie person by person."""
        return np.asarray(agrees.take(self.order))

    def shuffled(self, agrees: Agrees, random: np.random.Generator) -> Agrees:
        """A room whose answers are dealt out anew among the people who answered the statement."""
        # One sort of whole numbers: the statement on top, then chance, then the answer in the
        # last bit.
        chance = random.integers(0, 2**32, len(self.order), dtype=np.uint32)
        chance &= ~np.uint32(1)
        chance |= agrees
        keys = self._statements_on_top | chance
        keys.sort()
        return np.asarray(keys.astype(np.uint8) & np.uint8(1)).view(bool)

    @cached_property
    def _statements_on_top(self) -> npt.NDArray[np.uint64]:
        return self.statements.astype(np.uint64) << np.uint64(32)

    def strongest(self, rooms: Sequence[Agrees]) -> Floats:
        """For each room the share of all squares that lies on the strongest axis.

        Every statement weighs the same.
        """
        at_once = max(1, AT_ONCE // max(len(self.order), 1))
        return np.concatenate(
            [
                self._strongest_at_once(np.stack(rooms[first : first + at_once]))
                for first in range(0, len(rooms), at_once)
            ]
        )

    def _strongest_at_once(self, agrees: Agrees) -> Floats:
        n_rooms, n_statements = len(agrees), self.n_statements
        before = np.zeros((n_rooms, agrees.shape[1] + 1), dtype=np.int32)
        np.cumsum(agrees, axis=1, out=before[:, 1:])
        agree = np.diff(before.take(self.starts, axis=1)).ravel().astype(float)
        answered = np.tile(np.diff(self.starts), n_rooms)
        added = deviations(StanceCounts(agree=agree, disagree=answered - agree), scaled=True)
        columns = self.statements + n_statements * np.arange(n_rooms, dtype=np.int32)[:, None]
        entries = added.take(2 * columns + agrees)
        squares = np.einsum("ij,ij->i", entries, entries)
        return np.where(squares > 0, self._largest(entries) / np.where(squares > 0, squares, 1), 0)

    def _largest(self, entries: Floats) -> Floats:
        """Largest eigenvalue of CᵀC of each room, for C with these entries for the answers."""
        n_rooms, n_people, n_statements = len(entries), self.n_people, self.n_statements
        side = min(n_people, n_statements)
        if side <= SMALL_SIDE and n_people * n_statements <= SMALL_CELLS:
            dense = np.zeros((n_rooms, n_people, n_statements), dtype=np.float32)
            dense[:, self.people, self.statements] = entries
            turned = dense.transpose(0, 2, 1)
            squares = turned @ dense if n_statements < n_people else dense @ turned
            if side <= ALL_UP_TO:
                return np.asarray(np.linalg.eigvalsh(squares.astype(float))[:, -1])
            size = side

            def product(vectors: Floats) -> Floats:
                return np.asarray(squares @ vectors.astype(np.float32)[:, :, None], float)[:, :, 0]

        else:
            size, matrix = n_statements, self._matrix(entries)
            transpose = matrix.T

            def product(vectors: Floats) -> Floats:
                return np.asarray(transpose @ (matrix @ vectors.ravel())).reshape(vectors.shape)

        values, _ = leading_axes_of_each(product, n_rooms, size, 1, tolerance=1e-2)
        return values[:, 0]

    def _matrix(self, entries: Floats) -> Matrix:
        """All rooms as one matrix by column, one after the other along its diagonal."""
        n_rooms, room = len(entries), np.arange(len(entries), dtype=np.int32)[:, None]
        starts = np.append((self.starts[:-1] + len(self.order) * room).ravel(), entries.size)
        return sparse.csc_array(
            (entries.ravel(), (self.people + self.n_people * room).ravel(), starts),
            shape=(n_rooms * self.n_people, n_rooms * self.n_statements),
        )
