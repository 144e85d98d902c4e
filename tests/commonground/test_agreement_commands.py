"""The commands `agreement` and `convert`, as somebody runs them."""

import csv
import json

import pytest

from commonground.cli import main
from commonground.cli.exit_codes import ExitCode
from commonground.formats import read_polis

PEOPLE = ["p1", "p2", "p3", "p4", "p5", "t1", "t2", "t3", "t4", "t5", "x1"]


@pytest.fixture
def files(tmp_path):
    rows = ["participant,statement,answer"]
    for who in PEOPLE:
        rows.append(f"{who},s1,{'agree' if who != 'p1' else 'disagree'}")
        rows.append(f"{who},s2,{'agree' if who[0] == 'p' else 'disagree'}")
    (tmp_path / "answers.csv").write_text("\n".join(rows) + "\n")
    (tmp_path / "statements.csv").write_text("id,text\ns2,Longer lessons\ns1,A quiet room\n")
    groups = ["participant,group"]
    groups += [f"{who},{'parent carers' if who[0] == 'p' else 'schools'}" for who in PEOPLE[:-1]]
    (tmp_path / "groups.csv").write_text("\n".join(groups) + "\n")
    return tmp_path


def agreement(files, *more):
    return main(
        [
            "agreement",
            str(files / "answers.csv"),
            "--statements",
            str(files / "statements.csv"),
            "--groups",
            str(files / "groups.csv"),
            "-o",
            str(files / "out.csv"),
            *more,
        ]
    )


def rows_of(path):
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_agreement_puts_the_most_broadly_agreed_first(files):
    assert agreement(files) == ExitCode.FINE
    first, second = rows_of(files / "out.csv")
    assert (first["text"], first["in_words"]) == (
        "A quiet room",
        "Agreed by parent carers, schools.",
    )
    assert (first["marks"], first["breadth"], first["several_partners"]) == ("2", "2", "True")
    assert first["people"] == "11"
    assert (first["parent carers: agree"], first["parent carers: disagree"]) == ("4", "1")
    assert second["in_words"] == "Agreed by parent carers. Not agreed by schools."
    assert second["several_partners"] == "False"


def test_agreement_in_public_shows_no_exact_count(files):
    assert agreement(files, "--public") == ExitCode.FINE
    first, _ = rows_of(files / "out.csv")
    assert first["people"] == "about 10"
    assert first["parent carers: agree"] == "most"
    assert first["parent carers: people"] == "about 5"
    assert not [name for name in first if "not sure" in name]


def test_agreement_as_json(files, capsys):
    assert agreement(files, "--format", "json", "-o", "-", "--enough", "6") == ExitCode.FINE
    first, _ = json.loads(capsys.readouterr().out)
    assert first["parent carers: stance"] == "too_few_to_tell"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--invited", "parent carers,health"], "nobody is in the invited group 'health'"),
        (["--answer-column", "reply"], "expected a column 'reply'"),
        (["--groups", "nowhere.csv"], "nowhere.csv: there is no such file"),
    ],
)
def test_what_is_wrong_is_said_and_the_exit_code_tells(files, capsys, more, message):
    assert agreement(files, *more) == ExitCode.BAD_INPUT
    assert message in capsys.readouterr().err


def test_enough_is_one_or_more(files, capsys):
    with pytest.raises(SystemExit) as stopped:
        agreement(files, "--enough", "0")
    assert stopped.value.code == ExitCode.USAGE
    assert "argument --enough: '0': give a whole number, 1 or more" in capsys.readouterr().err


def test_groups_of_other_people(files, capsys):
    (files / "groups.csv").write_text("participant,group\nnobody,schools\n")
    assert agreement(files) == ExitCode.BAD_INPUT
    assert "none of the participants in this file has an answer" in capsys.readouterr().err


def test_convert_there_and_back(files, capsys):
    source = ["convert", str(files / "answers.csv"), "--statements", str(files / "statements.csv")]
    assert main([*source, "-o", str(files / "polis.zip")]) == ExitCode.FINE
    export = read_polis(files / "polis.zip")
    assert [(s.id, s.text) for s in export.statements] == [
        ("s2", "Longer lessons"),
        ("s1", "A quiet room"),
    ]
    assert export.votes().answers_of("p1") == {"s1": -1, "s2": 1}
    assert main(["convert", str(files / "polis.zip"), "-o", str(files / "b.parquet")]) == 0
    assert main(["convert", str(files / "b.parquet"), "-o", "-"]) == ExitCode.FINE
    assert capsys.readouterr().out == (files / "answers.csv").read_text()


def test_convert_for_sensemaking_tools(files, capsys):
    arguments = ["convert", str(files / "answers.csv"), "--to", "sensemaking", "-o", "-"]
    arguments += ["--statements", str(files / "statements.csv")]
    assert main(arguments) == ExitCode.FINE
    assert capsys.readouterr().out.splitlines() == [
        "comment-id,comment_text,agrees,disagrees,passes",
        "s2,Longer lessons,5,6,0",
        "s1,A quiet room,10,1,0",
    ]
    assert main([*arguments, "--groups", str(files / "groups.csv")]) == ExitCode.FINE
    header, _, last = capsys.readouterr().out.splitlines()
    assert header.split(",")[2:5] == [
        f"parent carers-{k}-count" for k in ("agree", "disagree", "pass")
    ]
    assert last == "s1,A quiet room,4,1,0,5,0,0"


def test_convert_says_where_it_cannot_write(files, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["convert", str(files / "answers.csv"), "-o", str(files / "answers.csv" / "x.zip")])
    assert stopped.value.code == ExitCode.CANNOT_WRITE
    assert "cannot write" in capsys.readouterr().err
    assert main(["convert", str(files / "answers.csv"), "--to", "polis", "-o", "-"]) == 3
    assert "polis cannot go to standard output" in capsys.readouterr().err
