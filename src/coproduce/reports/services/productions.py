"""Asking for a file. However often somebody asks, it is made once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coproduce.people.models import Account
from coproduce.reports.made import SILENT_FOR
from coproduce.reports.models import ProducedFile, Production
from coproduce.reports.queries.productions import file_of
from coproduce.reports.tasks import produce
from coproduce.reports.wanted import Wanted

# Asked for lately: these are made again when what they show has changed.
KEPT_READY = {
    Production.Kind.VERSION_WHOLE: timedelta(days=30),
    Production.Kind.OPEN_DATA: timedelta(days=7),
}


def ready(wanted: Wanted) -> ProducedFile | None:
    """The file as it would be made now; None while it is made, which this asks for."""
    file = file_of(wanted)
    if file is None and ask_for(wanted=wanted).is_ready:
        file = file_of(wanted)
    return file


def make_ready_again() -> int:
    """Have pages made again that would read otherwise by now; how many.

    Not those of drafts, which change all the time: they are made when somebody opens them.
    """
    asked = 0
    for kind, lately in KEPT_READY.items():
        for one in Production.objects.filter(
            kind=kind, state=Production.State.READY, asked_at__gt=timezone.now() - lately
        ).select_related("conversation", "version__conversation"):
            wanted = Wanted(
                kind,
                version=one.version,
                conversation=one.conversation if one.version is None else None,
                details=one.details,
            )
            if wanted.fingerprint() != one.fingerprint:
                ask_for(wanted=wanted, by=one.asked_by, since=one.asked_at)
                asked += 1
    return asked


@transaction.atomic
def ask_for(
    *, wanted: Wanted, by: Account | None = None, since: datetime | None = None
) -> Production:
    """Have the file made, unless it is made or being made; a failed one is tried again.

    Who may ask is for the caller to know: a version's files are for anyone (`by` None). The work is
    put down in the same transaction, so that neither is kept without the other. `since`: when it
    was asked for first, where it is only made again.
    """
    production, is_new = Production.objects.get_or_create(
        kind=wanted.kind,
        fingerprint=wanted.fingerprint(),
        defaults={
            **wanted.about,
            "details": wanted.details,
            "asked_by": by,
            "asked_at": since or timezone.now(),
            "beat_at": timezone.now() if since else None,
        },
    )
    again = Production.objects.filter(pk=production.pk)
    if not is_new:
        forgotten = timezone.now() - SILENT_FOR
        is_new = bool(
            again.filter(state=Production.State.FAILED).update(
                state=Production.State.WAITING, asked_at=timezone.now(), problem=""
            )
            or again.filter(
                Q(beat_at=None, asked_at__lt=forgotten) | Q(beat_at__lt=forgotten),
                state=Production.State.WAITING,
            ).update(beat_at=timezone.now())
            or again.filter(state=Production.State.WORKING, beat_at__lt=forgotten).update(
                asked_at=timezone.now()
            )
        )
    if is_new:
        produce.enqueue(production.pk)
    production.refresh_from_db()
    return production
