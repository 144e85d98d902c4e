"""`commonground groups` and `commonground report` on files."""

import csv
import json

import pytest

from commonground.cli import main
from commonground.cli.exit_codes import ExitCode
from tests.commonground.opinion_groups.rooms import planted_room, same_partition


@pytest.fixture
def answers(tmp_path):
    votes, camp = planted_room(camps=2, people=80, answered=0.95)
    path = tmp_path / "answers.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["participant", "statement", "answer"])
        for row, column, value in zip(votes.rows, votes.columns, votes.values, strict=True):
            writer.writerow([f"p{row:02}", f"s{column}", value])
    return path, camp


def test_groups_as_csv(answers, tmp_path):
    path, camp = answers
    output = tmp_path / "groups.csv"
    assert main(["groups", str(path), "-o", str(output)]) == ExitCode.FINE
    rows = list(csv.DictReader(output.open()))
    assert [row["participant"] for row in rows] == [f"p{n:02}" for n in range(80)]
    labels = ["AB".index(row["opinion-group"]) for row in rows]
    assert same_partition(labels, camp) > 0.9
    for row in rows:
        assert float(row["probability-A"]) + float(row["probability-B"]) == pytest.approx(
            1, abs=2e-4
        )
        assert 0 < float(row["x-standard-error"]) < 1


def test_groups_as_json_have_everything(answers, capsys):
    path, _ = answers
    assert main(["groups", str(path), "--format", "json"]) == ExitCode.FINE
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "groups"
    assert sum(group["people"] for group in found["groups"]) == 80
    assert found["groups"][0]["says"][0]["difference"]["low"] > 0
    assert len(found["participants"]) == 80
    assert found["dividing"]
    first = found["participants"][0]
    assert -1 < first["x"] < 1
    assert 0 < first["y-standard-error"] < 1


def test_places_that_are_not_known_are_left_empty(tmp_path, capsys):
    path = tmp_path / "unsure.csv"
    path.write_text("participant,statement,answer\na,1,not sure\n")
    assert main(["groups", str(path)]) == ExitCode.FINE
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (row["x"], row["x-standard-error"]) == ("0.0", "")


def test_groups_as_polis_finds_them(answers, capsys):
    path, camp = answers
    assert main(["groups", str(path), "--polis"]) == ExitCode.FINE
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert same_partition([int(row["group-id"]) for row in rows], camp) > 0.9


@pytest.mark.parametrize("number", ["0", "-2", "two"])
@pytest.mark.parametrize("command", ["groups", "report"])
def test_a_number_of_groups_that_makes_no_sense(answers, capsys, command, number):
    with pytest.raises(SystemExit) as stopped:
        main([command, str(answers[0]), f"--groups={number}"])
    assert stopped.value.code == ExitCode.USAGE
    assert f"{number!r}: give a whole number, 1 or more" in capsys.readouterr().err


def test_a_report_is_written(answers, tmp_path):
    output = tmp_path / "report.html"
    assert main(["report", str(answers[0]), "-o", str(output), "--title", "Bus"]) == ExitCode.FINE
    page = output.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<h1>Bus</h1>" in page


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["report", str(tmp_path / "no.csv")]) == ExitCode.BAD_INPUT
    assert "no.csv" in capsys.readouterr().err


def test_a_bad_answer_names_its_line(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text("participant,statement,answer\na,1,agree\nb,1,perhaps\n")
    assert main(["groups", str(path)]) == ExitCode.BAD_INPUT
    error = capsys.readouterr().err
    assert "bad.csv" in error
    assert "line 3" in error


def test_a_column_of_another_name_is_told_with_what_to_do(tmp_path, capsys):
    answers = tmp_path / "answers.csv"
    answers.write_text("who,statement,answer\namina,s1,agree\n")
    assert main(["groups", str(answers)]) == ExitCode.BAD_INPUT
    assert capsys.readouterr().err == (
        f"commonground: {answers}, line 1: expected a column 'participant' or 'participant_id' or "
        "'voter-id' or 'user_id' or 'voter' or 'person'; found: who, statement, answer; if it is "
        "called otherwise, name it with --participant-column, --statement-column or "
        "--answer-column\n"
    )
    assert main(["groups", str(answers), "--participant-column", "who"]) == ExitCode.FINE
    assert capsys.readouterr().out.splitlines()[1].startswith("amina,")


def test_no_option_is_named_for_a_column_of_the_list_of_statements(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("participant,statement,answer\namina,s1,agree\n")
    (tmp_path / "s.csv").write_text("id,said\ns1,More benches\n")
    given = [str(tmp_path / "a.csv"), "--statements", str(tmp_path / "s.csv")]
    assert main(["groups", *given]) == ExitCode.BAD_INPUT
    told = capsys.readouterr().err
    assert "s.csv, line 1: expected a column 'text'" in told
    assert "--participant-column" not in told


def test_who_watches_is_told_what_is_being_done(answers, tmp_path, capsys, monkeypatch):
    path, _ = answers
    (tmp_path / "s.csv").write_text("id,text\ns1,More benches\ns2,Fewer benches\n")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    given = [str(path), "--statements", str(tmp_path / "s.csv"), "-o", str(tmp_path / "r.html")]
    assert main(["report", *given]) == ExitCode.FINE
    said = [line for line in capsys.readouterr().err.splitlines() if "commonground:" not in line]
    assert said[0] == f"reading {path}"
    assert said[2:] == [
        "looking for opinion groups",
        "comparing statements",
        "looking for connected ideas",
        "counting what each opinion group says, and trying halves",
        "writing the page",
    ]
