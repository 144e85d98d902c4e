"""The command line lists its commands and says in one line what went wrong."""

import argparse
import importlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import commonground
from commonground.cli import main
from commonground.cli.exit_codes import ExitCode
from commonground.cli.output import write_json, write_table
from commonground.errors import InputError


def test_a_wrong_command_is_a_usage_error(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["no-such-command"])
    assert stopped.value.code == ExitCode.USAGE
    assert "no-such-command" in capsys.readouterr().err


def test_an_input_error_says_where():
    error = InputError("give a number", path="votes.csv", line=3, column="vote")
    assert str(error) == "votes.csv, line 3, column vote: give a number"
    assert str(InputError("name a file", column="--output")) == "--output: name a file"


def test_a_table_as_csv_and_as_json(capsys):
    arguments = argparse.Namespace(output=None, format="csv", default_format="csv")
    write_table(arguments, ["id", "share"], [(np.int64(3), float("nan")), ("a,b", 0.5)])
    assert capsys.readouterr().out == 'id,share\n3,\n"a,b",0.5\n'
    arguments.format = "json"
    write_table(arguments, ["id", "share"], [(np.int64(3), float("nan"))])
    assert capsys.readouterr().out == '[\n  {\n    "id": 3,\n    "share": null\n  }\n]\n'


def test_the_ending_of_the_file_chooses_the_format(tmp_path):
    path = tmp_path / "result.json"
    arguments = argparse.Namespace(output=str(path), format=None, default_format="csv")
    write_table(arguments, ["id"], [(1,)])
    assert path.read_text() == '[\n  {\n    "id": 1\n  }\n]\n'


def test_a_place_that_cannot_be_written_has_its_own_exit_code(tmp_path, capsys):
    arguments = argparse.Namespace(output=str(tmp_path / "no" / "file.json"))
    with pytest.raises(SystemExit) as stopped:
        write_json(arguments, {"a": 1})
    assert stopped.value.code == ExitCode.CANNOT_WRITE
    assert "cannot write" in capsys.readouterr().err


def test_it_says_its_version(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"commonground {commonground.__version__}\n"


def test_a_file_without_answers_is_named(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("participant,statement,answer\n")
    assert main(["groups", str(tmp_path / "a.csv")]) == ExitCode.FINE
    assert f"there are no answers in {tmp_path / 'a.csv'}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("start", "not_needed"),
    [
        ("from commonground.cli.main import build_parser; build_parser().format_help()", "numpy"),
        ("import commonground.what_groups_say, commonground.polis", "scipy.special"),
    ],
)
def test_what_takes_long_to_load_is_left_until_it_is_needed(start, not_needed):
    program = f"import sys; {start}; print({not_needed!r} in sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert found.stdout == "False\n"


def test_help_names_what_is_there():
    lines = re.findall(
        r"^    (commonground\.\w+) +([\w, ]*?)(?: …)?(?::|$)", commonground.__doc__, re.M
    )
    assert len(lines) >= 8
    for module, names in lines:
        for name in names.split(", "):
            assert hasattr(importlib.import_module(module), name), (module, name)


def test_the_distribution_ships_the_licence_of_the_repository():
    here = Path(commonground.__file__).parent
    assert (here / "LICENSE").read_bytes() == (here.parents[1] / "LICENSE").read_bytes()
