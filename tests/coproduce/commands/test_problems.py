"""What is wrong with a setting or a folder is one line that says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("options", "variables", "said"),
    [
        (["--data", "/dev/null/here"], {}, "The data folder /dev/null/here cannot be used: "),
        ([], {"COPRODUCE_DATABASE": "mysql://there"}, "COPRODUCE_DATABASE must start with sqlite"),
        ([], {"COPRODUCE_SMTP_PORT": "abc"}, "COPRODUCE_SMTP_PORT must be a number. It is “abc”."),
        ([], {"COPRODUCE_DATABASE": "sqlite:////dev/null/x"}, "The database cannot be reached: "),
    ],
)
def test_one_line_says_what_to_do(tmp_path, options, variables, said):
    done = subprocess.run(
        [sys.executable, "-m", "coproduce", "prepare", *options],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
            "DJANGO_SETTINGS_MODULE": "coproduce.settings",
            "COPRODUCE_DATA": str(tmp_path),
            "COPRODUCE_DATABASE": f"sqlite:///{tmp_path / 'x.sqlite3'}",
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) <= 2


def test_a_database_that_is_not_prepared_is_one_line(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "coproduce", "export", str(tmp_path / "x.csv"), "--conversation=x"],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "coproduce.settings",
            "COPRODUCE_DATA": str(tmp_path),
            "COPRODUCE_DATABASE": f"sqlite:///{tmp_path / 'x.sqlite3'}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The database here is not prepared")
    assert len(done.stderr.splitlines()) == 1
