"""Making a file in the background: taken up once, and again where a server was stopped."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from coproduce.refused import Refused
from coproduce.reports.models import ProducedFile, Production

logger = logging.getLogger(__name__)

# Far longer than any part of the work takes. A worker that was killed is noticed much sooner.
SILENT_FOR = timedelta(minutes=10)
WENT_WRONG = (
    "Something went wrong while it was made. Whoever runs this service can read more in its log."
)


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


def claim(key: int, *, task: str | None) -> Production | None:
    """Take up a production that waits, or that a worker left which is gone.

    `task` is the key of the piece of work that asks. None where somebody else has it.
    """
    now = timezone.now()
    free = Q(state=Production.State.WAITING)
    left = Q(state=Production.State.WORKING)
    if _somebody_else_works(key, task):
        left &= Q(beat_at__lt=now - SILENT_FOR)
    taken = Production.objects.filter(free | left, pk=key).update(
        state=Production.State.WORKING, beat_at=now, done=0, total=0, problem=""
    )
    if not taken:
        return None
    return Production.objects.select_related("conversation", "version", "report").get(pk=key)


def _somebody_else_works(key: int, task: str | None) -> bool:
    from django_tasks_db.models import DBTaskResult

    from coproduce.reports.tasks import produce

    return any(
        result.args_kwargs["args"] == [key] and str(result.pk) != task
        for result in DBTaskResult.objects.filter(
            status=TaskResultStatus.RUNNING, task_path=produce.module_path
        )
    )


def work_at(production: Production) -> None:
    """Make the file and keep it. What goes wrong is said to the person who asked for it."""
    from coproduce.reports.makers import MAKERS

    try:
        made = MAKERS[production.kind](production, Progress(production.pk))
        keep(production, made)
    except Abandoned:
        return
    except Refused as refused:
        fail(production, str(refused))
    except Exception:
        logger.exception("Making %s (production %s) failed", production.kind, production.pk)
        fail(production, WENT_WRONG)


@transaction.atomic
def keep(production: Production, made: Made) -> None:
    """Keep the file; earlier ones of the same kind about the same thing go.

    Words may have been taken back while it was made. Then its production is gone, and so is it.
    """
    now = Production.objects.select_for_update().filter(pk=production.pk)
    if not now.filter(state=Production.State.WORKING).exists():
        raise Abandoned
    ProducedFile.objects.update_or_create(
        production=production,
        defaults={"name": made.name, "content_type": made.content_type, "content": made.content},
    )
    now.update(
        state=Production.State.READY, finished_at=timezone.now(), done=1, total=1, problem=""
    )
    Production.objects.filter(
        kind=production.kind,
        conversation=production.conversation_id,
        version=production.version_id,
        report=production.report_id,
        details=production.details,
        state__in=[Production.State.READY, Production.State.FAILED],
    ).exclude(pk=production.pk).delete()


def fail(production: Production, problem: str) -> None:
    Production.objects.filter(pk=production.pk, state=Production.State.WORKING).update(
        state=Production.State.FAILED, problem=problem[:300], finished_at=timezone.now()
    )
