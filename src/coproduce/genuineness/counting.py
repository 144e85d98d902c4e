"""Exact counts of people behind the genuineness page. Never to be shown: `counts` does that.

Everything is counted by membership, the exact set of partner groups that a person picked, in a
number of queries that does not grow. Run by the worker alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count, Exists, OuterRef, Q

from commonground.agreement import Counts
from coproduce.agreeing.models import LineAnswer
from coproduce.conversations.models import Area, Conversation, PartnerGroup
from coproduce.decisions.models import Outcome, RestsOn
from coproduce.genuineness.models import CheckIn, CheckInAnswer
from coproduce.genuineness.questions import as_far_as_promised, is_good
from coproduce.ideas.models import Placement
from coproduce.responses.models import Response
from coproduce.statements.models import Source, Statement
from coproduce.words.models import Standing, Words

ByMembership = dict[int, Counts]

AGREE, DISAGREE, NEITHER = Counts(agree=1), Counts(disagree=1), Counts(not_sure=1)

# Outcomes under which something of what people said is done, or will be.
ADOPTED = (Outcome.WILL, Outcome.DOING, Outcome.TRY, Outcome.DONE, Outcome.PARTLY)

FAMILIES, PROFESSIONALS = "families", "professionals"
_FAMILY_WORDS = ("child", "young", "parent", "carer", "famil")


def of_families(group: PartnerGroup) -> bool:
    """Children, parents and carers, by the key and the label of their partner group."""
    named = f"{group.key} {group.label}".lower()
    return group.is_children or any(word in named for word in _FAMILY_WORDS)


def _add(people: Iterable[tuple[int, Counts]]) -> ByMembership:
    by_membership: dict[int, Counts] = defaultdict(Counts)
    for membership, one in people:
        by_membership[membership] += one
    return dict(by_membership)


def took_part(conversation: Conversation) -> list[tuple[int, int | None]]:
    """Membership and area of everybody who said or answered something and has not left."""
    return list(
        conversation.participants.filter(left_at=None)
        .filter(
            Q(Exists(Response.objects.filter(participant=OuterRef("pk"))))
            | Q(Exists(Words.objects.filter(participant=OuterRef("pk"))))
        )
        .values_list("membership", "area_id")
    )


def by_group(memberships: Iterable[int], groups: Iterable[PartnerGroup]) -> dict[str, int]:
    """People of each partner group; somebody in two counts in both."""
    people = Counter(memberships)
    return {
        group.key: sum(n for membership, n in people.items() if membership & group.mask)
        for group in groups
    }


def by_area(areas_of_people: Iterable[int | None], areas: Iterable[Area]) -> dict[str, int]:
    people = Counter(areas_of_people)
    return {area.key: people[area.pk] for area in areas}


def by_way(conversation: Conversation) -> dict[str, int]:
    """People who gave words in each way: their own, typed by a helper, from paper and so on."""
    rows = (
        Words.objects.filter(conversation=conversation, participant__isnull=False)
        .exclude(standing=Standing.WITHDRAWN)
        .values_list("participant_id", "how_given", "from_paper")
        .distinct()
    )
    ways = {(who, "paper" if from_paper else how) for who, how, from_paper in rows}
    return dict(Counter(way for _, way in ways))


def asked_and_answered(conversation: Conversation) -> tuple[list[int], list[int]]:
    """Memberships of the people to whom a check-in was offered, and of those who answered one."""
    asked: dict[int, int] = {}
    answered: dict[int, int] = {}
    for participant, membership, when in (
        CheckIn.objects.filter(conversation=conversation, participant__left_at=None)
        .exclude(occasion=CheckIn.Occasion.YEARLY)
        .values_list("participant_id", "participant__membership", "answered_at")
    ):
        asked[participant] = membership
        if when is not None:
            answered[participant] = membership
    return list(asked.values()), list(answered.values())


def felt(conversation: Conversation, asked: str, *, year: int | None = None) -> ByMembership:
    """What people answered to one question of the check-in; each person's latest answer counts.

    Went well is counted as agreeing, went badly as disagreeing, a bit and "I don't know" as
    neither. "I don't want to say" is no answer.
    """
    rows = CheckInAnswer.objects.filter(
        check_in__conversation=conversation, check_in__participant__left_at=None, asked=asked
    )
    if year is not None:
        rows = rows.filter(check_in__year=year)
    latest: dict[int, tuple[int, str]] = {}
    for participant, membership, choice in rows.order_by("at", "pk").values_list(
        "check_in__participant_id", "check_in__participant__membership", "choice"
    ):
        latest[participant] = (membership, choice)
    return _add(
        (membership, _counted(is_good(asked, choice)))
        for membership, choice in latest.values()
        if choice != CheckInAnswer.Choice.RATHER_NOT
    )


def _counted(good: bool | None) -> Counts:
    return NEITHER if good is None else AGREE if good else DISAGREE


def cornerstones(conversation: Conversation, asked: str, year: int) -> ByMembership:
    """The same, with families (1) and professionals (2) instead of partner groups."""
    sides = {
        group.mask: 1 if of_families(group) else 2 for group in conversation.partner_groups.all()
    }
    found: dict[int, Counts] = defaultdict(Counts)
    for membership, counts in felt(conversation, asked, year=year).items():
        side = 0
        for mask, bit in sides.items():
            side |= bit if membership & mask else 0
        found[side] += counts
    return dict(found)


def how_far(conversation: Conversation) -> ByMembership:
    """Whether it went as far as promised when people were asked (agree), or less far."""
    latest: dict[int, tuple[int, str, str]] = {}
    for participant, membership, felt_rung, promised in (
        CheckIn.objects.filter(conversation=conversation, participant__left_at=None)
        .exclude(felt_rung="")
        .exclude(promised_rung="")
        .order_by("answered_at", "pk")
        .values_list("participant_id", "participant__membership", "felt_rung", "promised_rung")
    ):
        latest[participant] = (membership, felt_rung, promised)
    return _add(
        (membership, AGREE if as_far_as_promised(felt_rung, promised) else DISAGREE)
        for membership, felt_rung, promised in latest.values()
    )


def _writers(conversation: Conversation) -> Iterator[tuple[int, int, int, str, int]]:
    """Participant, membership, statement, standing and cluster of everything a person said."""
    yield from (
        Statement.objects.filter(
            conversation=conversation,
            source=Source.PERSON,
            words__participant__isnull=False,
            words__participant__left_at=None,
        )
        .exclude(words__standing__in=[Standing.WITHDRAWN, Standing.SET_APART])
        .values_list(
            "words__participant_id",
            "words__participant__membership",
            "words_id",
            "words__standing",
            "cluster_id",
        )
    )


def what_became_of_writers(conversation: Conversation) -> dict[str, ByMembership]:
    """Of the people who said something: whose words led to something, were not shown, were put
    together with others'. Agreeing means that it happened to words of theirs."""
    rows = list(_writers(conversation))
    adopted = _adopted_clusters(conversation)
    sizes = dict(
        Statement.objects.filter(conversation=conversation)
        .shown()
        .values_list("cluster_id")
        .annotate(Count("pk"))
    )
    found: dict[str, dict[int, bool]] = {"adopted": {}, "not_shown": {}, "put_together": {}}
    memberships: dict[int, int] = {}
    for participant, membership, _, standing, cluster in rows:
        memberships[participant] = membership
        shown = standing == Standing.SHOWN
        for name, happened in (
            ("adopted", shown and cluster in adopted),
            ("not_shown", standing == Standing.NOT_SHOWN),
            ("put_together", shown and sizes.get(cluster, 0) > 1),
        ):
            found[name][participant] = found[name].get(participant, False) or happened
    return {
        name: _add(
            (memberships[who], AGREE if happened else NEITHER) for who, happened in of.items()
        )
        for name, of in found.items()
    }


def _adopted_clusters(conversation: Conversation) -> set[int]:
    """Clusters on which a decision to do something rests: by itself, by its idea or its line."""
    held = RestsOn.objects.held().filter(
        conversation=conversation,
        decision__isnull=False,
        decision__ended_at=None,
        decision__outcome__in=ADOPTED,
    )
    statements = Statement.objects.filter(conversation=conversation)
    placed = Placement.objects.held().filter(idea__in=held.values("idea"))
    return set(
        statements.filter(
            Q(words__in=held.values("words"))
            | Q(pk__in=placed.values("statement"))
            | Q(words__passages__passage__in=held.values("passage"))
        ).values_list("cluster_id", flat=True)
    )


def wordings(conversation: Conversation) -> ByMembership:
    """Writers who were asked if a wording is what they meant: yes to all, or not quite to some."""
    said: dict[int, tuple[int, set[str]]] = {}
    for participant, membership, choice in (
        LineAnswer.objects.latest()
        .filter(wording__conversation=conversation, as_writer=True, participant__left_at=None)
        .values_list("participant_id", "participant__membership", "choice")
    ):
        said.setdefault(participant, (membership, set()))[1].add(choice)
    return _add((membership, _of_wordings(choices)) for membership, choices in said.values())


def _of_wordings(choices: set[str]) -> Counts:
    if LineAnswer.Choice.NOT_QUITE in choices:
        return DISAGREE
    return AGREE if choices == {LineAnswer.Choice.YES} else NEITHER
