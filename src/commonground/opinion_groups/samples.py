"""Samples of people or answers that share one table of answers, for models that are compared.

The table holds ones and zeros in single precision, people × twice the statements: the first columns
are disagrees, the others agrees. A sample is a weight for each person, 1 or 0. So one product with
the table serves the models of all samples: reading the answers costs nearly the same for thirty
rows as for five, and in small conversations most of the time of a fit is not arithmetic but the
calls around it.
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


@dataclass(frozen=True)
class Samples:
    """Samples with the same statements."""

    weights: Singles
    """n_samples × n_people: 1 for the people of each sample, 0 for others."""
    answered: Singles
    """n_people: stances of each person."""
    answers: Matrix
    """n_people × 2 n_statements, dense where small."""
    turned: Matrix
    """The same with people across."""
    counts: Singles
    """n_samples × 2 n_statements: disagrees, then agrees, by statement."""

    @classmethod
    def of_people(cls, votes: Votes, weights: npt.NDArray[np.bool_] | None = None) -> Samples:
        """Some of the people each (n_samples × n_participants), or everybody.

        `votes`: agrees and disagrees alone.
        """
        n_people, width = votes.n_participants, 2 * votes.n_statements
        columns = votes.columns + np.int32(votes.n_statements) * (votes.values > 0)
        if n_people * width <= min(DENSE_UP_TO, CELLS_OF_A_VOTE * votes.n_votes):
            answers: Matrix = np.zeros((n_people, width), dtype=np.float32)
            answers[votes.rows, columns] = 1
        else:
            answers = sparse.csr_array(
                (np.ones(votes.n_votes, np.float32), columns, votes.starts.astype(np.int32)),
                shape=(n_people, width),
            )
        inside = np.ones((1, n_people), np.float32) if weights is None else weights.astype("f4")
        turned = answers.T
        return cls(
            weights=inside,
            answered=votes.answers_given.astype(np.float32),
            answers=answers,
            turned=turned,
            counts=_by_statement(turned, inside),
        )

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
            return np.asarray(table @ self.turned)
        return np.ascontiguousarray((self.answers @ table.T).T)

    def by_statement(self, weights: Singles) -> Singles:
        """Stances by statement, each counted with the weights of its person.

        n_rows × n_people becomes n_rows × 2 n_statements.
        """
        return _by_statement(self.turned, weights)


def _by_statement(turned: Matrix, weights: Singles) -> Singles:
    if isinstance(turned, np.ndarray):
        return np.asarray(weights @ turned.T)
    return np.asarray((turned @ weights.T).T)
