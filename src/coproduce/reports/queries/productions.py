"""Where a file stands that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.reports.models import ProducedFile, Production
from coproduce.reports.queries.stamps import OF_WORDS
from coproduce.reports.wanted import THIS_EDITION, Wanted

# So long people wait for a page that takes the worker a second.
PATIENCE = timedelta(minutes=1)


def production_of(wanted: Wanted) -> Production | None:
    """The production of what would be made now; None where nobody asked for it yet."""
    return Production.objects.filter(kind=wanted.kind, fingerprint=wanted.fingerprint()).first()


def productions_of(prints: Mapping[str, str]) -> dict[str, Production | None]:
    """By kind, in the order given, of fingerprints by kind (`fingerprints_of`)."""
    found = {
        one.kind: one
        for one in Production.objects.filter(fingerprint__in=prints.values())
        if prints.get(one.kind) == one.fingerprint
    }
    return {kind: found.get(kind) for kind in prints}


def is_late(wanted: Wanted) -> bool:
    """It was asked for some time ago and is not there: it did not work, or no worker came."""
    production = production_of(wanted)
    if production is None or production.is_ready:
        return False
    heard = max(production.asked_at, production.beat_at or production.asked_at)
    return production.state == Production.State.FAILED or heard < timezone.now() - PATIENCE


def earlier_of(wanted: Wanted, now: str = "") -> Production | None:
    """The last one that was made, where it only lacks what was done since. None where it is the
    one that would be made now, where words in it may read otherwise today, and where it was made
    in another edition, or while its yearly report was a draft. `now`: its fingerprint, if known.
    """
    if not wanted.changes_with_every_act:
        return None
    made = Production.objects.filter(
        kind=wanted.kind,
        state=Production.State.READY,
        details=wanted.details,
        fingerprint__startswith=THIS_EDITION,
        **wanted.about,
    ).exclude(fingerprint=now or wanted.fingerprint())
    if wanted.report is not None:
        made = made.filter(asked_at__gte=wanted.report.final_at)
    last = made.order_by("-asked_at", "-pk").first()
    if last is None:
        return None
    # It was begun when it was asked for, or later: what was taken back or hidden since counts.
    words = Entry.objects.filter(conversation__in=wanted.conversations, act__in=OF_WORDS)
    return None if words.filter(at__gte=last.asked_at).exists() else last


def file_of(wanted: Wanted) -> ProducedFile | None:
    """The file as it would be made now, or an earlier one that only lacks what was done since.

    One from before words were taken back is not handed out.
    """
    file = ProducedFile.objects.filter(
        production__kind=wanted.kind,
        production__fingerprint=wanted.fingerprint(),
        production__state=Production.State.READY,
    ).first()
    if file is None and (earlier := earlier_of(wanted)) is not None:
        return ProducedFile.objects.filter(production=earlier).first()
    return file
