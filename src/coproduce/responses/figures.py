"""What may be shown of answers: from tallies to figures, by the small-number rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import partial

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from commonground.agreement import Counts
from commonground.rounding import STEP
from commonground.small_numbers import PublicFigures, public_figures
from coproduce.aside import aside
from coproduce.conversations.models import Conversation, PartnerGroup
from coproduce.responses.models import Figure, Tally
from coproduce.statements.models import Cluster

# A figure that many people stand behind moves when a tenth more have come, not with every five.
TENTH = 10


def due_in(conversation: int) -> list[int]:
    """The clusters whose figures should move, those with the fewest people behind them first."""
    enough = Conversation.objects.values_list("enough", flat=True).get(pk=conversation)
    people = F("tallies__agree") + F("tallies__disagree") + F("tallies__not_sure")
    due = [
        (now, key)
        for key, now, shown in Cluster.objects.filter(conversation=conversation)
        .annotate(now=Coalesce(Sum(people + F("tallies__mixed")), 0))
        .values_list("pk", "now", "figure__people")
        if _is_due(shown, now, widely=True) and (now >= enough or shown is not None)
    ]
    return [key for _, key in sorted(due)]


def _is_due(shown: int | None, people: int, *, widely: bool) -> bool:
    if shown is None:
        return people > 0
    return abs(people - shown) >= (max(STEP, shown // TENTH) if widely else STEP)


def move_due(clusters: Iterable[int], *, widely: bool = True) -> None:
    """Work out again the figures of these clusters for which enough people came or went.

    It takes long: it is checked that nothing shown, now or before, tells anybody's answer. So it
    asks for no lock while it works; where somebody else moved a figure meanwhile, theirs stands.
    `widely` false: every five people count, as before publishing.
    """
    keys = set(clusters)
    counts = counts_of(keys)
    figures = {figure.cluster_id: figure for figure in Figure.objects.filter(cluster__in=keys)}
    conversations: dict[int, tuple[list[PartnerGroup], int]] = {}
    for cluster in Cluster.objects.filter(pk__in=keys):
        figure = figures.get(cluster.pk)
        people = sum(tally.people for tally in counts[cluster.pk].values())
        if not _is_due(figure.people if figure else None, people, widely=widely):
            continue
        if cluster.conversation_id not in conversations:
            conversations[cluster.conversation_id] = _rule(cluster.conversation_id)
        groups, enough = conversations[cluster.conversation_id]
        if people >= enough or figure is not None:
            _move(cluster.pk, counts[cluster.pk], groups, enough, figure)


def _rule(conversation: int) -> tuple[list[PartnerGroup], int]:
    enough = Conversation.objects.values_list("enough", flat=True).get(pk=conversation)
    groups = PartnerGroup.objects.filter(conversation=conversation, retired_at=None)
    return list(groups), enough


def _move(
    cluster: int,
    counts: dict[int, Counts],
    groups: list[PartnerGroup],
    enough: int,
    before: Figure | None,
) -> None:
    by_groups = {
        frozenset(group.key for group in groups if membership & group.mask): people
        for membership, people in merged(counts, groups).items()
    }
    figures = aside(
        partial(
            public_figures,
            by_groups,
            invited=[group.key for group in groups],
            enough=enough,
            previous=None if before is None else kept(before),
        )
    )
    people = sum(tally.people for tally in counts.values())
    whole = figures.to_dict()
    memory = whole.pop("memory")
    now = timezone.now()
    with transaction.atomic():
        if before is None:
            Figure.objects.get_or_create(
                cluster_id=cluster,
                defaults={"people": people, "shown": whole, "memory": memory, "moved_at": now},
            )
        else:
            Figure.objects.filter(cluster=cluster, moved_at=before.moved_at).update(
                people=people, shown=whole, memory=memory, moved_at=now
            )


def merged(counts: dict[int, Counts], groups: list[PartnerGroup]) -> dict[int, Counts]:
    """The counts by membership, with only these groups in it."""
    invited = sum(group.mask for group in groups)
    by_membership: dict[int, Counts] = defaultdict(Counts)
    for membership, people in counts.items():
        by_membership[membership & invited] += people
    return dict(by_membership)


def kept(figure: Figure) -> PublicFigures:
    """The figures as the library knows them."""
    return PublicFigures.from_dict({**figure.shown, "memory": figure.memory})


def counts_of(clusters: Collection[int]) -> dict[int, dict[int, Counts]]:
    """The exact counts of each cluster by membership. Never to be shown."""
    counts: dict[int, dict[int, Counts]] = {key: {} for key in clusters}
    for tally in Tally.objects.filter(cluster__in=clusters):
        counts[tally.cluster_id][tally.membership] = Counts(
            tally.agree, tally.disagree, tally.not_sure, tally.mixed
        )
    return counts


def hand_on(*, before: Cluster, parts: Iterable[Cluster]) -> None:
    """Each part of a cluster goes on from the figures that it had, and moves by the same rule."""
    figure = Figure.objects.filter(cluster=before).first()
    if figure is None:
        return
    for part in parts:
        Figure.objects.get_or_create(
            cluster=part,
            defaults={
                "people": figure.people,
                "shown": figure.shown,
                "memory": figure.memory,
                "moved_at": figure.moved_at,
            },
        )


STILL_BOTH = " Figures beside them may count both for a while."


def may_count_others(statement: int) -> bool:
    """Whether a statement just taken out of a cluster shows figures, which count both as yet.

    Then `STILL_BOTH` is said. Figures move in the background, and only when five people more or
    fewer stand behind them: else the difference would tell who answered what.
    """
    return Figure.objects.filter(cluster__statements=statement).exists()


def take_largest(*, into: Cluster, among: Iterable[Cluster]) -> None:
    """When clusters are joined, the figures of the one with the most people go on."""
    figures = Figure.objects.filter(cluster__in=[into, *among]).order_by("-people")
    largest = figures.first()
    if largest is None or largest.cluster_id == into.pk:
        return
    Figure.objects.update_or_create(
        cluster=into,
        defaults={
            "people": largest.people,
            "shown": largest.shown,
            "memory": largest.memory,
            "moved_at": largest.moved_at,
        },
    )
