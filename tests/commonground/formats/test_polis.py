"""Polis exports: both dialects, both ways, and files that are broken."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.errors import InputError
from commonground.formats import (
    Limits,
    PolisStatement,
    VoteEvents,
    read_polis,
    write_polis,
)
from commonground.formats.polis_convention import CONVENTION
from tests.shared_data import shared

COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '1500000000,x,0,7,1,1,1,"Buses that wait, and drivers who know us"\n'
    '1500000001,x,1,8,1,0,-1,"She said ""hello""\nand left"\n'
)
VOTES = (
    "timestamp,datetime,comment-id,voter-id,vote\n"
    "1500000010,x,0,7,1\n1500000012,x,0,8,-1\n1500000011,x,0,8,1\n1500000013,x,1,8,1\n"
)
LEGACY_COMMENTS = (
    "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,"
    "group-informed-consensus,comment-body\n"
    "1500000000123,0,7,1,1,1,false,true,0.2,Buses that wait\n"
    "1500000001123,1,8,1,0,0,true,false,0.1,I live in a village\n"
)
MATRIX = (
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
    "7,0,1,1,1,0,1,\n8,1,1,2,1,1,-1,1\n9,,0,0,0,0,,\n"
)


def folder(place: Path, **files: str) -> Path:
    for name, content in files.items():
        (
            place / name.replace("_csv", ".csv").replace("_json", ".json").replace("_", "-")
        ).write_text(content, encoding="utf-8")
    return place


def zipped(**files: str) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_csv", ".csv").replace("_", "-"), content)
    stream.seek(0)
    return stream


def test_reads_the_current_dialect(tmp_path):
    summary = f"topic,Getting about\nvoters,2\nvote-convention,{CONVENTION}\n"
    export = read_polis(
        folder(tmp_path, comments_csv=COMMENTS, votes_csv=VOTES, summary_csv=summary)
    )
    assert export.dialect == "polis-export/1"
    assert export.summary["topic"] == "Getting about"
    assert export.statements == (
        PolisStatement(0, "Buses that wait, and drivers who know us", 7, 1_500_000_000_000, 1),
        PolisStatement(1, 'She said "hello"\nand left', 8, 1_500_000_001_000, -1),
    )
    assert export.warnings == ()
    votes = export.votes()
    assert votes.answers_of(8) == {0: -1, 1: 1}  # the later answer counts, not the later row
    assert votes.moderated_out.tolist() == [False, True]
    assert export.events.times.tolist()[-1] == 1_500_000_013_000


def test_reads_the_legacy_dialect_with_meta_seed_and_groups(tmp_path):
    export = read_polis(
        folder(
            tmp_path,
            comments_csv=LEGACY_COMMENTS,
            votes_csv=VOTES,
            participants_votes_csv=MATRIX,
        )
    )
    assert export.dialect == "legacy"
    assert [(s.is_meta, s.is_seed) for s in export.statements] == [(False, True), (True, False)]
    assert export.statements[0].created == 1_500_000_000_123
    assert export.groups == {7: 0, 8: 1}
    assert export.participants.tolist() == [7, 8, 9]
    assert export.votes().meta.tolist() == [False, True]


def test_without_votes_takes_the_matrix_and_says_so(tmp_path):
    export = read_polis(
        folder(tmp_path, comments_csv=LEGACY_COMMENTS, participants_votes_csv=MATRIX)
    )
    assert export.events.times is None
    assert export.votes().answers_of(8) == {0: -1, 1: 1}
    assert export.votes().n_participants == 3
    assert export.warnings == (
        "There is no votes.csv: the latest votes are taken from participants-votes.csv, without "
        "times.",
    )


@pytest.mark.parametrize(
    "declared",
    [
        "agree=-1;disagree=+1;pass=0",
        "agree=-1;disagree=+1;pass=0;format=polis-export/1",
        "agree=+1;disagree=-1;pass=0;format=polis-export/2",
        "agree=+1;pass=0",
        "agree=yes;disagree=no;pass=0",
        "agree=+1;agree=+1;disagree=-1;pass=0",
    ],
)
def test_refuses_another_declared_convention(tmp_path, declared):
    summary = f"topic,x\nvote-convention,{declared}\n"
    place = folder(tmp_path, comments_csv=COMMENTS, votes_csv=VOTES, summary_csv=summary)
    with pytest.raises(InputError, match="convention") as raised:
        read_polis(place)
    assert (raised.value.line, raised.value.column) == (2, "vote-convention")
    assert str(raised.value).startswith(f"{tmp_path}/summary.csv, line 2, column vote-convention")


def test_refuses_what_format_json_declares(tmp_path):
    place = folder(tmp_path, comments_csv=COMMENTS, votes_csv=VOTES)
    (place / "format.json").write_text(json.dumps({"vote": {"agree": -1}}))
    with pytest.raises(InputError, match=r"format\.json: votes are declared as"):
        read_polis(place)
    (place / "format.json").write_text("{\n nothing")
    with pytest.raises(InputError, match=r"format\.json, line 2: this is not JSON"):
        read_polis(place)


def test_warns_where_totals_contradict_the_votes(tmp_path):
    wrong = COMMENTS.replace("0,7,1,1,1", "0,7,5,1,1")
    export = read_polis(folder(tmp_path, comments_csv=wrong, votes_csv=VOTES))
    assert len(export.warnings) == 1
    assert "For 1 of 2 statements the totals in comments.csv" in export.warnings[0]
    assert "5 agree and 1 disagree there, 1 and 1 in the votes" in export.warnings[0]


def test_warns_where_agree_and_disagree_look_turned_round(tmp_path):
    turned = VOTES.replace(",-1\n", ",+\n").replace(",1\n", ",-1\n").replace(",+\n", ",1\n")
    export = read_polis(folder(tmp_path, comments_csv=COMMENTS, votes_csv=turned))
    assert "Agree and disagree look turned round: for 1 of 2" in export.warnings[0]


def test_puts_unquoted_text_back_and_says_so(tmp_path):
    loose = (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        "1500000000,x,0,7,1,1,1,Buses that wait, and drivers, too\n"
        "1500000000,x,1,7,1,0,1,Short\n"
    )
    export = read_polis(folder(tmp_path, comments_csv=loose, votes_csv=VOTES))
    assert export.statements[0].text == "Buses that wait, and drivers, too"
    assert "1 statements in comments.csv were not in quotes" in export.warnings[0]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"votes_csv": VOTES}, "there is no comments.csv"),
        ({"comments_csv": COMMENTS}, "there is no votes.csv and no participant-votes.csv"),
        (
            {"comments_csv": COMMENTS, "votes_csv": VOTES.replace("0,8,-1", "0,8,2")},
            r"votes.csv, line 3, column vote: '2' is not a vote",
        ),
        (
            {"comments_csv": COMMENTS, "votes_csv": VOTES.replace("1500000012", "noon")},
            r"votes.csv, line 3, column timestamp: 'noon' is not a time",
        ),
        (
            {"comments_csv": COMMENTS, "votes_csv": VOTES.replace(",0,8,-1", ",0,8")},
            r"votes.csv, line 3: 4 values where the first line names 5 columns",
        ),
        (
            {"comments_csv": COMMENTS, "votes_csv": VOTES.replace("voter-id", "who")},
            r"votes.csv, line 1: expected a column 'voter-id'",
        ),
        ({"comments_csv": "", "votes_csv": VOTES}, r"comments.csv: the file is empty"),
        (
            {"comments_csv": COMMENTS.replace(",1,8,1,0,-1", ",1,8,1,0,5"), "votes_csv": VOTES},
            r"comments.csv, line 3, column moderated: '5' is not 1 \(accepted\)",
        ),
        (
            {"comments_csv": COMMENTS.replace(",1,8,1,0", ",0,8,1,0"), "votes_csv": VOTES},
            r"comments.csv: the statement 0 is there twice",
        ),
        (
            {"comments_csv": COMMENTS + '1,x,2,1,0,0,1,"never closed', "votes_csv": VOTES},
            r"comments.csv, line 5: a double quote is opened in this row and never closed",
        ),
        (
            {"comments_csv": COMMENTS, "participant_votes_csv": MATRIX.replace("-1,1", "-1,9")},
            r"participant-votes.csv, line 3, column 1: '9' is not a vote",
        ),
        (
            {"comments_csv": COMMENTS, "participant_votes_csv": MATRIX.replace("\n8,", "\n7,")},
            r"participant-votes.csv: the participant 7 is there twice",
        ),
    ],
)
def test_bad_files_say_where_and_what_was_expected(files, message):
    with pytest.raises(InputError, match=message):
        read_polis(zipped(**files))


def test_text_that_is_not_utf8_names_the_line(tmp_path):
    folder(tmp_path, votes_csv=VOTES)
    (tmp_path / "comments.csv").write_bytes(COMMENTS.encode() + b"1,x,2,1,0,0,1,caf\xe9\n")
    with pytest.raises(InputError, match=r"comments\.csv, line 5: this is not UTF-8"):
        read_polis(tmp_path)


class TestZips:
    def test_one_in_a_folder_of_its_own(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("export/comments.csv", COMMENTS)
            archive.writestr("export/votes.csv", VOTES)
            archive.writestr("__MACOSX/export/._votes.csv", "junk")
        assert len(read_polis(stream).events) == 4

    def test_two_exports_in_one_zip(self):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a/comments.csv", COMMENTS)
            archive.writestr("b/comments.csv", COMMENTS)
        with pytest.raises(InputError, match=r"the zip has comments\.csv twice"):
            read_polis(stream)

    def test_not_a_zip(self, tmp_path):
        (tmp_path / "export.zip").write_bytes(b"PK\x03\x04 broken")
        with pytest.raises(InputError, match="this is not a zip that can be read"):
            read_polis(tmp_path / "export.zip")
        with pytest.raises(InputError, match="there is no such file or folder"):
            read_polis(tmp_path / "nothing.zip")

    def test_damaged_inside(self):
        content = bytearray(zipped(comments_csv=COMMENTS * 50, votes_csv=VOTES).getvalue())
        content[60:90] = b"\x00" * 30
        with pytest.raises(InputError, match="damaged"):
            read_polis(io.BytesIO(bytes(content)))

    def test_a_small_zip_that_grows_without_end(self):
        bomb = zipped(comments_csv=COMMENTS, votes_csv="0" * 5_000_000)
        assert len(bomb.getvalue()) < 20_000
        with pytest.raises(InputError, match="larger than 1,000,000 bytes"):
            read_polis(bomb, limits=Limits(file_bytes=1_000_000))
        with pytest.raises(InputError, match="all files together are larger"):
            read_polis(bomb, limits=Limits(total_bytes=1_000_000))
        with pytest.raises(InputError, match="the zip has 2 files; at most 1"):
            read_polis(bomb, limits=Limits(files=1))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=("Cs",)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60)
@given(
    st.lists(TEXTS, min_size=1, max_size=5),
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 4), st.sampled_from([-1, 0, 1])), max_size=20
    ),
    TEXTS,
)
def test_what_is_written_reads_the_same(texts, given_votes, topic):
    statements = tuple(
        PolisStatement(n, text, n, 1_600_000_000_000 + 1000 * n, n % 3 - 1)
        for n, text in enumerate(texts)
    )
    rows = [(who, what % len(texts), answer) for who, what, answer in given_votes]
    events = VoteEvents.of(
        [who for who, _, _ in rows],
        [what for _, what, _ in rows],
        [answer for _, _, answer in rows],
        [1_600_000_000_000 + 1000 * n for n in range(len(rows))],
    )
    stream = io.BytesIO()
    write_polis(stream, statements=statements, events=events, topic=topic, groups={0: 1})
    again = read_polis(stream)
    assert again.statements == statements
    assert again.events.participants.tolist() == events.participants.tolist()
    assert again.events.answers.tolist() == events.answers.tolist()
    assert again.events.times.tolist() == events.times.tolist()
    assert again.summary["topic"] == topic
    assert again.warnings == ()
    assert again.dialect == "polis-export/1"


def test_the_files_are_those_of_the_format(tmp_path):
    statements = (PolisStatement(4, "Plain, and short", 2, 1_700_000_000_000, 1),)
    events = VoteEvents.of([2, 3], [4, 4], [1, 0], [1_700_000_000_000, 1_700_000_001_000])
    write_polis(tmp_path / "out", statements=statements, events=events, topic="Buses")
    written = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
    assert sorted(written) == [
        "comments.csv",
        "format.json",
        "participant-votes.csv",
        "summary.csv",
        "votes.csv",
    ]
    moment = "1700000000,Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time)"
    assert written["comments.csv"].splitlines()[1] == f'{moment},4,2,1,0,1,"Plain, and short"'
    assert written["votes.csv"].splitlines()[1] == f"{moment},4,2,1"
    assert written["participant-votes.csv"] == (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,4\n2,,1,1,1,0,1\n3,,0,1,0,0,0\n"
    )
    assert written["summary.csv"].splitlines() == [
        "topic,Buses",
        "url,",
        "voters,2",
        "voters-in-conv,2",
        "commenters,1",
        "comments,1",
        "groups,0",
        "conversation-description,",
        f"vote-convention,{CONVENTION}",
    ]


def test_the_same_content_gives_the_same_zip():
    first, second = io.BytesIO(), io.BytesIO()
    for stream in (first, second):
        write_polis(
            stream, statements=[PolisStatement(0, "One")], events=VoteEvents.of([0], [0], [1])
        )
    assert first.getvalue() == second.getvalue()


def test_a_vote_on_no_statement_is_refused():
    with pytest.raises(ValueError, match="9 has a vote but is not in the list of statements"):
        write_polis(
            io.BytesIO(), statements=[PolisStatement(0, "One")], events=VoteEvents.of([0], [9], [1])
        )


@pytest.mark.parametrize(
    ("name", "people", "statements", "votes"),
    [
        ("american-assembly.bowling-green", 2031, 896, 225_524),
        ("brexit-consensus", 204, 50, 5_303),
        ("london.youth.policing", 26, 39, 638),
        ("scoop-hivemind.affordable-housing", 381, 165, 14_995),
        ("scoop-hivemind.freshwater", 117, 80, 3_972),
        ("scoop-hivemind.taxes", 334, 148, 17_335),
        ("vtaiwan.uberx", 1921, 197, 49_443),
    ],
)
def test_real_exports_go_round_with_nothing_lost(tmp_path, name, people, statements, votes):
    export = read_polis(shared("polis", name))
    first = export.votes()
    assert (first.n_participants, first.n_statements, first.n_votes) == (people, statements, votes)
    write_polis(
        tmp_path / "again.zip",
        statements=export.statements,
        events=export.events,
        participants=export.participants.tolist(),
        groups=export.groups,
    )
    again = read_polis(tmp_path / "again.zip")
    second = again.votes()
    assert again.groups == export.groups
    assert [s.text for s in again.statements] == [s.text for s in export.statements]
    np.testing.assert_array_equal(second.participants, first.participants)
    np.testing.assert_array_equal(second.statements, first.statements)
    np.testing.assert_array_equal(second.values, first.values)
    np.testing.assert_array_equal(second.moderated_out, first.moderated_out)
    assert again.warnings == ()


def test_how_each_group_answered_is_written_where_groups_are_given(tmp_path: Path) -> None:
    events = VoteEvents.of(
        ["amina", "ben", "dev", "amina", "farah"],
        ["bus", "bus", "bus", "pool", "bus"],
        [1, -1, 0, -1, 1],
    )
    said = [PolisStatement("bus", "The bus is late"), PolisStatement("pool", "It is cold")]
    write_polis(
        tmp_path / "with",
        statements=said,
        events=events,
        groups={"amina": 0, "ben": 1, "dev": 1},
    )
    assert (tmp_path / "with" / "comment-groups.csv").read_text().splitlines() == [
        "comment-id,comment,total-votes,total-agrees,total-disagrees,total-passes,"
        "group-a-votes,group-a-agrees,group-a-disagrees,group-a-passes,"
        "group-b-votes,group-b-agrees,group-b-disagrees,group-b-passes",
        "bus,The bus is late,4,2,1,1,1,1,0,0,2,0,1,1",
        "pool,It is cold,1,0,1,0,1,0,1,0,0,0,0,0",
    ]
    write_polis(tmp_path / "without", statements=said, events=events)
    assert not (tmp_path / "without" / "comment-groups.csv").exists()
