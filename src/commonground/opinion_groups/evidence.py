"""Is there anything to find, and would we have found it?

Two questions before any grouping:

1. Do people differ along some axis more than they would if everybody answered every statement
   independently? The strongest axis of the real answers is compared with that of answers shuffled
   within each statement among the same people: who answered what, and how much each statement is
   agreed with, stay the same. (Parallel analysis, Horn 1965; Buja & Eyuboglu 1992.)
2. If not: is the room too small to tell? Two camps are planted in the same pattern of who
   answered what, and the same test is asked to find them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.opinion_groups.pattern import Pattern
from commonground.votes import Votes

PLANTED_ROOMS = 12
SURE_ABOVE = 3.5
"""Standard deviations above the shuffled rooms: about 1 in 500 rooms with nothing to find."""
LOOKS = ((3, 20 * SURE_ABOVE), (6, 3 * SURE_ABOVE), (20, np.inf))
"""So many shuffled rooms are enough above so many standard deviations: with nothing to find, about
1 room in 5,000 and 1 in 10,000 lie above (t distributions with 2 and 5 degrees of freedom).
"""
CAMP_DIFFERENCE = 0.6
CAMP_STATEMENTS = 1 / 3
ENOUGH_POWER = 0.8


@dataclass(frozen=True)
class Evidence:
    """Whether people differ more than chance alone would have it."""

    strongest: float
    """Share of all differences that lies along the strongest axis."""
    by_chance: float
    """The same in shuffled rooms: mean."""
    spread: float
    """The same in shuffled rooms: standard deviation."""
    shuffles: int
    """Shuffled rooms that were looked at: fewer where the difference is plain at once."""

    @property
    def distance(self) -> float:
        """Standard deviations between the real room and the shuffled ones."""
        return (self.strongest - self.by_chance) / self.spread

    @property
    def differs(self) -> bool:
        """Whether there is something to find."""
        return self.distance > SURE_ABOVE


NO_EVIDENCE = Evidence(strongest=0.0, by_chance=0.0, spread=1.0, shuffles=0)


def weigh_evidence(votes: Votes, random_state: int = 0) -> Evidence:
    """Weigh the evidence in agrees and disagrees (no not-sure answers, canonical order)."""
    random = np.random.default_rng(random_state)
    if votes.n_participants < 2 or votes.n_statements < 2:
        return NO_EVIDENCE
    pattern = Pattern.of(votes)
    real = pattern.by_statement(votes.values > 0)
    rooms, found = [real], np.zeros(0)
    for enough, obvious in LOOKS:
        while len(found) + len(rooms) < enough + 1:
            rooms.append(pattern.shuffled(real, random))
        found = np.concatenate([found, pattern.strongest(rooms)])
        rooms, strongest, shuffled = [], float(found[0]), found[1:]
        evidence = Evidence(
            strongest=strongest,
            by_chance=float(np.mean(shuffled)),
            spread=max(float(np.std(shuffled, ddof=1)), 1e-12),
            shuffles=enough,
        )
        if evidence.distance > obvious:
            break
    return evidence


def power_to_tell(votes: Votes, evidence: Evidence, random_state: int = 0) -> float:
    """Share of rooms with two planted camps in which the same test finds them.

    The camps are 60 percentage points apart on a third of the statements, half of the people each.
    """
    if votes.n_participants < 2 or votes.n_statements < 2:
        return 0.0
    random, pattern = np.random.default_rng(random_state), Pattern.of(votes)
    rooms = [pattern.by_statement(_planted(votes, random)) for _ in range(PLANTED_ROOMS)]
    distances = (pattern.strongest(rooms) - evidence.by_chance) / evidence.spread
    return float(np.mean(distances > SURE_ABOVE))


def _planted(votes: Votes, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Who agrees where there are two camps, in the same pattern of who answered what."""
    tallies = votes.tallies()
    rate = np.tile((tallies.agree + 1) / (tallies.seen + 2), (2, 1))
    split = random.random(votes.n_statements) < CAMP_STATEMENTS
    side = random.integers(0, 2, votes.n_statements)
    high, low = 0.5 + CAMP_DIFFERENCE / 2, 0.5 - CAMP_DIFFERENCE / 2
    rate[0, split] = np.where(side[split] == 0, high, low)
    rate[1, split] = np.where(side[split] == 0, low, high)
    camp = random.permutation(votes.n_participants) % 2
    return np.asarray(random.random(votes.n_votes) < rate[camp[votes.rows], votes.columns])
