"""A PostgreSQL server for the tests alone: in a temporary folder, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environment


def _binaries() -> Path:
    """The folder of initdb and postgres: the system's newest, else the package's."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    environment.install("postgresql")
    return next((environment.VENV / "lib").glob("python3*/site-packages/pgserver/pginstall/bin"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """Its address for COPRODUCE_DATABASE, while it runs."""
    folder = Path(tempfile.mkdtemp(prefix="coproduce-postgresql-"))
    binaries = _binaries()
    # PostgreSQL refuses to run as root: then it runs as nobody, who must own the folder.
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if nobody and environment.VENV in binaries.parents:
        # The environment may lie where nobody may not look. The server looks for the libraries that
        # came with it beside its package.
        packages = next(one for one in binaries.parents if one.name == "site-packages")
        for package in ("pgserver", "pgserver.libs"):
            if (packages / package).exists():
                shutil.copytree(packages / package, folder / "server" / package)
        binaries = folder / "server" / binaries.relative_to(packages)
    if nobody:
        shutil.chown(folder, "nobody", nobody.pw_gid)
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid} if nobody else {}
    data = folder / "data"
    port = _free_port()
    process = None
    try:
        subprocess.run(
            [
                binaries / "initdb",
                "--auth=trust",
                "--username=coproduce",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
                "-D",
                data,
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **who,
        )
        log = (folder / "log").open("wb")
        process = subprocess.Popen(
            [
                binaries / "postgres",
                *("-D", data, "-k", folder, "-h", "127.0.0.1", "-p", str(port)),
                # A cluster that is thrown away need not survive a power cut.
                *("-c", "fsync=off", "-c", "synchronous_commit=off"),
                *("-c", "full_page_writes=off", "-c", "max_connections=60"),
                # Where it comes by while a test's tables are empty, questions are planned for empty
                # ones from then on: loading the example took twenty minutes in place of one.
                *("-c", "autovacuum=off"),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            **who,
        )
        _wait_for(process, port, folder / "log")
        yield f"postgresql://coproduce@127.0.0.1:{port}/postgres"
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.decode(errors="replace").strip()
        raise environment.Stop(f"PostgreSQL could not be set up: {said}") from problem
    finally:
        if process is not None:
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(150):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise environment.Stop(f"PostgreSQL did not start: {log.read_text(errors='replace')[-500:]}")
