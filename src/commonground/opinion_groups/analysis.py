"""Find the opinion groups of a conversation, or say that there are none to find."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import numpy.typing as npt

from commonground.blocks import Engine, InProcess
from commonground.opinion_groups.canonical import CanonicalVotes, canonical
from commonground.opinion_groups.evidence import (
    ENOUGH_POWER,
    NO_EVIDENCE,
    Evidence,
    power_to_tell,
    weigh_evidence,
)
from commonground.opinion_groups.fitting import fit_groups, fit_one
from commonground.opinion_groups.middles import Middles, middles
from commonground.opinion_groups.mixture import Mixture, memberships
from commonground.opinion_groups.number import (
    MOST_GROUPS,
    Attempt,
    NumberOfGroups,
    choose_number,
)
from commonground.opinion_groups.plane import OpinionPlane, draw_plane
from commonground.opinion_groups.rough_fits import fit_roughly
from commonground.opinion_groups.samples import Samples
from commonground.opinion_groups.settling import settle
from commonground.opinion_groups.stances import StanceCounts, count_stances, stance_block
from commonground.opinion_groups.steadiness import steady
from commonground.votes import Votes

Floats = npt.NDArray[np.float64]

VOTES_FOR_EVIDENCE = 15_000
VOTES_FOR_NUMBER = 500_000
VOTES_OF_A_STATEMENT_FOR_EVIDENCE = 25
VOTES_OF_A_STATEMENT_FOR_NUMBER = 100
MOST_VOTES_FOR_EVIDENCE = 1_000_000
VOTES_IN_A_BLOCK = 2_000_000
CLEAR = 0.8
NO_ANSWER = -1


class Verdict(Enum):
    """What can be said about opinion groups."""

    GROUPS = "groups"
    """People fall into groups that help to predict what they answer."""
    ONE_GROUP = "one group"
    """No groups, in a room where two clear camps would have been found."""
    TOO_FEW = "too few to tell"
    """No groups found, but two clear camps might not have been found either."""


@dataclass(frozen=True)
class OpinionGroups:
    """Opinion groups, the largest first, and how sure we are."""

    verdict: Verdict
    memberships: Floats
    """n_participants × n_groups: how likely each person belongs to each group; rows sum to 1.
    Somebody who took no stance gets the shares of the groups."""
    labels: npt.NDArray[np.int64]
    """For each participant: the likeliest group, or -1 for somebody who took no stance."""
    rates: Floats
    """n_groups × n_statements: how likely somebody of the group who takes a stance agrees; NaN
    for statements that are left out or that nobody took a stance on."""
    plane: OpinionPlane
    """Where people and statements lie, and how sure each person's place is."""
    middles: Middles
    """Where the middle of each group lies on the plane, and how sure that is."""
    evidence: Evidence
    """Whether people differ more than chance would have it."""
    attempts: tuple[Attempt, ...]
    """The numbers of groups that were tried, and how well each predicted answers kept aside."""
    model: Mixture
    """The fitted model, in the canonical order of statements; start of a later update."""

    @property
    def n_groups(self) -> int:
        """Number of groups; 1 when no groups were found."""
        return int(self.memberships.shape[1])

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """n_groups: people whose likeliest group it is."""
        return np.bincount(self.labels[self.labels >= 0], minlength=self.n_groups)

    @property
    def clear(self) -> npt.NDArray[np.bool_]:
        """For each participant: whether one group has at least 80% for them."""
        return np.asarray((self.labels >= 0) & (self.memberships.max(axis=1) >= CLEAR))


@dataclass(frozen=True)
class Choice:
    """How many groups, and why."""

    verdict: Verdict
    n_groups: int
    evidence: Evidence
    attempts: tuple[Attempt, ...]
    start: Mixture | None = field(default=None, compare=False, repr=False)
    """A rough model with that number of groups; none for one group."""


def find_opinion_groups(
    votes: Votes,
    n_groups: int | None = None,
    *,
    most_groups: int = MOST_GROUPS,
    warm_start: OpinionGroups | None = None,
) -> OpinionGroups:
    """Find opinion groups in agrees and disagrees; not-sure answers say nothing here.

    `n_groups` fixes the number instead of choosing it (1 asks for no groups). `warm_start` is the
    result of an earlier run on the same statements in the same order: its verdict and number stand,
    and the model only moves to where the new answers pull it.

    The result is the same on every run, for any order of the votes, people and statements, and
    for any ids. Somebody who said nothing changes nothing.

    Raises `ValueError` for `n_groups` below 1.
    """
    if n_groups is not None and n_groups < 1:
        raise ValueError(f"n_groups is {n_groups}: give 1 or more")
    ordered = canonical(votes)
    engine = InProcess.of(stance_block(block) for block in ordered.votes.blocks(VOTES_IN_A_BLOCK))
    if not ordered.votes.n_votes:
        return _nobody(votes)
    counts = count_stances(engine)
    if warm_start is not None:
        start = _carried_over(warm_start, ordered, counts)
        model = settle(engine, counts, start)
        choice = Choice(
            warm_start.verdict, warm_start.n_groups, warm_start.evidence, warm_start.attempts
        )
        return _result(votes, ordered, engine, counts, model, choice)
    choice = choose(ordered.votes, n_groups, most_groups)
    model = fit_one(counts) if choice.start is None else fit_groups(engine, counts, choice.start)
    return _result(votes, ordered, engine, counts, model, choice)


def choose(votes: Votes, n_groups: int | None, most_groups: int = MOST_GROUPS) -> Choice:
    """Weigh the evidence and choose the number of groups, for votes in canonical order.

    In a big conversation a sample of people is enough for both; the evidence is weighed again
    with more of them as long as it is not clear.
    """
    n_votes = max(VOTES_FOR_EVIDENCE, VOTES_OF_A_STATEMENT_FOR_EVIDENCE * votes.n_statements)
    while True:
        sample = _sample(votes, n_votes)
        evidence = weigh_evidence(sample)
        if evidence.differs or sample is votes or n_votes >= MOST_VOTES_FOR_EVIDENCE:
            break
        n_votes *= 5
    if n_groups == 1:
        return Choice(Verdict.ONE_GROUP, 1, evidence, ())
    n_votes = max(VOTES_FOR_NUMBER, VOTES_OF_A_STATEMENT_FOR_NUMBER * votes.n_statements)
    some = _sample(votes, n_votes)
    if n_groups is not None:
        ((rough,),) = fit_roughly(Samples.of_people(some), [n_groups])
        return Choice(Verdict.GROUPS, n_groups, evidence, (), rough.model)
    number = NumberOfGroups(1, ())
    if evidence.differs:
        number = steady(choose_number(some, most_groups), some)
    if number.chosen > 1:
        start = number.models[number.chosen]
        return Choice(Verdict.GROUPS, number.chosen, evidence, number.attempts, start)
    told = power_to_tell(sample, evidence) >= ENOUGH_POWER
    verdict = Verdict.ONE_GROUP if told else Verdict.TOO_FEW
    return Choice(verdict, 1, evidence, number.attempts)


def _sample(votes: Votes, n_votes: int) -> Votes:
    """Evenly spaced people with about `n_votes` votes together; hash order makes them random."""
    if votes.n_votes <= n_votes:
        return votes
    every = votes.n_votes / n_votes
    chosen = np.unique((np.arange(int(votes.n_participants / every)) * every).astype(np.int64))
    return votes.take(chosen)


def _result(
    votes: Votes,
    ordered: CanonicalVotes,
    engine: Engine,
    counts: StanceCounts,
    model: Mixture,
    choice: Choice,
) -> OpinionGroups:
    belonging = np.tile(model.weights, (votes.n_participants, 1))
    belonging[ordered.people] = np.concatenate(engine.gathered(memberships, model))
    labels = np.full(votes.n_participants, NO_ANSWER, dtype=np.int64)
    labels[ordered.people] = belonging[ordered.people].argmax(axis=1)
    rates = np.full((model.n_groups, votes.n_statements), np.nan)
    rates[:, ordered.statements] = model.rates
    drawn = draw_plane(engine, counts)
    people, statements = np.zeros((votes.n_participants, 2)), np.zeros((votes.n_statements, 2))
    covariances = np.tile(drawn.of_strangers, (votes.n_participants, 1, 1))
    people[ordered.people], covariances[ordered.people] = drawn.people, drawn.covariances
    statements[ordered.statements] = drawn.statements
    return OpinionGroups(
        verdict=choice.verdict,
        memberships=belonging,
        labels=labels,
        rates=rates,
        plane=OpinionPlane(people, covariances, statements, drawn.explained),
        middles=middles(drawn.people, drawn.covariances, belonging[ordered.people]),
        evidence=choice.evidence,
        attempts=choice.attempts,
        model=model,
    )


def _carried_over(earlier: OpinionGroups, ordered: CanonicalVotes, counts: StanceCounts) -> Mixture:
    """The earlier model in today's order of statements; new statements start at their mean."""
    rates = np.tile(counts.rate, (earlier.n_groups, 1))
    known = ordered.statements < earlier.rates.shape[1]
    before = earlier.rates[:, ordered.statements[known]]
    rates[:, known] = np.where(np.isnan(before), rates[:, known], before)
    return Mixture(earlier.model.weights, rates, -np.inf, 0)


def _nobody(votes: Votes) -> OpinionGroups:
    return OpinionGroups(
        verdict=Verdict.TOO_FEW,
        memberships=np.ones((votes.n_participants, 1)),
        labels=np.full(votes.n_participants, NO_ANSWER, dtype=np.int64),
        rates=np.full((1, votes.n_statements), np.nan),
        plane=OpinionPlane(
            people=np.zeros((votes.n_participants, 2)),
            covariances=np.full((votes.n_participants, 2, 2), np.nan),
            statements=np.zeros((votes.n_statements, 2)),
            explained=np.zeros(2),
        ),
        middles=middles(np.zeros((0, 2)), np.zeros((0, 2, 2)), np.zeros((0, 1))),
        evidence=NO_EVIDENCE,
        attempts=(),
        model=Mixture(np.ones(1), np.zeros((1, 0)), 0.0, 0),
    )
