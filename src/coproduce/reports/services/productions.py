"""Asking for a file. However often somebody asks, it is made once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coproduce.people.models import Account
from coproduce.reports.made import SILENT_FOR
from coproduce.reports.models import Production
from coproduce.reports.tasks import produce
from coproduce.reports.wanted import Wanted


@transaction.atomic
def ask_for(*, wanted: Wanted, by: Account | None = None) -> Production:
    """Have the file made, unless it is made or being made; a failed one is tried again.

    Who may ask is for the caller to know: a version's files are for anyone (`by` None). The work is
    put down in the same transaction, so that neither is kept without the other.
    """
    production, is_new = Production.objects.get_or_create(
        kind=wanted.kind,
        fingerprint=wanted.fingerprint(),
        defaults={**wanted.about, "details": wanted.details, "asked_by": by},
    )
    again = Production.objects.filter(pk=production.pk)
    if not is_new:
        forgotten = timezone.now() - SILENT_FOR
        is_new = bool(
            again.filter(state=Production.State.FAILED).update(
                state=Production.State.WAITING, asked_at=timezone.now(), problem=""
            )
            or again.filter(state=Production.State.WAITING, asked_at__lt=forgotten).update(
                asked_at=timezone.now()
            )
            or again.filter(state=Production.State.WORKING, beat_at__lt=forgotten).update(
                asked_at=timezone.now()
            )
        )
    if is_new:
        produce.enqueue(production.pk)
    production.refresh_from_db()
    return production
