"""What looks after the service: the port, and work that a killed worker left."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import Namespace
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from benchmarks.service.serving import Server, below
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coproduce import address
from coproduce.__main__ import main
from coproduce.commands import Problem, serve
from coproduce.commands.serve import hold_port
from coproduce.commands.work import reap


def free_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        return other.getsockname()[1]


def test_a_port_in_use_is_one_line_that_says_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem) as said:
            hold_port("127.0.0.1", port)
    assert str(said.value) == (
        f"Port {port} is in use. Stop what runs there, or choose another: --port {port + 1}"
    )


def test_a_port_that_is_no_port_is_one_line():
    with pytest.raises(Problem, match=r"^A port is a number from 1 to 65535\.$"):
        hold_port("127.0.0.1", 70000)


def test_a_port_is_in_use_from_the_first_moment_of_a_start_and_pages_can_be_served_there():
    port = free_port()
    with hold_port("127.0.0.1", port):
        for host in ("127.0.0.1", "0.0.0.0"):
            with pytest.raises(Problem, match=f"Port {port} is in use"):
                hold_port(host, port)
        with socket.socket() as web:
            web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            web.bind(("127.0.0.1", port))
            web.listen()
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                web.accept()[0].close()  # we end it: our side stays behind, fading out
    hold_port("127.0.0.1", port).close()


def test_of_many_starts_at_one_moment_one_alone_has_the_port():
    for _ in range(40):
        port, together, had = free_port(), threading.Barrier(6), []

        def begin(port=port, together=together, had=had):
            together.wait()
            with contextlib.suppress(Problem):
                had.append(hold_port("127.0.0.1", port))

        starts = [threading.Thread(target=begin) for _ in range(6)]
        for start in starts:
            start.start()
        for start in starts:
            start.join()
        for held in had:
            held.close()
        assert len(had) == 1


def test_serve_by_itself_holds_the_port_while_it_loads_and_says_where_it_is(monkeypatch, tmp_path):
    for name in ("COPRODUCE_URL", "COPRODUCE_HOSTS"):  # put back afterwards
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("COPRODUCE_DATA", str(tmp_path))
    port = free_port()

    def loading(options, once_it_answers):
        with pytest.raises(Problem, match=f"Port {port} is in use"):
            serve.act(options)
        assert address.kept(tmp_path) == f"http://127.0.0.1:{port}"
        return 0

    monkeypatch.setattr(serve, "supervise", loading)
    assert serve.act(Namespace(host="127.0.0.1", port=port)) == 0


LISTENS_WHEN_TOLD = """
import pathlib, socket, sys, time
while not pathlib.Path(sys.argv[2]).exists():
    time.sleep(0.01)
with socket.socket() as web:
    web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    web.bind(("127.0.0.1", int(sys.argv[1])))
    web.listen()
    time.sleep(60)
"""


@pytest.fixture
def handlers():
    """The signal handlers that `supervise` sets, put back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_the_links_are_told_once_and_only_when_somebody_who_comes_is_let_in(
    monkeypatch, tmp_path, handlers, host
):
    port, told, ready = free_port(), [], tmp_path / "ready"
    web = [sys.executable, "-c", LISTENS_WHEN_TOLD, str(port), str(ready)]
    monkeypatch.setattr(serve, "_start_web", lambda options: subprocess.Popen(web))
    asked = []

    def count(*where):
        asked.append(is_open := serve_answers(*where))
        if len(asked) == 3:
            assert told == []
            ready.touch()
        return is_open

    serve_answers = serve.answers
    monkeypatch.setattr(serve, "answers", count)

    def tell():
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        told.append(len(asked))
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()

    options = Namespace(host=host, port=port, no_worker=True)
    with hold_port("127.0.0.1", port):
        assert serve.supervise(options, tell) == 0
    assert told == [len(asked)]
    assert asked[:3] == [False, False, False]
    assert asked.count(True) == 1


def test_web_processes_that_end_before_they_answer_are_one_line(monkeypatch, handlers, capfd):
    port, told = free_port(), []
    nothing = [sys.executable, "-c", ""]
    monkeypatch.setattr(serve, "_start_web", lambda options: subprocess.Popen(nothing))
    options = Namespace(host="127.0.0.1", port=port, no_worker=True)
    assert serve.supervise(options, lambda: told.append(port)) == 1
    assert told == []
    assert capfd.readouterr().err == (
        "The web processes ended before a page could be shown; stopping.\n"
    )


def test_whoever_comes_at_once_where_serve_says_it_serves_is_let_in(tmp_path):
    port = free_port()
    variables = {**os.environ, "COPRODUCE_DATA": str(tmp_path), "COPRODUCE_SECRET_KEY": "a"}
    for name in ("COPRODUCE_URL", "COPRODUCE_HOSTS"):
        variables.pop(name, None)
    command = [sys.executable, "-m", "coproduce", "serve", f"--port={port}", "--no-worker"]
    with subprocess.Popen(
        [*command, "--processes=1"], env=variables, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            first = server.stdout.readline()
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        finally:
            server.terminate()
    assert first == f"Serving http://127.0.0.1:{port} now. Stop with Ctrl+C.\n"
    assert server.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone ends processes with their parent")
@pytest.mark.parametrize("outright", ["supervisor", "granian"])
def test_no_web_process_lives_on_where_what_started_it_is_killed(tmp_path, outright):
    server = Server(tmp_path, processes=2)
    try:
        started = below(server.process.pid)
        granian = next(one for one in started if "granian" in _command(one))
        web = below(granian)
        assert len(web) >= 2
        os.kill(server.process.pid if outright == "supervisor" else granian, signal.SIGKILL)
        ended_by = time.monotonic() + 20
        while any(_command(one) for one in started) and time.monotonic() < ended_by:
            time.sleep(0.1)
        assert [one for one in started if _command(one)] == []
        again = Server(tmp_path, port=server.port, processes=1)
        again.kill()
    finally:
        for one in started:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        server.kill()


def _command(process: int) -> str:
    """What it runs; empty where it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    return ""


def test_settings_that_cannot_be_used_are_one_line_and_nothing_starts(tmp_path):
    said = subprocess.run(
        [sys.executable, "-m", "coproduce", "serve", f"--port={free_port()}"],
        env={**os.environ, "COPRODUCE_DATA": str(tmp_path), "COPRODUCE_DATABASE": "nonsense"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert said.returncode == 1
    assert said.stderr == (
        "COPRODUCE_DATABASE must start with sqlite:/// or postgresql://, for instance "
        "postgresql://coproduce:password@127.0.0.1:5432/coproduce\n"
    )


@pytest.mark.parametrize(
    ("given", "left", "printed"),
    [
        ("", "", "http://127.0.0.1:8000"),
        ("", "http://127.0.0.1:8311", "http://127.0.0.1:8311"),
        ("https://a.example.org/", "http://127.0.0.1:8311", "https://a.example.org"),
    ],
)
def test_commands_print_the_address_of_the_service_that_runs(tmp_path, given, left, printed):
    if left:
        address.keep(tmp_path, left)
    said = subprocess.run(
        [sys.executable, "-c", "from coproduce import settings; print(settings.PUBLIC_URL)"],
        env={**os.environ, "COPRODUCE_DATA": str(tmp_path), "COPRODUCE_URL": given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == printed


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
