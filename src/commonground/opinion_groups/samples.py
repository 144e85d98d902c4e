"""Samples of people or answers that share one table of answers, for models that are compared.

The table holds ones and zeros in single precision, people × twice the statements. A sample is a
weight for each person, 1 or 0. So one product with the table serves the models of all samples:
reading the answers costs nearly the same for thirty rows as for five, and in small conversations
most of the time of a fit is not arithmetic but the calls around it.

A large table is sparse, and lies so that the longer side goes by in order and the shorter one is
looked up, which then stays near the processor: person by person, or statement by statement where
there are more columns than people. Either way a person's stances are added up in the order of
statements, and those to a statement in the order of people, so both give the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commonground.opinion_groups.stances import Matrix
from commonground.votes import Votes

Singles = npt.NDArray[np.float32]

DENSE_UP_TO, CELLS_OF_A_VOTE = 200_000, 20
"""Cells of a table that is dense: no more than this, and no more than so many for each vote."""
SIDE_BY_SIDE = 4
"""Single numbers that a processor adds at once: products of so many columns, or twice as many, are
quicker than of one less."""


@dataclass(frozen=True)
class Samples:
    """Samples with the same statements."""

    weights: Singles
    """n_samples × n_people: 1 for the people of each sample, 0 for others."""
    answered: Singles
    """n_people: stances of each person."""
    answers: Matrix
    """n_people × 2 n_statements: dense where small, else sparse by person, with all disagrees
    before all agrees; or sparse by statement, its disagrees and agrees side by side."""
    counts: Singles
    """n_samples × 2 n_statements: disagrees, then agrees, by statement."""

    @classmethod
    def of_people(cls, votes: Votes, weights: npt.NDArray[np.bool_] | None = None) -> Samples:
        """Some of the people each (n_samples × n_participants), or everybody.

        `votes`: agrees and disagrees alone.
        """
        n_people, width = votes.n_participants, 2 * votes.n_statements
        columns = votes.columns + np.int32(votes.n_statements) * (votes.values > 0)
        if _is_small(n_people, width, votes.n_votes):
            answers: Matrix = np.zeros((n_people, width), dtype=np.float32)
            answers[votes.rows, columns] = 1
        else:
            if n_people < width:
                columns = np.int32(2) * votes.columns + (votes.values > 0)
            answers = sparse.csr_array(
                (np.ones(votes.n_votes, np.float32), columns, votes.starts.astype(np.int32)),
                shape=(n_people, width),
            )
            if n_people < width:
                answers = answers.tocsc()
        inside = np.ones((1, n_people), np.float32) if weights is None else weights.astype("f4")
        return cls._of(answers, votes.answers_given.astype(np.float32), inside)

    @classmethod
    def of_answers(cls, parts: Sequence[Votes]) -> Samples:
        """Some of the answers of the same people each: the people stand there once for each."""
        n_people, before = parts[0].n_participants, np.cumsum([0, *(of.n_votes for of in parts)])
        starts = [of.starts[:-1] + first for of, first in zip(parts, before[:-1], strict=True)]
        together = Votes(
            participants=np.arange(n_people * len(parts)),
            statements=parts[0].statements,
            starts=np.concatenate([*starts, before[-1:]]),
            columns=np.concatenate([of.columns for of in parts]),
            values=np.concatenate([of.values for of in parts]),
            moderated_out=parts[0].moderated_out,
            meta=parts[0].meta,
        )
        return cls.of_people(together, np.repeat(np.eye(len(parts), dtype=bool), n_people, axis=1))

    @classmethod
    def _of(cls, answers: Matrix, answered: Singles, weights: Singles) -> Samples:
        return cls(weights, answered, answers, _by_statement(answers, weights))

    def only(self, people: npt.NDArray[np.bool_]) -> Samples:
        """One sample, of some of the people, with a table of its own."""
        chosen = np.flatnonzero(people)
        answers, answered = self.answers[chosen], self.answered[chosen]
        if not isinstance(answers, np.ndarray) and _is_small(
            len(chosen), 2 * self.n_statements, answers.nnz
        ):
            dense = answers.toarray()
            if _is_by_statement(answers):
                halves = dense.reshape(len(chosen), -1, 2)
                dense = np.ascontiguousarray(halves.transpose(0, 2, 1)).reshape(dense.shape)
            answers = dense
        return self._of(answers, answered, np.ones((1, len(chosen)), np.float32))

    @property
    def n_samples(self) -> int:
        """Samples."""
        return len(self.weights)

    @property
    def n_statements(self) -> int:
        """Statements, the same ones in every sample."""
        return int(self.counts.shape[1]) // 2

    def by_person(self, table: Singles) -> Singles:
        """Rows of a table summed over each person's stances.

        n_rows × 2 n_statements becomes n_rows × n_people.
        """
        if isinstance(self.answers, np.ndarray):
            return np.asarray(table @ self.answers.T)
        if not _is_by_statement(self.answers):
            return np.ascontiguousarray((self.answers @ table.T).T)
        n_rows, half = len(table), self.n_statements
        across = np.zeros((half, 2, _padded(n_rows)), dtype=np.float32)
        across[:, :, :n_rows] = table.reshape(n_rows, 2, half).transpose(2, 1, 0)
        found = self.answers @ across.reshape(2 * half, -1)
        return np.ascontiguousarray(found[:, :n_rows].T)

    def by_statement(self, weights: Singles) -> Singles:
        """Stances by statement, each counted with the weights of its person.

        n_rows × n_people becomes n_rows × 2 n_statements.
        """
        return _by_statement(self.answers, weights)


def _is_by_statement(answers: Matrix) -> bool:
    return bool(answers.format == "csc")


def _is_small(n_people: int, width: int, n_votes: int) -> bool:
    return n_people * width <= min(DENSE_UP_TO, CELLS_OF_A_VOTE * n_votes)


def _padded(n_rows: int) -> int:
    """So many columns, where so many are wanted."""
    return n_rows if n_rows == 1 else -(-n_rows // SIDE_BY_SIDE) * SIDE_BY_SIDE


def _by_statement(answers: Matrix, weights: Singles) -> Singles:
    if isinstance(answers, np.ndarray):
        return np.asarray(weights @ answers)
    if not _is_by_statement(answers):
        return np.asarray((answers.T @ weights.T).T)
    n_rows, n_people = weights.shape
    across = np.zeros((n_people, _padded(n_rows)), dtype=np.float32)
    across[:, :n_rows] = weights.T
    found = (answers.T @ across).reshape(-1, 2, across.shape[1])
    return np.ascontiguousarray(found[:, :, :n_rows].transpose(2, 1, 0)).reshape(n_rows, -1)
