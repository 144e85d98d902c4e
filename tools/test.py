"""`./test`: everything that must hold before a change is taken in."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import environment
import postgres
from environment import PYTHON, ROOT, Stop

IN_CI = bool(os.environ.get("CI"))
# Tests that share what a module makes once stay together (tests/conftest.py).
IN_TWO = ("-n", "2", "--dist", "loadgroup")
# The one reason that holds in CI too: real data may not be part of the repository.
MAY_BE_ABSENT = "the shared data is not here"


@dataclass
class Results:
    """What was run, in the order in which it was; what was not, and why."""

    steps: list[tuple[str, bool, float]] = field(default_factory=list)
    not_run: Counter[str] = field(default_factory=Counter)
    passed: int = 0
    failed: int = 0

    def check(self, name: str, words: Sequence[str | Path], **variables: str) -> None:
        """One command that has to end well."""
        started = time.monotonic()
        print(f"\n== {name}", flush=True)
        outcome = subprocess.run(
            [str(word) for word in words], cwd=ROOT, env={**os.environ, **variables}, check=False
        )
        self.steps.append((name, outcome.returncode == 0, time.monotonic() - started))

    def pytest(self, name: str, *words: str, **variables: str) -> None:
        """Some tests; what they skip is named at the end with the reason."""
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            self.check(
                name, [PYTHON, "-m", "pytest", "-q", f"--junitxml={report}", *words], **variables
            )
            if not report.exists():
                self.failed += 1
                return
            for case in ElementTree.parse(report).iter("testcase"):
                skipped = case.find("skipped")
                if case.find("failure") is not None or case.find("error") is not None:
                    self.failed += 1
                elif skipped is not None:
                    self.not_run[skipped.get("message") or "no reason given"] += 1
                else:
                    self.passed += 1

    @property
    def good(self) -> bool:
        missing = [reason for reason in self.not_run if not reason.startswith(MAY_BE_ABSENT)]
        return not self.failed and all(ok for _, ok, _ in self.steps) and not (IN_CI and missing)

    def say(self) -> None:
        print("\n== Summary")
        for name, ok, seconds in self.steps:
            print(f"{'ok    ' if ok else 'FAILED'} {seconds:6.0f} s  {name}")
        for reason, count in self.not_run.items():
            print(f"not run: {count} × {reason}")
        skipped = sum(self.not_run.values())
        print(f"{self.passed} passed, {self.failed} failed, {skipped} not run")


def have_chromium() -> None:
    """Install the system's Chromium where there is no browser."""
    given = os.environ.get("COPRODUCE_CHROMIUM")
    if (given and Path(given).exists()) or Path("/usr/bin/chromium").exists():
        return
    if not shutil.which("apt-get"):
        return
    environment.step("Installing Chromium")
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and not shutil.which("sudo"):
        return
    for words in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
        subprocess.run(
            [*rights, "apt-get", *words],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=False,
        )


def checks(results: Results) -> None:
    code = ["src", "tests", "tools"]
    results.check("formatting", [PYTHON, "-m", "ruff", "format", "--check", *code])
    results.check("faults that can be seen in the text", [PYTHON, "-m", "ruff", "check", *code])
    results.check(
        "types",
        [PYTHON, "-m", "mypy", "-p", "commonground", "-p", "coproduce"],
        COPRODUCE_SECRET_KEY="only-for-the-types",
    )
    results.check("directions of imports", [PYTHON.with_name("lint-imports")])


def main() -> int:
    parser = argparse.ArgumentParser(prog="./test", description=__doc__)
    parser.add_argument("--no-journeys", action="store_true", help="without the browser")
    parser.add_argument("--no-postgresql", action="store_true", help="on SQLite alone")
    options = parser.parse_args()
    results = Results()
    try:
        environment.keep_compiled_code()
        environment.make_venv()
        locks = ["run", "test", *(["extras"] if IN_CI else [])]
        environment.make(*locks, with_tests=True)
        environment.make_commands()
        checks(results)
        results.pytest("tests, on SQLite", *IN_TWO, "--ignore=tests/journeys", "tests")
        if options.no_postgresql:
            results.not_run["the database tests on PostgreSQL: left out by an option"] += 1
        else:
            with postgres.server() as address:
                results.pytest(
                    "database tests, on PostgreSQL",
                    *IN_TWO,
                    "tests/coproduce",
                    COPRODUCE_DATABASE=address,
                )
        if options.no_journeys:
            results.not_run["the journeys in a browser: left out by an option"] += 1
        else:
            have_chromium()
            results.pytest("journeys, in Chromium", *IN_TWO, "tests/journeys")
    except Stop as problem:
        print(problem, file=sys.stderr)
        results.steps.append(("setting up", False, 0))
    except KeyboardInterrupt:
        return 130
    results.say()
    return 0 if results.good else 1


if __name__ == "__main__":
    sys.exit(main())
