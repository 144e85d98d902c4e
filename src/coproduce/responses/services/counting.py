"""Counting again after an arrangement has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from coproduce.responses import tallies
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
    tallies.rebuild(named)
