"""The commands `duplicates` and `ideas`, as somebody runs them."""

import csv
import json
from pathlib import Path

import pytest

from commonground.cli import main
from commonground.cli.exit_codes import ExitCode
from commonground.duplicates import AnsweredBoth, answers_among
from commonground.votes import Votes

STATEMENTS = """id,text
a,The gate is locked too early.
b,the gate is locked too early
c,I want to get the bus by myself
d,I don't want to get the bus by myself
"""


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_duplicates_lists_the_same_first_and_opposites_last(tmp_path: Path) -> None:
    given = written(tmp_path, "said.csv", STATEMENTS)
    out = tmp_path / "pairs.csv"
    assert main(["duplicates", given, "--words-only", "-o", str(out)]) == ExitCode.FINE
    found = [(row["relation"], row["first"], row["second"]) for row in rows_of(out)]
    assert found == [("same", "a", "b"), ("opposite", "c", "d")]
    assert rows_of(out)[0]["reasons"] == "same words"


def test_duplicates_tells_somebody_who_watches_how_far_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    given = written(tmp_path, "said.csv", STATEMENTS)
    assert main(["duplicates", given, "--words-only", "-o", str(tmp_path / "p.csv")]) == 0
    assert "comparing pairs: 2 of 2" in capsys.readouterr().err


def test_ideas_keeps_what_a_person_placed(tmp_path: Path) -> None:
    given = written(tmp_path, "said.csv", STATEMENTS)
    placed = written(tmp_path, "placed.csv", "id,idea\nc,Getting about\na,\n")
    out = tmp_path / "ideas.json"
    code = main(["ideas", given, "--words-only", "--placed", placed, "-o", str(out)])
    assert code == ExitCode.FINE
    rows = {(row["id"], row["name"], row["made_by"]) for row in json.loads(out.read_text())}
    assert ("c", "Getting about", "a person") in rows
    assert ("d", "Getting about", "suggested") in rows


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("said.csv", "id,words\na,Listen\n", "line 1: expected a column 'text'"),
        ("said.csv", "id,text\na,Listen\nb,\n", "line 3, column text"),
        ("said.csv", "", "the file is empty"),
    ],
)
def test_a_bad_file_is_named_by_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, message: str
) -> None:
    given = written(tmp_path, name, text)
    for command in ("duplicates", "ideas"):
        assert main([command, given, "--words-only"]) == ExitCode.BAD_INPUT
        assert message in capsys.readouterr().err


@pytest.mark.parametrize("command", ["duplicates", "ideas"])
def test_answers_are_not_taken_for_statements(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    given = written(tmp_path, "answers.csv", "participant,statement,answer\namina,bus,agree\n")
    assert main([command, given, "--words-only"]) == ExitCode.BAD_INPUT
    told = capsys.readouterr()
    assert "answers.csv, line 1: this file has a row for each answer; expected one" in told.err
    assert told.out == ""


def test_a_statement_list_may_call_its_texts_statements(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = written(tmp_path, "said.csv", "voter,statement\namina,The gate.\nben,the gate\n")
    assert main(["duplicates", given, "--words-only"]) == ExitCode.FINE
    assert "same,1.0,0,1," in capsys.readouterr().out


def test_a_placed_id_that_nobody_knows_is_named_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = written(tmp_path, "said.csv", STATEMENTS)
    placed = written(tmp_path, "placed.csv", "id,idea\na,Gates\nz,Gates\n")
    code = main(["ideas", given, "--words-only", "--placed", placed])
    assert code == ExitCode.BAD_INPUT
    assert "line 3, column id: no statement has the id 'z'" in capsys.readouterr().err


def test_answers_of_both_are_counted_without_not_sure() -> None:
    votes = Votes.from_rows(
        [
            ("amina", "a", 1),
            ("amina", "b", 1),
            ("ben", "a", 1),
            ("ben", "b", -1),
            ("dev", "a", 0),
            ("dev", "b", 1),
            ("farah", "a", -1),
        ]
    )
    look_up = answers_among(votes)
    assert look_up("a", "b") == AnsweredBoth(people=2, alike=1)
    assert look_up("a", "z") == AnsweredBoth(people=0, alike=0)


def test_answers_apart_keep_two_statements_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = tmp_path / "said.csv"
    said.write_text(
        "id,text,moderated\n1,We need more buses,1\n2,We need more buses!,-1\n"
        "3,Buses should run on Sundays,1\n4,Buses should run on Sundays too,1\n"
    )
    command = ["duplicates", str(said), "--words-only"]
    assert main(command) == ExitCode.FINE
    found = capsys.readouterr().out.splitlines()
    assert [row.split(",")[0] for row in found[1:]] == ["same"]
    assert "more buses" not in found[1]
    answers = tmp_path / "answers.csv"
    rows = [
        f"{who},{what},{'agree' if what == 3 else 'disagree'}"
        for who in range(8)
        for what in (3, 4)
    ]
    answers.write_text("\n".join(["participant,statement,answer", *rows]))
    assert main([*command, "--answers", str(answers)]) == ExitCode.FINE
    found = capsys.readouterr().out.splitlines()
    assert [row.split(",")[0] for row in found[1:]] == ["opposite"]


def test_answers_apart_only_beside_a_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "answers.csv").write_text("participant,statement,answer\n")
    command = ["duplicates", str(tmp_path), "--answers", str(tmp_path / "answers.csv")]
    assert main(command) == ExitCode.BAD_INPUT
    assert "only a CSV of statements needs answers apart" in capsys.readouterr().err
