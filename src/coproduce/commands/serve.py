"""Serve the pages, with a background worker beside them."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from coproduce import address
from coproduce.commands import NOT_DONE, Problem
from coproduce.parent import end_with_parent

HELP = """Serve the pages, and look after a background worker beside them.

On a server, run `coproduce prepare` before it, and put a web server with HTTPS in front. Any number
of these may share one PostgreSQL database. Stop it with Ctrl+C or SIGTERM: what people are sending
is finished first."""
READY = False

PATIENCE = 20.0
# Most of them only wait: for what a phone still sends, or for their turn (turns.py).
THREADS = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_address(parser)
    parser.add_argument(
        "--processes",
        type=int,
        default=min(4, os.cpu_count() or 1),
        help="web processes (default: one for each core, at most 4)",
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="pages alone; `coproduce work` runs elsewhere"
    )


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen on (default: 127.0.0.1, this machine only; 0.0.0.0: everybody "
        "in the network)",
    )
    parser.add_argument("--port", type=int, default=8000, help="the port (default: 8000)")


def act(options: argparse.Namespace) -> int:
    with hold_port(options.host, options.port):
        say_where(options.host, options.port)
        _require_settings()
        return supervise(options, _say_that_it_serves)


def _require_settings() -> None:
    """Raises ImproperlyConfigured: said once here, not by every process again and again."""
    from django.conf import settings

    settings.DATABASES  # noqa: B018 (read so that the settings are loaded)


def _say_that_it_serves() -> None:
    print(f"Serving {os.environ['COPRODUCE_URL']} now. Stop with Ctrl+C.", flush=True)


def hold_port(host: str, port: int) -> socket.socket:
    """The port, in use from now on for every other start, until it is closed.

    Web processes share a port with each other, and so would those of two starts: people would see
    now one database, now the other. Nothing listens at this socket, so no page waits at it.
    Raises Problem, with what to do, when nothing can listen there.
    """
    held = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # Of several that begin at the same moment one alone can listen. What ended and is still
        # fading out there is no hindrance.
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((host, port))
        held.listen()
    except (OSError, OverflowError) as problem:
        held.close()
        raise _why_not(problem, host, port) from problem
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        held.shutdown(socket.SHUT_RDWR)  # it listens no more, and on Linux keeps the port
    except OSError:
        held.close()
    return held


def _why_not(problem: OSError | OverflowError, host: str, port: int) -> Problem:
    if isinstance(problem, OverflowError):
        return Problem("A port is a number from 1 to 65535.")
    if problem.errno == errno.EADDRINUSE:
        return Problem(
            f"Port {port} is in use. Stop what runs there, or choose another: --port {port + 1}"
        )
    if problem.errno == errno.EACCES:
        return Problem(f"Port {port} is only for the system. Choose one above 1023: --port 8000")
    return Problem(f"Nothing can listen on {host}: {problem.strerror}.")


def say_where(host: str, port: int) -> None:
    """Tell the settings of what starts from here, and commands beside it, where people reach it."""
    everywhere = host in {"0.0.0.0", "::"}
    name = _address_in_the_network() if everywhere else host
    if not os.environ.get("COPRODUCE_URL"):
        os.environ["COPRODUCE_URL"] = f"http://{f'[{name}]' if ':' in name else name}:{port}"
    if everywhere:
        names = [os.environ.get("COPRODUCE_HOSTS", ""), name, socket.gethostname()]
        os.environ["COPRODUCE_HOSTS"] = ",".join(filter(None, names))
    address.keep(Path(os.environ.get("COPRODUCE_DATA", "data")), os.environ["COPRODUCE_URL"])


def _address_in_the_network() -> str:
    """The address that others in the room reach this machine by. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _start_worker() -> subprocess.Popen[bytes]:
    return _start("coproduce", "work")


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    # Ctrl+C reaches the supervisor alone: it ends the others in order.
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        preexec_fn=end_with_parent,
        start_new_session=True,
        # Sums of one process on all processors would hold up the pages of the others.
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **os.environ},
    )


def _start_web(options: argparse.Namespace) -> subprocess.Popen[bytes]:
    return _start(
        "granian",
        "--interface=wsgi",
        f"--host={options.host}",
        f"--port={options.port}",
        f"--workers={options.processes}",
        f"--blocking-threads={THREADS}",
        "--respawn-failed-workers",
        "--respawn-interval=0.5",
        "--workers-kill-timeout=15",
        "--log-level=error",  # its warnings are about the number of threads: most only wait
        "coproduce.wsgi:application",
    )


def answers(host: str, port: int) -> bool:
    """Whether somebody who comes to the port now is let in. Nothing is asked.

    A web process listens once it has loaded all that pages need.
    """
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        socket.create_connection((here, port), timeout=1).close()
    except OSError:
        return False
    return True


def supervise(options: argparse.Namespace, once_it_answers: Callable[[], None]) -> int:
    """Keep the web processes and the worker going until told to stop; the exit code.

    `once_it_answers` is called once, as soon as a browser that comes is let in. The worker is
    started again when it ends. When the web processes end, so does all.
    """
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    web = _start_web(options)
    worker = None if options.no_worker else _start_worker()
    wait = 1.0
    next_start = 0.0
    answered = False
    while not stopping and web.poll() is None:
        time.sleep(0.2 if answered else 0.05)
        if not answered and answers(options.host, options.port):
            answered = True
            once_it_answers()
        if worker is not None and worker.poll() is not None:
            now = time.monotonic()
            if not next_start:
                print(
                    f"The background worker ended ({worker.returncode}); starting it again.",
                    file=sys.stderr,
                )
                next_start = now + wait
                wait = min(60.0, wait * 2)
            elif now >= next_start:
                worker, next_start = _start_worker(), 0.0
    if not stopping:
        when = "" if answered else " before a page could be shown"
        print(f"The web processes ended{when}; stopping.", file=sys.stderr)
    for child in (web, worker):
        if child is not None and child.poll() is None:
            child.terminate()
    end_by = time.monotonic() + PATIENCE
    for child in (web, worker):
        if child is None:
            continue
        try:
            child.wait(max(0.1, end_by - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0 if stopping else NOT_DONE
