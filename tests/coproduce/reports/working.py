"""The background worker, for tests that put work down as on a server."""

from unittest import mock

from django_tasks_db.models import DBTaskResult


def work_through() -> int:
    """What the background worker does: everything that was put down and waits."""
    done = 0
    for result in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
        result.claim("worker")
        result.task.call(
            mock.Mock(task_result=mock.Mock(id=result.pk)), *result.args_kwargs["args"]
        )
        DBTaskResult.objects.filter(pk=result.pk).update(status="SUCCESSFUL")
        done += 1
    return done
