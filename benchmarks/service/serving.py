"""A server of the product for a benchmark or a test, as an operator starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Server:
    """`coproduce serve` in a process group of its own."""

    def __init__(
        self, data: Path, *, port: int = 0, processes: int = 2, **environment: str
    ) -> None:
        self.port = port or free_port()
        self.log = (data / "serve.log").open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "coproduce", "serve"),
                *("--port", str(self.port), "--processes", str(processes)),
            ],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "COPRODUCE_DATA": str(data),
                "DJANGO_SETTINGS_MODULE": "coproduce.settings",
                **environment,
            },
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait(data)

    def _wait(self, data: Path) -> None:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.kill()
        raise RuntimeError((data / "serve.log").read_text()[-2000:])

    def kill(self) -> None:
        """Every process of it at once, with nothing finished first."""
        for key in [self.process.pid, *below(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(key, signal.SIGKILL)
        self.process.wait()
        self.log.close()


def below(parent: int) -> list[int]:
    """The processes that a process started, and those that they started (Linux)."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    found = [parent]
    for one in found:
        found += [child for child, above in parents.items() if above == one]
    return found[1:]


@contextmanager
def serving(data: Path, **options: object) -> Iterator[Server]:
    server = Server(data, **options)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.kill()
