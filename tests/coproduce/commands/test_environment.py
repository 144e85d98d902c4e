"""What `./run` puts into its environment besides packages."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_the_commands_of_the_documents_are_there(tmp_path):
    here = tmp_path / "an environment" / "bin"
    here.mkdir(parents=True)
    python = here / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    variables = {
        **os.environ,
        "COPRODUCE_VENV": str(here.parent),
        "PYTHONPATH": str(ROOT / "src"),
    }
    make = "import environment; environment.make_commands()"
    subprocess.run([sys.executable, "-c", make], cwd=ROOT / "tools", env=variables, check=True)
    for name in ("coproduce", "commonground"):
        said = subprocess.run(
            [here / name, "--help"], env=variables, capture_output=True, text=True, check=True
        )
        assert f"{name} " in said.stdout
