import pytest

from coproduce.__main__ import main
from coproduce.statements.models import Statement
from tests.coproduce.cast import make_conversation

pytestmark = pytest.mark.django_db


def test_a_file_comes_in_from_the_command_line_whole_or_not_at_all(tmp_path, capsys):
    make_conversation()
    file = tmp_path / "room.csv"
    file.write_text("Heading,Statement,Marks\nTime,Listen,3\nTime,,lots\n")
    asked = ["import", "statements", str(file), "--conversation", "getting-to-school"]
    assert main(asked) == 1
    told = capsys.readouterr()
    assert "Line 3, Statement: There are no words here." in told.out
    assert "Nothing was imported." in told.err
    assert not Statement.objects.exists()
    file.write_text("Heading,Statement,Marks\nTime,Listen,3\n")
    assert main(asked) == 0
    assert "1 statement came in, 1 new idea." in capsys.readouterr().out
    assert main(asked) == 1
    assert "Nothing was added." in capsys.readouterr().err
    assert [statement.text for statement in Statement.objects.all()] == ["Listen"]
