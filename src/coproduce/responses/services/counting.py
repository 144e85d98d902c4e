"""Counting again after an arrangement has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from coproduce.conversations.models import Conversation
from coproduce.responses import figures, tallies
from coproduce.responses.models import Figure
from coproduce.responses.tasks import move_figures_soon
from coproduce.statements.models import Cluster


@transaction.atomic
def recount(clusters: Iterable[Cluster], *, was: Cluster | None = None) -> None:
    """Count clusters again, from all answers to their statements: after a merge, a cut, a
    withdrawal, an import.

    Name every cluster that lost or gained a statement, the emptied ones too. `was`: the cluster
    that the others were cut from, so that their figures go on from what it showed.
    """
    named = {cluster.pk: cluster for cluster in clusters}
    if was is not None:
        named[was.pk] = was
        figures.hand_on(before=was, parts=(c for c in named.values() if c.pk != was.pk))
    filled = set(
        Cluster.objects.filter(pk__in=named, statements__isnull=False)
        .values_list("pk", flat=True)
        .distinct()
    )
    emptied = [cluster for key, cluster in named.items() if key not in filled]
    if emptied:
        for key in filled:
            figures.take_largest(into=named[key], among=emptied)
        Figure.objects.filter(cluster__in=emptied).delete()
    tallies.rebuild(named)
    for conversation in {cluster.conversation_id for cluster in named.values()}:
        move_figures_soon(conversation)


def bring_figures_up_to_date(conversation: Conversation) -> None:
    """Move every figure behind which five people more have come, now. Asked before publishing."""
    keys = list(Cluster.objects.filter(conversation=conversation).values_list("pk", flat=True))
    for some in tallies.batched(keys):
        figures.move_due(some, widely=False)
