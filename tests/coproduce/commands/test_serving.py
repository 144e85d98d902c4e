"""What looks after the service: the port, and work that a killed worker left."""

import os
import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coproduce.__main__ import main
from coproduce.commands import Problem
from coproduce.commands.serve import require_free_port
from coproduce.commands.start import hold_port
from coproduce.commands.work import reap


def test_a_port_in_use_is_one_line_that_says_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem) as said:
            require_free_port("127.0.0.1", port)
    assert str(said.value) == (
        f"Port {port} is in use. Stop what runs there, or choose another: --port {port + 1}"
    )


def test_a_port_is_in_use_from_the_first_moment_of_a_start_and_pages_can_be_served_there():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    with hold_port("127.0.0.1", port):
        with pytest.raises(Problem, match=f"Port {port} is in use"):
            require_free_port("127.0.0.1", port)
        with socket.socket() as web:
            web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            web.bind(("127.0.0.1", port))
            web.listen()
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                web.accept()[0].close()
    require_free_port("127.0.0.1", port)


def test_an_unknown_command_is_used_wrongly_and_lists_the_others(capsys):
    assert main(["sreve"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("There is no command 'sreve'.")
    assert "serve the pages, with a background worker" in said


def _running(worker, started):
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=started,
        worker_ids=[worker],
        task_path="nothing",
        args_kwargs={"args": [], "kwargs": {}},
        queue_name="default",
        backend_name="default",
        run_after=started,
        exception_class_path="",
        traceback="",
    )


@pytest.mark.django_db
def test_work_is_given_back_when_its_worker_is_gone_and_only_then():
    here, now = socket.gethostname()[:36], timezone.now()
    gone = 2**22 + 1  # above the largest number that Linux gives a process
    left = _running(f"{here}/{gone}/aa", now)
    alive = _running(f"{here}/{os.getpid()}/bb", now)
    elsewhere = _running(f"other/{gone}/cc", now)
    long_gone = _running(f"other/{gone}/dd", now - timedelta(hours=2))
    assert reap() == 2
    status = dict(DBTaskResult.objects.values_list("pk", "status"))
    ready, running = TaskResultStatus.READY, TaskResultStatus.RUNNING
    assert status == {
        left.pk: ready,
        alive.pk: running,
        elsewhere.pk: running,
        long_gone.pk: ready,
    }
