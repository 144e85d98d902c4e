"""Write the locks again, after a change to pyproject.toml or package.json. Needs uv and npm.

The locks name versions and digests, and no address of any registry.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--generate-hashes"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
    *("--universal", "--python-version", "3.11"),
)


def lock_python() -> None:
    """requirements/run.txt from the dependencies, and one lock for each group beside it."""
    run = ROOT / "requirements" / "run.txt"
    subprocess.run([*COMPILE, "pyproject.toml", "-o", run], check=True, cwd=ROOT)
    extras = run.with_name("extras.txt")
    subprocess.run(
        [*COMPILE, "--all-extras", "pyproject.toml", "-c", run, "-o", extras], check=True, cwd=ROOT
    )
    for group in ("test", "node", "postgresql"):
        # Under the same versions as the service itself, so that tests try what runs.
        subprocess.run(
            [*COMPILE, "--group", group, "-c", run, "-o", run.with_name(f"{group}.txt")],
            check=True,
            cwd=ROOT,
        )


def lock_node() -> None:
    subprocess.run(
        ["npm", "install", "--package-lock-only", "--ignore-scripts"], check=True, cwd=ROOT
    )
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    lock_python()
    lock_node()
