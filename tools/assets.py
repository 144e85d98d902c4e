"""Build what the pages are drawn with into src/coproduce/static/built.

Fetches node_modules first where they are missing (with --tests: also what the tests need). Sass
the styles; fonts, scripts and pictures are copied.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "coproduce" / "pages" / "assets"
BUILT = ROOT / "src" / "coproduce" / "static" / "built"
PACKAGES = ROOT / "node_modules"

# Package of @fontsource, weights, subsets. Only these files are served.
FONTS = (
    ("atkinson-hyperlegible-next", (400, 700), ("latin", "latin-ext")),
    ("lexend", (600,), ("latin", "latin-ext")),
    ("opendyslexic", (400, 700), ("latin",)),
)


def build(node: str = "node") -> Path:
    """Build everything beside the place where it is served from, then swap it in."""
    fresh = BUILT.with_name("building")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(SOURCES / "scripts", fresh / "scripts")
    shutil.copytree(SOURCES / "pictures", fresh / "pictures")
    (fresh / "fonts").mkdir()
    for package, weights, subsets in FONTS:
        for weight in weights:
            for subset in subsets:
                name = f"{package}-{subset}-{weight}-normal.woff2"
                shutil.copy(PACKAGES / "@fontsource" / package / "files" / name, fresh / "fonts")
    subprocess.run(
        [
            node,
            str(PACKAGES / "sass" / "sass.js"),
            "--no-source-map",  # the file storage would look for the map and fail
            "--style=compressed",
            "--no-charset",
            f"--load-path={PACKAGES}",
            f"{SOURCES / 'styles'}:{fresh}",
        ],
        check=True,
        cwd=ROOT,
    )
    shutil.rmtree(BUILT, ignore_errors=True)
    os.replace(fresh, BUILT)
    return BUILT


def fetch(npm: list[str], with_tests: bool) -> None:
    """The locked packages, without optional parts and without running scripts of theirs."""
    leave_out = ["--omit=optional"] + ([] if with_tests else ["--omit=dev"])
    subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-progress", *leave_out], check=True, cwd=ROOT
    )


if __name__ == "__main__":
    wants_tests = "--tests" in sys.argv
    if not (PACKAGES / "sass").exists() or (wants_tests and not (PACKAGES / "axe-core").exists()):
        fetch(["npm"], wants_tests)
    build()
