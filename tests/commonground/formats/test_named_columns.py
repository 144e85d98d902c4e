"""CSV and Parquet with named columns."""

import io

import numpy as np
import pytest

from commonground.errors import InputError
from commonground.formats import (
    Columns,
    VoteEvents,
    parquet_blocks,
    read_answers,
    read_csv_events,
    read_memberships,
    read_parquet_events,
    read_statements,
    write_csv_events,
    write_parquet_events,
)

ROWS = "participant,statement,answer\nAmina,s1,agree\nBen,s1,not sure\nAmina,s1,disagree\n"


def written(place, content):
    place.write_text(content, encoding="utf-8")
    return place


def test_answers_in_words_and_the_last_one_counts(tmp_path):
    answers = read_answers(written(tmp_path / "a.csv", ROWS))
    votes = answers.votes()
    assert votes.answers_of("Amina") == {"s1": -1}
    assert votes.answers_of("Ben") == {"s1": 0}


def test_columns_by_other_names_and_times(tmp_path):
    place = written(tmp_path / "a.csv", "who,what,said,when\n1,2,1,20\n1,2,-1,10\n")
    columns = Columns(participant="who", statement="what", answer="said", time="when")
    events = read_csv_events(place, columns)
    assert (events.participants.tolist(), events.statements.tolist()) == ([1, 1], [2, 2])
    assert (events.answers.tolist(), events.times.tolist()) == ([-1, 1], [10, 20])


def test_the_votes_that_polis_imports(tmp_path):
    said = "# vote-convention: agree=+1;disagree=-1;pass=0\n"
    rows = "vote_id,user_id,vote_value,timestamp,comment_id\n1,5,1,100,7\n"
    events = read_csv_events(written(tmp_path / "a.csv", said + rows))
    assert (events.participants.tolist(), events.statements.tolist()) == ([5], [7])
    turned = said.replace("+1", "9").replace("=-1", "=+1")
    with pytest.raises(InputError, match=r"line 1, column vote-convention: the file declares"):
        read_csv_events(written(tmp_path / "b.csv", turned + rows))
    with pytest.raises(InputError, match=r"line 3, column vote_value: 'x' is not an answer"):
        read_csv_events(written(tmp_path / "c.csv", said + rows.replace(",1,100", ",x,100")))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ROWS + "Dev,s1,maybe\n", r"line 5, column answer: 'maybe' is not an answer"),
        (ROWS + ",s1,agree\n", r"line 5, column participant: '' is not an id"),
        (ROWS + "Dev,s1\n", "line 5: 2 values where the first line names 3 columns"),
        (ROWS.replace("answer", "reply"), "line 1: expected a column 'answer' or 'vote'"),
        (ROWS.replace("answer", "statement"), "line 1: the column 'statement' is there twice"),
        ("", "the file is empty"),
    ],
)
def test_bad_rows_say_where(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read_answers(written(tmp_path / "a.csv", content))


def test_line_numbers_count_line_breaks_in_quotes(tmp_path):
    content = 'participant,statement,answer\n"Am\nina",s1,agree\nBen,s1,what\n'
    with pytest.raises(InputError, match=r"line 4, column answer"):
        read_answers(written(tmp_path / "a.csv", content))


def test_texts_come_from_a_file_of_their_own(tmp_path):
    answers = written(tmp_path / "a.csv", ROWS)
    texts = written(tmp_path / "t.csv", "id,text\ns1,Buses that wait\ns2,A quiet room\n")
    read = read_answers(answers, statements=texts)
    assert read.texts() == {"s1": "Buses that wait", "s2": "A quiet room"}
    assert read.votes().n_statements == 2
    other = written(tmp_path / "o.csv", "id,text\ns2,A quiet room\n")
    with pytest.raises(InputError, match=r"no statement in this list has an answer; .* are to s1"):
        read_answers(answers, statements=other)
    two = written(tmp_path / "two.csv", ROWS + "Dev,s2,agree\n")
    (warning,) = read_answers(two, statements=other).warnings
    assert warning.startswith("1 statements have answers but are not in")
    assert warning.endswith("the first is s1. They are kept, without a text.")
    with pytest.raises(InputError, match="line 2, column text: '' is not a text"):
        read_statements(written(tmp_path / "e.csv", "id,text\ns1,\n"))


def test_who_is_in_which_groups(tmp_path):
    place = written(
        tmp_path / "g.csv",
        "participant,group\nAmina,parent carers;forum\nAmina,health\nBen,\nFarah, social care \n",
    )
    assert read_memberships(place) == {
        "Amina": frozenset({"parent carers", "forum", "health"}),
        "Ben": frozenset(),
        "Farah": frozenset({"social care"}),
    }


def test_a_file_of_another_kind(tmp_path):
    with pytest.raises(InputError, match=r"expected a folder, or a file that ends in \.zip"):
        read_answers(written(tmp_path / "a.txt", ROWS))
    with pytest.raises(InputError, match="this is a spreadsheet; save the sheet with the answers"):
        read_answers(written(tmp_path / "a.xlsx", ROWS))
    with pytest.raises(InputError, match="there is no such file"):
        read_answers(tmp_path / "a.csv")


def events_of(people: int, statements: int = 4) -> VoteEvents:
    who = np.repeat(np.arange(people), statements)
    what = np.tile(np.arange(statements), people)
    return VoteEvents.of(who, what, (who * 7 + what) % 3 - 1, 1000 + np.arange(len(who)))


class TestParquet:
    def test_round(self, tmp_path):
        events = events_of(5)
        write_parquet_events(tmp_path / "a.parquet", events)
        again = read_parquet_events(tmp_path / "a.parquet")
        for name in ("participants", "statements", "answers", "times"):
            assert getattr(again, name).tolist() == getattr(events, name).tolist()

    @pytest.mark.parametrize("rows", [3, 4, 7, 1000])
    def test_blocks_hold_whole_people_and_all_statements(self, tmp_path, rows):
        events = events_of(9)
        write_parquet_events(tmp_path / "a.parquet", events)
        blocks = list(parquet_blocks(tmp_path / "a.parquet", rows=rows))
        assert np.concatenate([block.participants for block in blocks]).tolist() == list(range(9))
        assert {block.n_statements for block in blocks} == {4}
        whole = read_answers(tmp_path / "a.parquet").votes()
        assert sum(block.tallies().agree for block in blocks).tolist() == (
            whole.tallies().agree.tolist()
        )

    def test_blocks_need_a_sorted_file(self, tmp_path):
        mixed = VoteEvents.of([1, 2, 1], [0, 0, 1], [1, 1, 1])
        write_parquet_events(tmp_path / "a.parquet", mixed)
        with pytest.raises(InputError, match="the participant 1 comes back after others"):
            list(parquet_blocks(tmp_path / "a.parquet", rows=1))

    def test_bad_files(self, tmp_path):
        with pytest.raises(InputError, match="this is not a Parquet file"):
            read_answers(written(tmp_path / "a.parquet", "no"))
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table({"participant": [1], "statement": [1]}), tmp_path / "b.parquet")
        with pytest.raises(InputError, match="expected a column 'answer' or 'vote'"):
            read_answers(tmp_path / "b.parquet")
        content = {"participant": [1, 1], "statement": [1, 2], "answer": ["agree", "perhaps"]}
        pq.write_table(pa.table(content), tmp_path / "c.parquet")
        with pytest.raises(InputError, match="line 2, column answer: 'perhaps' is not an answer"):
            read_answers(tmp_path / "c.parquet")
        halves = {"participant": [1, 1], "statement": [1, 2], "answer": [1.0, 0.5]}
        pq.write_table(pa.table(halves), tmp_path / "d.parquet")
        with pytest.raises(InputError, match="line 2, column answer: 0\\.5 is not an answer"):
            read_answers(tmp_path / "d.parquet")

    def test_a_file_that_is_broken_in_the_middle(self, tmp_path):
        place = tmp_path / "a.parquet"
        write_parquet_events(place, events_of(500))
        content = bytearray(place.read_bytes())
        content[200:1200] = bytes(1000)
        place.write_bytes(content)
        for read in (read_answers, lambda path: list(parquet_blocks(path))):
            with pytest.raises(InputError, match=f"{place}: .* part of it is lost"):
                read(place)


def test_csv_goes_round():
    events = events_of(3)
    stream = io.StringIO()
    write_csv_events(stream, events)
    assert stream.getvalue().splitlines()[:2] == [
        "participant,statement,answer,time",
        "0,0,disagree,1000",
    ]
