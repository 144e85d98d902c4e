import io
import zipfile

import pytest

from coproduce.exchange.statement_import.errors import UnreadableFile
from coproduce.exchange.statement_import.tables import Row, read_table
from tests.coproduce.exchange.statement_import.files import xlsx

ACCENTS = "Words\nCafé – “quiet room”\n"


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "Read as UTF-8."),
        ("utf-8-sig", "Read as UTF-8."),
        ("cp1252", "Read as Windows-1252. Look whether letters with accents and quotes are right."),
        ("utf-16", "Read as UTF-16."),
        ("utf-16-le", "Read as UTF-16."),
        ("utf-16-be", "Read as UTF-16."),
    ],
)
def test_the_encoding_is_guessed_and_said(codec, said):
    table = read_table("room.csv", ACCENTS.encode(codec))
    assert table.rows == (Row(1, ("Words",)), Row(2, ("Café – “quiet room”",)))
    assert table.said == (said,)


def test_bytes_that_are_no_letters_anywhere_are_refused():
    with pytest.raises(UnreadableFile, match="save it as “CSV UTF-8”"):
        read_table("room.csv", b"Words\n\x81\x8d\n")


def test_lines_are_counted_as_in_the_file_over_line_breaks_and_empty_rows():
    table = read_table("room.csv", b'Words;Idea\r\n"one\r\ntwo";A\r\n;\r\n\r\nthree;B\r\n')
    assert [row.line for row in table.rows] == [1, 2, 6]
    assert table.rows[1].cells == ("one\r\ntwo", "A")


def test_a_quotation_mark_left_open_is_said_with_its_line():
    with pytest.raises(UnreadableFile, match="from line 3 on"):
        read_table("room.csv", b'Words\nfine\n"never closed\nmore\n')


@pytest.mark.parametrize("content", [b"", b"  \n \n", b";;\n;;\n"])
def test_nothing_in_the_file(content):
    with pytest.raises(UnreadableFile, match="empty"):
        read_table("room.csv", content)


def test_a_file_of_another_kind_says_what_to_do():
    with pytest.raises(UnreadableFile, match="PDF"):
        read_table("room.csv", b"%PDF-1.7 ...")
    with pytest.raises(UnreadableFile, match=r"save it as \.xlsx"):
        read_table("room.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"...")


def test_a_spreadsheet_gives_text_and_says_which_sheet():
    content = xlsx(["Words", "Marks"], ["Listen", 3], [None, None], ["=1+1", 2.0])
    table = read_table("room.xlsx", content)
    assert table.rows == (
        Row(1, ("Words", "Marks")),
        Row(2, ("Listen", "3")),
        Row(4, ("=1+1", "2")),
    )
    assert table.formulas == {(4, 0)}
    assert table.said == ("Read the sheet “Sheet1”.",)


def test_other_sheets_are_named_as_not_read():
    table = read_table("room.xlsx", xlsx(["Words"], ["Listen"], sheets=("Room", "Notes")))
    assert table.said == (
        "Read the sheet “Room”.",
        "The file has 2 sheets. Only the first one is read.",
    )


def test_a_broken_spreadsheet_is_refused():
    whole = xlsx(["Words"], ["Listen"])
    for broken in (whole[: len(whole) // 2], whole[:200] + b"\0" * 50 + whole[250:], b"PK\x03\x04"):
        with pytest.raises(UnreadableFile, match="broken, or it is not a spreadsheet"):
            read_table("room.xlsx", broken)


def test_a_zip_that_is_no_spreadsheet_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="not a spreadsheet"):
        read_table("room.xlsx", out.getvalue())


def test_a_zip_bomb_is_not_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (101 * 1024 * 1024))
    assert len(out.getvalue()) < 200_000
    with pytest.raises(UnreadableFile, match="more than 100 megabytes"):
        read_table("room.xlsx", out.getvalue())


def test_a_sheet_that_claims_a_million_rows_is_not_walked_through():
    whole = io.BytesIO(xlsx(["Words"], ["Listen"]))
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                content = content.replace(b'r="2"', b'r="1048576"').replace(b"A2", b"A1048576")
            new.writestr(part, content)
    with pytest.raises(UnreadableFile, match="goes on below line 50,000"):
        read_table("room.xlsx", out.getvalue())


def test_too_many_rows_and_columns_are_refused():
    with pytest.raises(UnreadableFile, match="more than 20,000 rows"):
        read_table("room.csv", b"Words\n" + b"Listen\n" * 20_001)
    with pytest.raises(UnreadableFile, match="Line 2 has 70 columns"):
        read_table("room.csv", b"Words\n" + b"x," * 69 + b"x\n")
