"""Where a file stands that was asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from coproduce.reports.models import ProducedFile, Production

if TYPE_CHECKING:
    from coproduce.reports.wanted import Wanted


# So long people wait for a page that takes the worker a second.
PATIENCE = timedelta(minutes=1)


def production_of(wanted: Wanted) -> Production | None:
    """The production of what would be made now; None where nobody asked for it yet."""
    return Production.objects.filter(kind=wanted.kind, fingerprint=wanted.fingerprint()).first()


def productions_of(wanted: Collection[Wanted]) -> dict[str, Production | None]:
    """By kind, in the order given. Each kind at most once."""
    prints = {one.fingerprint(): one.kind for one in wanted}
    found = {
        one.kind: one
        for one in Production.objects.filter(fingerprint__in=prints)
        if prints[one.fingerprint] == one.kind
    }
    return {one.kind: found.get(one.kind) for one in wanted}


def is_late(wanted: Wanted) -> bool:
    """It was asked for some time ago and is not there: it did not work, or no worker came."""
    production = production_of(wanted)
    if production is None or production.is_ready:
        return False
    heard = max(production.asked_at, production.beat_at or production.asked_at)
    return production.state == Production.State.FAILED or heard < timezone.now() - PATIENCE


def file_of(wanted: Wanted) -> ProducedFile | None:
    """The file as it would be made now. One from before words were taken back is not handed out."""
    return ProducedFile.objects.filter(
        production__kind=wanted.kind,
        production__fingerprint=wanted.fingerprint(),
        production__state=Production.State.READY,
    ).first()
