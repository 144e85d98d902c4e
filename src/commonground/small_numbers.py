"""What may be shown of one cluster's answers, so that small numbers identify nobody.

`public_figures` is the one way from counts to public pages, exports and APIs. It promises, against
somebody who knows everybody's partner groups, when each person answered and how these figures are
made, and who keeps every page: **the figures shown of one cluster, taken together, never tell of
anybody that they agree, that they do not, that they disagree, or that they do not.** `disclosure`
says what is checked and how.

How it is kept:

- counts are rounded to 5 and shares said in bands of two counts or more (three at either end),
  which never cross one half, so that they fit the stance;
- figures of a group move only when five people more, or other people, have answered;
- how many agree across all groups is not shown at all, so there is no total from which the groups'
  figures could be taken away;
- before a stance or a band is shown, it is checked together with everything shown before, for all
  groups that share people with this one. When one of the outcomes that are still possible would
  tell somebody's answer, none is shown and the earlier figure stays. So a figure that stays, or is
  missing, tells nothing;
- breadth in public is what the stances shown and the memberships make certain, whoever agrees.

What does not hold, and cannot here:

- The stance itself is shown, as the rules have it: of five people "most" says that three to five
  agree. Somebody who took part can take their own answer away from it.
- People who change their answer are safe as long as nobody knows who did. When figures can only
  have come about by changed answers, the figures before are forgotten and the new ones stand alone:
  somebody who knows exactly who changed could then work out more.
- When people leave (withdraw, or a link is cut), which of the earlier people they were is not known
  from counts; the last to come are taken to be those who left.
- When clusters are joined, `previous` is one of them: pass the one with the most people. What the
  others showed is not compared.
- Answers to different clusters are not compared: people who answer alike throughout are not hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from commonground.agreement import (
    Counts,
    Membership,
    Stance,
    check_invited,
    largest_served,
    people_each,
    within,
)
from commonground.narrowing import narrow
from commonground.rounding import (
    STEP,
    ShareWord,
    majority,
    rounded,
    rounded_count,
    share_in_words,
)
from commonground.shown import Memory, PublicFigures, PublicStanding
from commonground.witnesses import Witnesses

__all__ = [
    "PublicFigures",
    "PublicStanding",
    "ShareWord",
    "may_move",
    "public_figures",
    "rounded_count",
    "share_in_words",
]

_EVERYBODY, _TOGETHER, _NO_GROUP, _GROUP = "everybody", "together", "no group", "group "


def may_move(shown_people: int, people: int) -> bool:
    """Whether live figures may move: at least five more people have answered since they did."""
    return people - shown_people >= STEP


def public_figures(
    by_membership: Mapping[Membership, Counts],
    *,
    invited: Sequence[str],
    enough: int,
    previous: PublicFigures | None = None,
) -> PublicFigures:
    """What may be shown now, given everything that was shown before (`previous`).

    The first three arguments are those of `agreement.assess`. Where no figure may move, `previous`
    itself is returned. When a cluster is cut, pass the figures it had as `previous` of both parts.
    """
    check_invited(invited, enough)
    counts = {who: c for who, c in within(by_membership, invited).items() if c.people}
    release = _Release(counts, enough, previous)
    groups = {
        name: release.show(
            _GROUP + name,
            [who for who in counts if name in who],
            None if previous is None else previous.groups.get(name),
        )
        for name in invited
    }
    pooled = tuple(n for n in invited if release.people(w for w in counts if n in w) < enough)
    same_pool = previous is not None and previous.pooled == pooled
    in_pool = [who for who in counts if who & set(pooled)]
    together = None
    if release.people(in_pool) >= enough:
        before = previous.together if previous is not None and same_pool else None
        together = release.show(_TOGETHER, in_pool, before)
    no_group = release.show(
        _NO_GROUP,
        [who for who in counts if not who],
        None if previous is None else previous.no_group,
    )
    people = release.everybody(None if previous is None else previous.people)
    if previous is not None and same_pool and not release.moved:
        return previous
    return PublicFigures(
        people=people,
        groups=groups,
        pooled=pooled,
        together=together,
        no_group=no_group,
        breadth=_sure_breadth(groups, release.counted, each=people_each(enough)),
        memory=release.memory(),
    )


class _Release:
    """One go at moving the figures of a cluster; keeps what is shown as it goes."""

    def __init__(
        self, counts: Mapping[Membership, Counts], enough: int, previous: PublicFigures | None
    ) -> None:
        before = Memory() if previous is None else previous.memory
        self.counts = counts
        self.enough = enough
        self.known = before.known.with_people({who: c.people for who, c in counts.items()})
        self.counted = dict(before.counted)
        self.witnesses = Witnesses()
        self.moved = previous is None

    def memory(self) -> Memory:
        return Memory(self.known, self.counted)

    def people(self, memberships: Iterable[Membership]) -> int:
        return sum(self.counts[who].people for who in memberships)

    def everybody(self, shown: int | None) -> int:
        """How many people answered, rounded; moves as every figure does."""
        now = {who: c.people for who, c in self.counts.items()}
        if shown is not None and _others(self.counted.get(_EVERYBODY, {}), now) < STEP:
            return shown
        self.counted[_EVERYBODY] = now
        self.moved = True
        return rounded(sum(now.values()))

    def show(
        self, holder: str, memberships: Sequence[Membership], shown: PublicStanding | None
    ) -> PublicStanding:
        """What may be shown of the people with these memberships: new, or as it was before."""
        now = {who: self.counts[who].people for who in memberships}
        people = sum(now.values())
        told = any(fact.holder == holder for fact in self.known.facts)
        held = _others(self.counted.get(holder, {}), now) < STEP
        if held and shown is not None and (told or people < self.enough):
            return shown
        if people < self.enough or (held and told):
            too_few = Stance.TOO_FEW_TO_TELL if people < self.enough else None
            return self._keep(holder, now, PublicStanding(rounded(people), too_few))
        total = sum((self.counts[who] for who in memberships), Counts())
        narrowed = narrow(self.known, holder, set(memberships), total, self.witnesses)
        if narrowed is None:
            return shown or self._keep(holder, now, PublicStanding(rounded(people), None))
        self.known = narrowed.known
        return self._keep(
            holder,
            now,
            PublicStanding(rounded(people), narrowed.stance, narrowed.agree, narrowed.disagree),
        )

    def _keep(
        self, holder: str, now: Mapping[Membership, int], standing: PublicStanding
    ) -> PublicStanding:
        self.counted[holder] = now
        self.moved = True
        return standing


def _others(then: Mapping[Membership, int], now: Mapping[Membership, int]) -> int:
    """How many people at least came or went between the two."""
    return sum(abs(now.get(who, 0) - then.get(who, 0)) for who in then.keys() | now.keys())


def _sure_breadth(
    groups: Mapping[str, PublicStanding],
    counted: Mapping[str, Mapping[Membership, int]],
    *,
    each: int,
) -> int:
    """The breadth that holds whoever agrees, given the stances shown.

    A group of n that agrees has at least n // 2 + 1 agreeing people. Those of several groups
    together are at least the sum of that, less once for each further group that a person is in.
    """
    names = [name for name, group in groups.items() if group.stance == Stance.AGREES]
    people: dict[Membership, int] = {}
    for name in names:
        for who, number in counted[_GROUP + name].items():
            people[who] = max(number, people.get(who, 0))
    surely = [majority(sum(counted[_GROUP + name].values())) for name in names]
    agreeing = []
    for subset in range(1 << len(names)):
        chosen = {names[p]: surely[p] for p in range(len(names)) if subset >> p & 1}
        twice = sum(n * max(0, len(who & chosen.keys()) - 1) for who, n in people.items())
        most = max(chosen.values(), default=0)
        agreeing.append(max(most, sum(chosen.values()) - twice))
    return len(largest_served(names, np.array(agreeing), each=each))
