"""A file that is made, how far it is, and that nobody wants it any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from coproduce.reports.models import Production

# Far longer than any part of the work takes. A worker that was killed is noticed much sooner.
SILENT_FOR = timedelta(minutes=10)


class Abandoned(Exception):  # noqa: N818 - it is no fault: nobody wants the file any more
    """The production was deleted while it was worked at: words in it were taken back."""


@dataclass(frozen=True)
class Made:
    name: str
    content_type: str
    content: bytes


class Progress:
    """Says how far the work is, in parts. Each call is also the sign that somebody works at it."""

    def __init__(self, key: int) -> None:
        self.key = key

    def __call__(self, done: int, total: int) -> None:
        """Raises Abandoned where the production is gone."""
        kept = Production.objects.filter(pk=self.key, state=Production.State.WORKING)
        if not kept.update(done=done, total=total, beat_at=timezone.now()):
            raise Abandoned
