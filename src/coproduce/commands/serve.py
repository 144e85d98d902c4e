"""Serve the pages, with a background worker beside them."""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from coproduce.commands import NOT_DONE, Problem

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
    require_free_port(options.host, options.port)
    return supervise(options)


def require_free_port(host: str, port: int) -> None:
    """Raise Problem, with what to do, when nothing can listen there."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OverflowError as problem:
        raise Problem("A port is a number from 1 to 65535.") from problem
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise Problem(
                f"Port {port} is in use. Stop what runs there, or choose another: --port {port + 1}"
            ) from problem
        if problem.errno == errno.EACCES:
            raise Problem(
                f"Port {port} is only for the system. Choose one above 1023: --port 8000"
            ) from problem
        raise Problem(f"Nothing can listen on {host}: {problem.strerror}.") from problem


def _end_with_parent() -> None:
    # Where the supervisor is killed outright, Linux ends its children too.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _start_worker() -> subprocess.Popen[bytes]:
    return _start("coproduce", "work")


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    # Ctrl+C reaches the supervisor alone: it ends the others in order.
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        preexec_fn=_end_with_parent,
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


def supervise(options: argparse.Namespace) -> int:
    """Keep the web processes and the worker going until told to stop; the exit code.

    The worker is started again when it ends. When the web processes end, so does all.
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
    while not stopping and web.poll() is None:
        time.sleep(0.2)
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
        print("The web processes ended; stopping.", file=sys.stderr)
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
