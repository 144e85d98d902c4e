"""Statements stay in their ideas when those that they were put together with leave them.

A cluster stands in an idea through a placement of any one of its statements. Where it is cut, the
other parts would stand there no more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils import timezone

from coproduce.ideas.models import Placement
from coproduce.people.models import Account
from coproduce.statements.models import Cluster, Statement


def placements_of(cluster: Cluster) -> list[Placement]:
    """Where the cluster stands now. Ask before it is cut."""
    return list(
        Placement.objects.held()
        .filter(statement__cluster=cluster, idea__retired_at=None)
        .order_by("position", "pk")
    )


def stay(
    stood: Sequence[Placement],
    members: Collection[int],
    *,
    by: Account | None,
    since: datetime | None = None,
) -> list[int]:
    """Place the clusters of these statements in the ideas where the one before stood.

    stood: `placements_of` that one. since: only those made from then on hold for all of its
    statements; each earlier one belongs to its own statement. Returns keys of what was made.
    """
    meant = [one for one in stood if since is None or one.placed_at >= since]
    made = []
    for cluster in Cluster.objects.filter(statements__in=members).distinct().order_by("pk"):
        here = Statement.objects.filter(cluster=cluster)
        have = set(
            Placement.objects.held().filter(statement__in=here).values_list("idea_id", flat=True)
        )
        for old in meant:
            if old.idea_id not in have and cluster.listed_id is not None:
                have.add(old.idea_id)
                new = Placement.objects.create(
                    idea_id=old.idea_id,
                    statement_id=cluster.listed_id,
                    position=old.position,
                    placed_by=by,
                )
                made.append(new.pk)
    return made


def leave_again(made: Sequence[int]) -> None:
    """What `stay` made is taken out, where it still stands."""
    Placement.objects.held().filter(pk__in=made).update(removed_at=timezone.now())
