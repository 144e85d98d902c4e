"""Clusters in step with the links that hold: a cluster is what is connected."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import F

from coproduce.conversations.models import Conversation
from coproduce.responses.services.counting import recount
from coproduce.statements.models import Cluster, MergeLink, Statement


def components(members: Collection[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What the pairs connect among the members, each part in order of its keys, by its lowest."""
    leads = {one: one for one in members}

    def lead(one: int) -> int:
        while leads[one] != one:
            leads[one] = leads[leads[one]]
            one = leads[one]
        return one

    for one, other in pairs:
        if one in leads and other in leads:
            low, high = sorted((lead(one), lead(other)))
            leads[high] = low
    parts: dict[int, list[int]] = {}
    for one in sorted(members):
        parts.setdefault(lead(one), []).append(one)
    return list(parts.values())


def holding_pairs(members: Collection[int]) -> list[tuple[int, int]]:
    return list(
        MergeLink.objects.filter(cut_at=None, first__in=members, second__in=members).values_list(
            "first_id", "second_id"
        )
    )


def settle(
    clusters: Collection[int], *, conversation: Conversation, leading: int | None = None
) -> None:
    """Put the statements of these clusters where the links that hold say, and count again.

    `leading`: the cluster that goes on when several become one. A part that was cut off gets a
    cluster of its own, whose figure goes on from the one it was cut from.
    """
    rows = {one.pk: one for one in Cluster.objects.filter(pk__in=clusters)}
    members = list(
        Statement.objects.filter(cluster__in=clusters)
        .order_by("pk")
        .values_list("pk", "cluster_id", "words__standing")
    )
    stands_in = {pk: cluster for pk, cluster, _ in members}
    shown = {pk for pk, _, standing in members if standing == "shown"}
    free = dict(rows)
    split_from: Cluster | None = None
    parts = components(stands_in.keys(), holding_pairs(stands_in.keys()))
    # The part with the listed statement keeps the cluster, so that what is listed goes on.
    homes: dict[int, Cluster] = {}
    for at, part in enumerate(parts):
        own = [key for key in {stands_in[pk] for pk in part} if key in free]
        own.sort(key=lambda key: (key != leading, rows[key].listed_id not in part, key))
        if own and (rows[own[0]].listed_id in part or own[0] == leading):
            homes[at] = free.pop(own[0])
    for at, part in enumerate(parts):
        if at not in homes:
            split_from = split_from or rows[stands_in[part[0]]]
            own = [key for key in {stands_in[pk] for pk in part} if key in free]
            homes[at] = (
                free.pop(min(own)) if own else Cluster.objects.create(conversation=conversation)
            )
    for at, part in enumerate(parts):
        home = homes[at]
        Statement.objects.filter(pk__in=part).exclude(cluster=home).update(cluster=home)
        if home.listed_id not in part or (home.listed_id not in shown and shown & set(part)):
            home.listed_id = next((pk for pk in part if pk in shown), part[0])
            home.save(update_fields=["listed"])
    named = {one.pk: one for one in (*rows.values(), *homes.values())}
    was = split_from if split_from is not None and len(parts) > 1 else None
    recount(named.values(), was=was)
    emptied = [key for key in named if key not in {home.pk for home in homes.values()}]
    Cluster.objects.filter(pk__in=emptied).delete()
    arrangement_changed(conversation)


def arrangement_changed(conversation: Conversation) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(
        arrangement_revision=F("arrangement_revision") + 1
    )
