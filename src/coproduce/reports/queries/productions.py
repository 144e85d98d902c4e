"""Where a file stands that was asked for."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from coproduce.reports.models import ProducedFile, Production

if TYPE_CHECKING:
    from coproduce.reports.wanted import Wanted


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


def file_of(wanted: Wanted) -> ProducedFile | None:
    """The file as it would be made now. One from before words were taken back is not handed out."""
    return ProducedFile.objects.filter(
        production__kind=wanted.kind,
        production__fingerprint=wanted.fingerprint(),
        production__state=Production.State.READY,
    ).first()
