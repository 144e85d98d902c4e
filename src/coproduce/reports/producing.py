"""Making a file in the background: taken up once, and again where a server was stopped."""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from coproduce.refused import Refused
from coproduce.reports.made import SILENT_FOR, Abandoned, Made, Progress
from coproduce.reports.makers import MAKERS
from coproduce.reports.models import ProducedFile, Production

logger = logging.getLogger(__name__)

WENT_WRONG = (
    "Something went wrong while it was made. Whoever runs this service can read more in its log."
)


def claim(key: int, *, task: str | None, path: str) -> Production | None:
    """Take up a production that waits, or that a worker left which is gone.

    `task` is the key of the piece of work that asks, and `path` that of its kind. None where
    somebody else has it.
    """
    now = timezone.now()
    free = Q(state=Production.State.WAITING)
    left = Q(state=Production.State.WORKING)
    if _somebody_else_works(key, task, path):
        left &= Q(beat_at__lt=now - SILENT_FOR)
    taken = Production.objects.filter(free | left, pk=key).update(
        state=Production.State.WORKING, beat_at=now, done=0, total=0, problem=""
    )
    if not taken:
        return None
    return Production.objects.select_related("conversation", "version", "report").get(pk=key)


def _somebody_else_works(key: int, task: str | None, path: str) -> bool:
    from django_tasks_db.models import DBTaskResult

    return any(
        result.args_kwargs["args"] == [key] and str(result.pk) != task
        for result in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, task_path=path)
    )


def work_at(production: Production) -> None:
    """Make the file and keep it. What goes wrong is said to the person who asked for it."""
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
