"""A web process has loaded every page's code before its first request, and keeps it."""

import os
import subprocess
import sys

TOLD = """
import gc, sys
import coproduce.wsgi
print("coproduce.pages.taking_part.views.listening" in sys.modules)
print(gc.get_freeze_count() > 100_000, gc.get_threshold())
"""


def test_a_web_process_starts_with_everything_loaded_and_does_not_look_through_it_again(tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", TOLD],
        env={**os.environ, "COPRODUCE_DATA": str(tmp_path), "PYTHONPATH": "src",
             "DJANGO_SETTINGS_MODULE": "coproduce.settings"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )  # fmt: skip
    assert told.stdout.splitlines() == ["True", "True (20000, 20, 20)"]
