"""The same answers, whatever file they come in, are the same votes."""

import json
from pathlib import Path

import numpy as np
import pytest

from commonground.cli import main
from commonground.cli.exit_codes import ExitCode
from commonground.errors import InputError
from commonground.formats import (
    Answers,
    PolisStatement,
    VoteEvents,
    read_answers,
    read_csv_events,
    read_polis,
    read_statements,
    write_parquet_events,
    write_polis,
)
from commonground.votes import Votes
from tests.shared_data import shared

REAL = (
    "american-assembly.bowling-green",
    "brexit-consensus",
    "london.youth.policing",
    "scoop-hivemind.affordable-housing",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.taxes",
    "vtaiwan.uberx",
)


def written(place: Path, content: str) -> Path:
    place.write_text(content, encoding="utf-8")
    return place


def assert_same_votes(one: Votes, other: Votes) -> None:
    for name in (
        "participants",
        "statements",
        "starts",
        "columns",
        "values",
        "moderated_out",
        "meta",
    ):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


def convert(source: Path, *more: str | Path) -> None:
    assert main(["convert", str(source), *map(str, more)]) == ExitCode.FINE


def moderated_export(place: Path) -> Path:
    """Of five statements one is rejected, one is about the person, and nobody answered the last."""
    people = np.repeat(np.arange(1, 31), 4)
    topics = np.tile(np.arange(4), 30)
    answers = np.where((people < 16) == (topics % 2 == 0), 1, -1)
    write_polis(
        place,
        statements=[
            PolisStatement(0, "The bus comes late", author=3, created=1_700_000_000_000),
            PolisStatement(1, "I am a parent", moderated=1, is_meta=True),
            PolisStatement(2, "Buy this, now", moderated=-1),
            PolisStatement(3, 'A "quiet" room, please', moderated=1),
            PolisStatement(4, "Longer lunch"),
        ],
        events=VoteEvents.of(people, topics, answers, 1_700_000_000_000 + np.arange(120) * 1000),
    )
    return place


class TestConvertedAndBack:
    @pytest.mark.parametrize("ending", ["csv", "parquet"])
    @pytest.mark.parametrize("name", REAL)
    def test_a_real_export(self, tmp_path: Path, name: str, ending: str) -> None:
        source = shared("polis", name)
        rows, said = tmp_path / f"answers.{ending}", tmp_path / "statements.csv"
        convert(source, "-o", rows, "--statements-output", said)
        first, again = read_answers(source), read_answers(rows, statements=said)
        assert_same_votes(first.votes(), again.votes())
        assert first.texts() == again.texts()

    @pytest.mark.parametrize("ending", ["csv", "parquet", "zip"])
    def test_what_moderators_did_is_kept(self, tmp_path: Path, ending: str) -> None:
        source = moderated_export(tmp_path / "export.zip")
        rows, said = tmp_path / f"answers.{ending}", tmp_path / "statements.csv"
        apart = () if ending == "zip" else ("--statements-output", said)
        convert(source, "-o", rows, *apart)
        again = read_answers(rows, statements=said if apart else None)
        assert_same_votes(read_answers(source).votes(), again.votes())
        assert again.votes().moderated_out.tolist() == [False, False, True, False, False]
        assert again.votes().meta.tolist() == [False, True, False, False, False]
        assert again.statements[0] == read_answers(source).statements[0]

    def test_without_the_statements_it_says_what_is_lost(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        convert(moderated_export(tmp_path / "export.zip"), "-o", tmp_path / "answers.csv")
        assert capsys.readouterr().err == (
            "commonground: the file does not tell which they are (statements that moderators "
            "rejected: 1; statements about the person (is-meta): 1; statements that nobody "
            "answered: 1); keep that with --statements-output FILE\n"
        )

    def test_the_opinion_groups_are_the_same(self, tmp_path: Path) -> None:
        source = moderated_export(tmp_path / "export.zip")
        rows, said = tmp_path / "answers.csv", tmp_path / "statements.csv"
        convert(source, "-o", rows, "--statements-output", said)
        first, again = tmp_path / "first.json", tmp_path / "again.json"
        assert main(["groups", str(source), "-o", str(first)]) == ExitCode.FINE
        more = ["--statements", str(said), "-o", str(again)]
        assert main(["groups", str(rows), *more]) == ExitCode.FINE
        assert json.loads(first.read_text()) == json.loads(again.read_text())

    def test_statements_apart_only_where_they_are_needed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = moderated_export(tmp_path / "export.zip")
        more = ["-o", str(tmp_path / "b.zip"), "--statements-output", str(tmp_path / "s.csv")]
        assert main(["convert", str(source), *more]) == ExitCode.BAD_INPUT
        assert "only csv and parquet need it" in capsys.readouterr().err


class TestFilesOfAnExportAlone:
    @pytest.mark.parametrize("name", [one for one in REAL if "bowling" not in one])
    def test_votes_with_comments_as_the_list(self, name: str) -> None:
        folder = shared("polis", name)
        apart = read_answers(folder / "votes.csv", statements=folder / "comments.csv")
        assert_same_votes(read_answers(folder).votes(), apart.votes())

    @pytest.mark.parametrize("name", ["american-assembly.bowling-green", "vtaiwan.uberx"])
    def test_the_matrix(self, name: str) -> None:
        folder = shared("polis", name)
        whole = read_answers(folder)
        alone = read_answers(folder / "participants-votes.csv", statements=folder / "comments.csv")
        if "bowling" in name:
            assert_same_votes(whole.votes(), alone.votes())
        assert alone.polis_groups == whole.polis_groups

    @pytest.mark.parametrize("name", ["out.json", "out.txt", "out.TSV"])
    def test_no_folder_is_made_where_a_file_was_meant(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
    ) -> None:
        given = written(tmp_path / "a.csv", "participant,statement,answer\na,s,agree\n")
        assert main(["convert", str(given), "-o", str(tmp_path / name)]) == ExitCode.BAD_INPUT
        assert "ends in .csv, .parquet or .zip, or a folder" in capsys.readouterr().err
        assert not (tmp_path / name).exists()
        convert(given, "-o", tmp_path / "bowling.green")
        assert (tmp_path / "bowling.green" / "votes.csv").exists()

    def test_a_list_beside_an_export_is_refused(self, tmp_path: Path) -> None:
        source = moderated_export(tmp_path / "export.zip")
        more = written(tmp_path / "more.csv", "id,text\n0,Other words\n")
        with pytest.raises(InputError, match="a Polis export has its own statements"):
            read_answers(source, statements=more)


class TestTimes:
    """Amina first disagreed, then agreed; the rows stand the other way round."""

    ROWS = (("amina", 5, 1, 1_700_000_090), ("amina", 5, -1, 1_700_000_000))

    def answer_in(self, answers: Answers) -> int:
        return int(answers.votes().answers_of("amina")[5])

    def test_in_a_csv(self, tmp_path: Path) -> None:
        lines = [",".join(map(str, row)) for row in self.ROWS]
        place = written(tmp_path / "a.csv", "\n".join(["person,statement,vote,time", *lines]))
        assert self.answer_in(read_answers(place)) == 1

    def test_in_parquet(self, tmp_path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        names = ("participant", "statement", "answer", "time")
        columns = dict(zip(names, map(list, zip(*self.ROWS, strict=True)), strict=True))
        pq.write_table(pa.table(columns), tmp_path / "a.parquet")
        read = read_answers(tmp_path / "a.parquet")
        assert self.answer_in(read) == 1
        assert read.events.times is not None
        assert read.events.times.tolist() == [1_700_000_000_000, 1_700_000_090_000]

    def test_seconds_become_the_right_dates_in_polis(self, tmp_path: Path) -> None:
        place = written(
            tmp_path / "a.csv", "voter-id,comment-id,vote,timestamp\n1,5,1,1700000000\n"
        )
        convert(place, "-o", tmp_path / "polis")
        assert (tmp_path / "polis" / "votes.csv").read_text().splitlines()[1] == (
            "1700000000,Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time),5,1,1"
        )

    def test_dates_with_and_without_a_zone(self, tmp_path: Path) -> None:
        place = written(
            tmp_path / "a.csv",
            "person,statement,answer,time\n"
            "ben,1,agree,2023-11-14T23:13:20+01:00\nben,1,disagree,2023-11-14 22:13:19\n",
        )
        events = read_csv_events(place)
        assert events.times is not None
        assert events.times.tolist() == [1_699_999_999_000, 1_700_000_000_000]
        assert events.answers.tolist() == [-1, 1]

    @pytest.mark.parametrize("answers", [("agree", "disagree"), ("1", "-1")])
    def test_a_missing_one_among_others(self, tmp_path: Path, answers: tuple[str, str]) -> None:
        place = written(
            tmp_path / "a.csv",
            f"person,statement,answer,time\nben,1,{answers[0]},20\nben,1,{answers[1]},\n",
        )
        message = r"line 3, column time: '' is not a time, and other rows have one"
        with pytest.raises(InputError, match=message):
            read_csv_events(place)

    def test_no_time_at_all_is_fine(self, tmp_path: Path) -> None:
        place = written(tmp_path / "a.csv", "person,statement,answer,time\nben,1,agree,\n")
        assert read_csv_events(place).times is None


class TestIds:
    def test_numbers_beside_texts_in_the_list(self, tmp_path: Path) -> None:
        rows = written(tmp_path / "a.csv", "person,statement,answer\namina,3,agree\n")
        said = written(tmp_path / "s.csv", "id,text\n3,A quiet room\n3b,A louder room\n")
        votes = read_answers(rows, statements=said).votes()
        assert votes.statements.tolist() == ["3", "3b"]
        assert votes.answers_of("amina") == {"3": 1}

    def test_numbers_in_the_list_beside_texts(self, tmp_path: Path) -> None:
        write_parquet_events(tmp_path / "a.parquet", VoteEvents.of(["amina"], ["3"], [1]))
        said = written(tmp_path / "s.csv", "id,text\n3,A quiet room\n4,A bus\n")
        votes = read_answers(tmp_path / "a.parquet", statements=said).votes()
        assert votes.statements.tolist() == ["3", "4"]
        assert votes.answers_of("amina") == {"3": 1}

    @pytest.mark.parametrize("vote", ["agree", "1"])
    def test_07_is_not_7_in_words_or_numbers(self, tmp_path: Path, vote: str) -> None:
        rows = written(
            tmp_path / "a.csv", f"person,statement,answer\n07,1,{vote}\n7,1,{vote}\n8,1,{vote}\n"
        )
        assert read_answers(rows).votes().participants.tolist() == ["07", "7", "8"]

    def test_people_in_groups_whose_file_has_a_text_among_numbers(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = "".join(f"{who},1,agree\n" for who in range(1, 7))
        answers = written(tmp_path / "a.csv", "person,statement,answer\n" + rows)
        groups = "".join(f"{who},schools\n" for who in range(1, 7))
        listed = written(tmp_path / "g.csv", "person,group\n" + groups + "olu,schools\n")
        arguments = ["agreement", str(answers), "--groups", str(listed), "--format", "json"]
        assert main(arguments) == ExitCode.FINE
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["schools: agree"], row["in_words"]) == (6, "Agreed by schools.")


class TestAsPeopleSaveThem:
    @pytest.mark.parametrize("between", [";", "\t"])
    def test_semicolons_and_tabs(self, tmp_path: Path, between: str) -> None:
        rows = ["Participant ID,Statement,Answer", "amina,1,agree", "ben,1,Not sure"]
        place = written(tmp_path / "a.csv", "\n".join(rows).replace(",", between) + "\n")
        votes = read_answers(place).votes()
        assert votes.answers_of("amina") == {1: 1}
        assert votes.answers_of("ben") == {1: 0}
        bad = written(tmp_path / "b.csv", place.read_text() + f"dev{between}1{between}what\n")
        with pytest.raises(InputError, match=r"line 4, column Answer: 'what' is not an answer"):
            read_answers(bad)

    def test_whole_numbers_with_a_point(self, tmp_path: Path) -> None:
        rows = "person,statement,answer\namina,1,1.0\nben,1,-1.0\ndev,1,0.0\n"
        events = read_csv_events(written(tmp_path / "a.csv", rows))
        assert events.answers.tolist() == [1, -1, 0]
        half = written(tmp_path / "b.csv", rows.replace("0.0", "0.5"))
        with pytest.raises(InputError, match=r"line 4, column answer: '0\.5' is not an answer"):
            read_csv_events(half)

    def test_an_exact_name_comes_before_a_like_one(self, tmp_path: Path) -> None:
        rows = "Statement,statement,person,answer\n1,2,amina,agree\n"
        events = read_csv_events(written(tmp_path / "a.csv", rows))
        assert events.statements.tolist() == [2]

    def test_a_quote_that_is_never_closed(self, tmp_path: Path) -> None:
        given = written(tmp_path / "a.csv", 'participant,statement,answer\na,s,agree\nb,"s,agree\n')
        with pytest.raises(InputError, match="line 3: a double quote is opened in this row and"):
            read_csv_events(given)

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        place = written(
            tmp_path / "a.csv", "person,statement,answer\namina,1,agree\nb\0n,1,agree\n"
        )
        with pytest.raises(InputError, match="line 3: this is not text"):
            read_answers(place)

    def test_true_and_false_are_no_answers(self, tmp_path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.table({"participant": ["a"], "statement": ["b"], "answer": [False]})
        pq.write_table(table, tmp_path / "a.parquet")
        with pytest.raises(InputError, match=r"line 1, column answer: .*False.* is not an answer"):
            read_answers(tmp_path / "a.parquet")
        with pytest.raises(InputError, match="line 1, column answer: False is not an answer"):
            Votes.from_rows([("a", "b", False)])
        with pytest.raises(InputError, match="False is not an answer"):
            Votes.from_arrays(["a"], ["b"], np.array([False]))


class TestListsOfStatements:
    def test_what_moderators_made_of_them(self, tmp_path: Path) -> None:
        said = "id,text,Moderated,is-meta\n1,A bus,1,no\n2,,-1,\n3,I teach,0,TRUE\n"
        one, two, three = read_statements(written(tmp_path / "s.csv", said))
        assert (one.moderated, one.is_meta) == (1, False)
        assert (two.moderated, two.text, two.is_meta) == (-1, "", None)
        assert (three.moderated, three.is_meta) == (0, True)

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("1,A bus,5,no", r"line 2, column moderated: '5' is not 1 \(accepted\)"),
            ("1,A bus,1,perhaps", "line 2, column is-meta: 'perhaps' is not true or false"),
            ("1,,1,no", "line 2, column text: '' is not a text"),
        ],
    )
    def test_bad_rows_say_where(self, tmp_path: Path, row: str, message: str) -> None:
        place = written(tmp_path / "s.csv", f"id,text,moderated,is-meta\n{row}\n")
        with pytest.raises(InputError, match=message):
            read_statements(place)


def test_is_meta_stands_in_a_polis_file_only_where_a_statement_is(tmp_path: Path) -> None:
    moderated_export(tmp_path / "with")
    header = (tmp_path / "with" / "comments.csv").read_text().splitlines()[0]
    assert header.endswith(",moderated,is-meta,comment-body")
    said = [PolisStatement(1, "A bus", is_meta=False)]
    write_polis(tmp_path / "none", statements=said, events=VoteEvents.of([1], [1], [1]))
    header = (tmp_path / "none" / "comments.csv").read_text().splitlines()[0]
    assert header.endswith(",moderated,comment-body")
    assert read_polis(tmp_path / "with").dialect == "polis-export/1"
