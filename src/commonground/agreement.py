"""When partner groups agree, and how broadly.

A person may be in several partner groups and counts once in each, and once in everything that
takes groups together. So counts are kept by *membership*: the exact set of partner groups that a
person picked (the empty set: no group given).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Membership = frozenset[str]

MOST_GROUPS = 12
"""The most partner groups that may be invited: breadth looks at every subset of them."""

_Z95 = 1.959963984540054
"""The 97.5% point of the standard normal distribution, for intervals of 95%."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people gave each answer. Mixed people answered, and are counted apart."""

    agree: int = 0
    disagree: int = 0
    not_sure: int = 0
    mixed: int = 0

    def __post_init__(self) -> None:
        for name in ("agree", "disagree", "not_sure", "mixed"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}: {getattr(self, name)} people; it cannot be below 0")

    @property
    def people(self) -> int:
        """Everybody who answered, mixed answers included."""
        return self.agree + self.disagree + self.not_sure + self.mixed

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.agree + other.agree,
            self.disagree + other.disagree,
            self.not_sure + other.not_sure,
            self.mixed + other.mixed,
        )

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            self.agree - other.agree,
            self.disagree - other.disagree,
            self.not_sure - other.not_sure,
            self.mixed - other.mixed,
        )


class Stance(StrEnum):
    """What can be said of a partner group's answers to one statement or cluster."""

    AGREES = "agrees"
    DOES_NOT_AGREE = "does_not_agree"
    DIVIDED = "divided"
    TOO_FEW_TO_TELL = "too_few_to_tell"


@dataclass(frozen=True, slots=True)
class Interval:
    """A share between 0 and 1 with its 95% interval."""

    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class GroupAgreement:
    """One partner group, or several taken together: their counts, stance and share who agree."""

    counts: Counts
    stance: Stance
    agree_share: Interval


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where the invited partner groups stand on one statement or cluster.

    `groups`: one entry for each invited group, in the order in which they were invited.
    `together`: the groups with too few people, taken together with each person counted once; None
    where even together they are too few.
    `no_group`: people in none of the invited groups.
    `breadth_groups`: the largest set of agreeing groups with enough agreeing people of their own.
    `everybody`: everybody who answered, each person once.
    """

    groups: Mapping[str, GroupAgreement]
    together: GroupAgreement | None
    no_group: Counts
    breadth_groups: tuple[str, ...]
    everybody: GroupAgreement

    def having(self, stance: Stance) -> tuple[str, ...]:
        """The groups with this stance, in the order in which they were invited."""
        return tuple(name for name, group in self.groups.items() if group.stance == stance)

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The groups that agree."""
        return self.having(Stance.AGREES)

    @property
    def marks(self) -> int:
        """Earned marks: one for each partner group that agrees."""
        return len(self.agreeing)

    @property
    def breadth(self) -> int:
        """How many agreeing groups can each be given agreeing people of their own."""
        return len(self.breadth_groups)

    @property
    def people(self) -> int:
        """How many people answered, each counted once."""
        return self.everybody.counts.people

    @property
    def several_partners(self) -> bool:
        """Agreed by several partners: a breadth of two at least, and no group does not agree."""
        return self.breadth >= 2 and not self.having(Stance.DOES_NOT_AGREE)

    @property
    def order_key(self) -> tuple[int, float, int]:
        """Larger comes first: breadth, how surely the least agreeing group agrees, people.

        The second is the lowest lower bound among the agreeing groups; where no group agrees, that
        of everybody together.
        """
        lowest = min(
            (self.groups[name].agree_share.lower for name in self.agreeing),
            default=self.everybody.agree_share.lower,
        )
        return (self.breadth, lowest, self.people)


def wilson(successes: int, people: int) -> Interval:
    """The 95% score interval of a share (Wilson 1927). With nobody, the whole of 0 to 1."""
    if not 0 <= successes <= people:
        raise ValueError(f"successes: {successes} of {people} people is not possible")
    if people == 0:
        return Interval(0.0, 1.0)
    share, z2 = successes / people, _Z95**2
    middle = (share + z2 / (2 * people)) / (1 + z2 / people)
    half = _Z95 * sqrt(share * (1 - share) / people + z2 / (4 * people**2)) / (1 + z2 / people)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def stance(counts: Counts, *, enough: int) -> Stance:
    """Agrees, or does not agree: more than half of all answers, not-sure and mixed included."""
    if counts.people < enough:
        return Stance.TOO_FEW_TO_TELL
    if 2 * counts.agree > counts.people:
        return Stance.AGREES
    if 2 * counts.disagree > counts.people:
        return Stance.DOES_NOT_AGREE
    return Stance.DIVIDED


def people_each(enough: int) -> int:
    """The agreeing people of its own that a group needs to count for breadth: 3, or 2 in a room."""
    return 2 if enough <= 3 else 3


def by_group(by_membership: Mapping[Membership, Counts]) -> dict[str, Counts]:
    """The counts of each partner group: everybody who picked it, whatever else they picked."""
    groups: dict[str, Counts] = {}
    for membership, counts in by_membership.items():
        for name in membership:
            groups[name] = groups.get(name, Counts()) + counts
    return dict(sorted(groups.items()))


def breadth(
    agreeing: Mapping[Membership, int], groups: Collection[str], *, each: int
) -> tuple[str, ...]:
    """The largest set of `groups` that can each be given `each` agreeing people, nobody twice.

    `agreeing`: people who agree, by membership. `groups`: the agreeing groups, at most 12. Of
    several largest sets the one that holds the earlier groups (a set is taken in order of name).

    Exact, by Hall's condition (Hall 1935, for groups that need several people each): a set of
    groups can be served when the people in any part of it number at least `each` times its size.
    Memberships are summed over all subsets at once, so twelve groups take 4,096 sums.
    """
    names = tuple(dict.fromkeys(groups if isinstance(groups, Sequence) else sorted(groups)))
    _check_groups(names)
    bit = {name: 1 << place for place, name in enumerate(names)}
    everything = (1 << len(names)) - 1
    inside = np.zeros(everything + 1, dtype=np.int64)
    for membership, people in agreeing.items():
        inside[sum(bit[name] for name in membership if name in bit)] += people
    for place in range(len(names)):  # inside[S]: people whose groups all lie within S
        has = _with_bit(len(names), place)
        inside[has] += inside[has ^ (1 << place)]
    reachable = inside[-1] - inside[np.arange(everything + 1) ^ everything]
    return largest_served(names, reachable, each=each)


def largest_served(
    names: Sequence[str], reachable: NDArray[np.int64], *, each: int
) -> tuple[str, ...]:
    """The largest set of groups that can each be given `each` people, by Hall's condition.

    `reachable`: for each subset of the names, as a number whose bit p stands for `names[p]`, how
    many people are in at least one of its groups; shape (2 ** groups,).
    """
    if each < 1:
        raise ValueError(f"each: {each} people for each group; it must be 1 or more")
    subsets = np.arange(1 << len(names))
    sizes = np.array([int(subset).bit_count() for subset in subsets])
    can = reachable >= each * sizes
    for place in range(len(names)):  # can[S]: the condition holds for every part of S
        has = _with_bit(len(names), place)
        can[has] &= can[has ^ (1 << place)]
    largest = subsets[can & (sizes == sizes[can].max())]
    chosen = min(tuple(p for p in range(len(names)) if subset >> p & 1) for subset in largest)
    return tuple(names[place] for place in chosen)


def _with_bit(size: int, place: int) -> NDArray[np.int64]:
    subsets = np.arange(1 << size, dtype=np.int64)
    return np.compress((subsets >> place) % 2 == 1, subsets)


def _check_groups(names: Sequence[str]) -> None:
    if len(names) > MOST_GROUPS:
        raise ValueError(f"groups: {len(names)} partner groups; at most {MOST_GROUPS}")


def within(
    by_membership: Mapping[Membership, Counts], invited: Sequence[str]
) -> dict[Membership, Counts]:
    """The same counts with only the invited groups in the memberships."""
    known = frozenset(invited)
    kept: dict[Membership, Counts] = {}
    for membership, counts in by_membership.items():
        key = frozenset(membership) & known
        kept[key] = kept.get(key, Counts()) + counts
    return kept


def check_invited(invited: Sequence[str], enough: int) -> None:
    """Raise ValueError, naming it, where the invited groups or `enough` cannot be used."""
    if len(set(invited)) != len(invited):
        raise ValueError("invited: a partner group is named twice")
    if len(invited) > MOST_GROUPS:
        raise ValueError(f"invited: {len(invited)} partner groups; at most {MOST_GROUPS} can be")
    if enough < 1:
        raise ValueError(f"enough: {enough} people; it must be 1 or more")


def assess(
    by_membership: Mapping[Membership, Counts], *, invited: Sequence[str], enough: int
) -> Agreement:
    """Where the invited partner groups stand.

    `by_membership`: counts by the exact set of groups that people picked. Groups that were not
    invited are left aside; people in no invited group are "no group given".
    `enough`: how many people of a group must have answered before it has a stance.
    """
    check_invited(invited, enough)
    counts = within(by_membership, invited)
    in_groups = by_group(counts)
    groups = {name: _standing(in_groups.get(name, Counts()), enough) for name in invited}
    small = {name for name, group in groups.items() if group.stance == Stance.TOO_FEW_TO_TELL}
    pooled = sum((c for who, c in counts.items() if who & small), Counts())
    agreeing = [name for name, group in groups.items() if group.stance == Stance.AGREES]
    return Agreement(
        groups=groups,
        together=_standing(pooled, enough) if pooled.people >= enough else None,
        no_group=counts.get(frozenset(), Counts()),
        breadth_groups=breadth(
            {who: c.agree for who, c in counts.items()}, agreeing, each=people_each(enough)
        ),
        everybody=_standing(sum(counts.values(), Counts()), enough),
    )


def _standing(counts: Counts, enough: int) -> GroupAgreement:
    return GroupAgreement(
        counts=counts,
        stance=stance(counts, enough=enough),
        agree_share=wilson(counts.agree, counts.people),
    )


@dataclass(frozen=True, slots=True)
class StancePart:
    """The groups that share a stance: one part of the sentence about a statement."""

    stance: Stance
    groups: tuple[str, ...]


_IN_ORDER = (
    (Stance.AGREES, "Agreed by {}."),
    (Stance.DOES_NOT_AGREE, "Not agreed by {}."),
    (Stance.DIVIDED, "Divided: {}."),
    (Stance.TOO_FEW_TO_TELL, "Too few to tell: {}."),
)

_TOGETHER = {
    Stance.AGREES: "The smaller groups together agree.",
    Stance.DOES_NOT_AGREE: "The smaller groups together do not agree.",
    Stance.DIVIDED: "The smaller groups together are divided.",
}


def parts(agreement: Agreement) -> tuple[StancePart, ...]:
    """The groups by stance, in the order in which they are told; stances of no group left out."""
    told = (StancePart(which, agreement.having(which)) for which, _ in _IN_ORDER)
    return tuple(part for part in told if part.groups)


def in_words(agreement: Agreement, labels: Mapping[str, str]) -> str:
    """One line of English: "Agreed by children, parent carers. Divided: schools."

    `labels`: what each group is called here; a group without a label keeps its key. A translated
    page takes `parts` and says it in its own words.
    """
    sentence = dict(_IN_ORDER)
    told = [
        sentence[part.stance].format(", ".join(labels.get(name, name) for name in part.groups))
        for part in parts(agreement)
    ]
    if agreement.together is not None:
        told.append(_TOGETHER[agreement.together.stance])
    return " ".join(told)
