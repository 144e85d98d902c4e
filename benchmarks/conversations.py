"""Conversations to measure on: real ones, made-up ones with camps planted, and shuffled ones."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from commonground.formats import read_polis
from commonground.votes import Votes

REAL = {
    "london.youth.policing": "judges",
    "brexit-consensus": "chose the settings",
    "scoop-hivemind.freshwater": "chose the settings",
    "scoop-hivemind.affordable-housing": "judges",
    "scoop-hivemind.taxes": "chose the settings",
    "vtaiwan.uberx": "judges",
    "american-assembly.bowling-green": "judges",
}
"""Real conversations, smallest first, and whether settings were chosen on them."""


def data_folder() -> Path:
    """The folder with the real conversations: `$COPRODUCE_SHARED_DATA`, or beside the checkout."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("COPRODUCE_SHARED_DATA", beside)) / "polis"


def real_conversation(name: str) -> Votes:
    """The answers of one real conversation."""
    return read_polis(data_folder() / name).votes()


@dataclass(frozen=True)
class Planted:
    """A made-up conversation, and what a grouping should find in it."""

    votes: Votes
    camp: npt.NDArray[np.int64]
    rates: npt.NDArray[np.float64]
    """n_camps × n_statements: how likely somebody of the camp who takes a stance agrees."""

    def best_possible(self) -> npt.NDArray[np.int64]:
        """Camps as somebody would guess them who knows all the rates."""
        stance = self.votes.values != 0
        rows, columns = self.votes.rows[stance], self.votes.columns[stance]
        agrees = self.votes.values[stance] > 0
        scores = np.empty((self.votes.n_participants, len(self.rates)))
        for camp, rates in enumerate(self.rates):
            surprise = np.where(agrees, np.log(rates[columns]), np.log1p(-rates[columns]))
            scores[:, camp] = np.bincount(
                rows, weights=surprise, minlength=self.votes.n_participants
            )
        return np.asarray(scores.argmax(axis=1))


def planted_conversation(
    people: int,
    statements: int,
    answers: int,
    *,
    camps: int = 4,
    strength: float = 1.0,
    seed: int = 0,
) -> Planted:
    """About `answers` answers, 15% not sure; `strength` is the spread of camps in log-odds."""
    random = np.random.default_rng(seed)
    camp = random.integers(0, camps, people)
    leaning = random.normal(0.4, 1, statements)
    rates = 1 / (1 + np.exp(-(leaning + random.normal(0, strength, (camps, statements)))))
    who, what = random.integers(0, people, answers), random.integers(0, statements, answers)
    values = np.where(random.random(answers) < rates[camp[who], what], 1, -1).astype(np.int8)
    values[random.random(answers) < 0.15] = 0
    votes = Votes.from_positions(
        who, what, values, participants=np.arange(people), statements=np.arange(statements)
    )
    return Planted(votes, camp, rates)


def shuffled(votes: Votes, seed: int) -> Votes:
    """The answers to each statement dealt out anew among the people who answered it."""
    random = np.random.default_rng(seed)
    order = np.argsort(votes.columns, kind="stable")
    dealt = np.argsort(votes.columns[order] + random.random(votes.n_votes), kind="stable")
    values = np.empty_like(votes.values)
    values[order] = votes.values[order][dealt]
    return Votes.from_positions(
        votes.rows,
        votes.columns,
        values,
        participants=votes.participants,
        statements=votes.statements,
        moderated_out=votes.moderated_out,
        meta=votes.meta,
    )
