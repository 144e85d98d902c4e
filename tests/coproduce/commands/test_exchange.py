"""The operator's commands for files: what they write, say and return."""

import json
import zipfile

import pytest

from coproduce.__main__ import main
from coproduce.commands import LONGEST_ANSWER, bring_in
from coproduce.conversations.models import Conversation
from coproduce.people.models import Account
from tests.coproduce.cast import make_conversation, make_statement

pytestmark = pytest.mark.django_db


def test_statements_come_in_once(tmp_path, capsys):
    conversation = make_conversation()
    file = tmp_path / "room.csv"
    file.write_text("statement,idea\nLet us in,Doors\nListen,Doors\nListen,\n")
    assert main(["import", "statements", str(file), "--conversation", "getting-to-school"]) == 0
    assert "3 statements came in, 1 new idea." in capsys.readouterr().out
    assert conversation.statements.count() == 3
    assert main(["import", "statements", str(file), "--conversation", "getting-to-school"]) == 1
    assert "Nothing was added." in capsys.readouterr().err
    assert conversation.statements.count() == 3


def test_problems_are_told_by_line_and_nothing_comes_in(tmp_path, capsys):
    conversation = make_conversation()
    file = tmp_path / "room.csv"
    file.write_text("statement,room marks\nLet us in,many\n")
    assert main(["import", "statements", str(file), "--conversation", "getting-to-school"]) == 1
    assert "Line 2, " in capsys.readouterr().out
    assert conversation.statements.count() == 0


def test_a_conversation_that_is_not_there_is_told_with_those_that_are(tmp_path, capsys):
    make_conversation()
    assert main(["export", str(tmp_path / "x.json"), "--conversation", "gone"]) == 1
    assert capsys.readouterr().err.strip() == (
        "There is no conversation 'gone'. There are: getting-to-school."
    )


def test_the_ending_of_the_name_says_what_is_written(tmp_path, capsys):
    make_statement(make_conversation(), "Let us in")
    file = tmp_path / "out.json"
    assert main(["export", str(file), "--conversation", "getting-to-school"]) == 0
    assert [row["text"] for row in json.loads(file.read_text())["statements"]] == ["Let us in"]
    assert main(["export", str(tmp_path / "o.txt"), "--conversation", "getting-to-school"]) == 1
    assert "end the name in .json, .csv or .zip" in capsys.readouterr().err


def test_a_polis_export_needs_somebody_to_run_it(tmp_path, capsys, shared_data):
    folder = shared_data("polis", "london.youth.policing")
    assert main(["import", "polis", str(folder)]) == 1
    assert "--organiser EMAIL" in capsys.readouterr().err
    Account.objects.create(email="grace@example.org", name="Grace", runs_installation=True)
    assert main(["import", "polis", str(folder), "--organiser", "grace@example.org"]) == 0
    assert "39 statements, 27 people, 638 answers" in capsys.readouterr().out


def test_a_broken_zip_is_one_line(tmp_path, capsys):
    Account.objects.create(email="grace@example.org", name="Grace", runs_installation=True)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    assert main(["import", "polis", str(broken), "--organiser", "grace@example.org"]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert Conversation.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_backup_goes_out_and_comes_back(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COPRODUCE_BACKUP_PASSPHRASE", "four round stones on paper")
    conversation = make_conversation()
    make_statement(conversation, "Let us in")
    file = tmp_path / "all.backup"
    assert main(["backup", str(file)]) == 0
    assert "Left out:" in capsys.readouterr().out
    assert main(["restore", str(file)]) == 1
    assert "Already here: getting-to-school" in capsys.readouterr().err


def test_no_passphrase_where_nobody_can_type_one(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("COPRODUCE_BACKUP_PASSPHRASE", raising=False)
    make_conversation()
    assert main(["backup", str(tmp_path / "all.backup")]) == 1
    assert "--passphrase-file FILE" in capsys.readouterr().err


def test_a_zip_that_would_fill_the_memory_is_not_opened(tmp_path, capsys, monkeypatch):
    Account.objects.create(email="grace@example.org", name="Grace", runs_installation=True)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("summary.csv", "topic,x\n")
        archive.writestr("comments.csv", "0" * 100_000 + "\n" * 2_000_000)
    given = ["import", "polis", str(bomb), "--organiser", "grace@example.org"]
    assert main(given) == 1
    assert LONGEST_ANSWER <= len(capsys.readouterr().err) < LONGEST_ANSWER + 10
    monkeypatch.setattr(bring_in, "MOST_UNPACKED", 2_000_000)
    assert main(given) == 1
    assert "It is not opened." in capsys.readouterr().err
    assert Conversation.objects.count() == 0


def test_a_way_in_is_made_for_an_address_alone(capsys):
    assert main(["sign-in", "grace"]) == 1
    assert "“grace” is not an email address" in capsys.readouterr().err
    assert not Account.objects.exists()
