"""Files are made by the background worker."""

from __future__ import annotations

from django_tasks import task
from django_tasks.base import TaskContext


@task(takes_context=True)
def produce(context: TaskContext, key: int) -> None:
    """Twice is the same as once: what is made, or is being made, is left alone."""
    # The services put this down, and makers call services.
    from coproduce.reports import producing

    production = producing.claim(key, task=str(context.task_result.id), path=produce.module_path)
    if production is not None:
        producing.work_at(production)
