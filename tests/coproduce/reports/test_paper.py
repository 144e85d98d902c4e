"""What a screen reader finds in our PDFs and Word files."""

import io

import pytest
import typst
from docx import Document
from docx.oxml.ns import qn

from coproduce.reports.paper import (
    Bullets,
    Heading,
    Item,
    Paper,
    Paragraph,
    Sign,
    Table,
    as_docx,
    as_pdf,
)
from coproduce.reports.paper.letters import printable
from tests.coproduce.reports.opened import open_docx, open_pdf

LINK = ("https://example.org/s/AAAA-BBBB/", "About this line: AAAA-BBBB")
PAPER = Paper(
    title="Getting to school",
    about="What we understand together.",
    blocks=(
        Sign(),
        Paragraph("#import and *stars* are what they are: $x$ <label>"),
        Heading(1, "How this came about"),
        Heading(2, "On time"),
        Bullets((Item("“The bus is late.”", ("Agreed by schools.",), LINK), Item("“Why?”"))),
        Table("Who took part", ("Partner group", "People"), (("Schools", "about 10"),)),
    ),
    address="https://example.org/c/getting-to-school/",
)


def test_a_pdf_is_tagged_with_title_language_headings_and_table_headings():
    opened = open_pdf(as_pdf(PAPER))
    assert opened.is_tagged
    assert opened.shows_title
    assert opened.says_pdf_ua == "1"
    assert opened.title == "Getting to school"
    assert opened.language == "en-GB"
    assert opened.headings == [(1, "How this came about"), (2, "On time")]
    assert opened.tables == [{"TH": 2, "TR": 2, "TD": 2, "THead": 1, "scoped": 2}]
    assert opened.pictures == ["Four rounded stones: the sign of Coproduce."]
    assert opened.tags.count("LI") == 2
    assert "Link" in opened.tags


def test_a_pdf_that_leaves_out_a_heading_level_is_refused():
    skipped = Paper("Title", "About", (Heading(1, "One"), Heading(3, "Three")))
    with pytest.raises(typst.TypstError, match="PDF/UA-1"):
        as_pdf(skipped)


def test_a_word_file_has_headings_lists_a_heading_row_a_language_and_alt_texts():
    opened = open_docx(as_docx(PAPER))
    assert opened.title == "Getting to school"
    assert opened.language == "en-GB"
    assert opened.headings == [(1, "How this came about"), (2, "On time")]
    assert opened.bullets == ["“The bus is late.”", "“Why?”"]
    assert opened.tables == [[["Partner group", "People"], ["Schools", "about 10"]]]
    assert opened.heading_rows == 1
    assert opened.pictures == ["Four rounded stones: the sign of Coproduce."]
    assert "#import and *stars* are what they are: $x$ <label>" in opened.text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Żółć, Привіт, مرحبا ✱ “so” – yes…", "Żółć, Привіт, مرحبا ✱ “so” – yes…"),
        ("I like this 😀!", "I like this [grinning face]!"),
        (
            "ഞാൻ പറയുന്നു",
            "[Words in Malayalam letters. This file cannot print them. They can be read online.]",
        ),
        ("broken \x0b\ud800 sign", "broken  sign"),
    ],
)
def test_what_no_font_has_is_said_in_its_place(written, printed):
    assert printable(written) == printed
    assert as_pdf(Paper(written, "", (Paragraph(written),))).startswith(b"%PDF-1.7")


def test_a_word_file_keeps_every_script():
    opened = open_docx(as_docx(Paper("T", "", (Paragraph("ഞാൻ 😀 \x0bمرحبا"),))))
    assert "ഞാൻ 😀 مرحبا" in opened.text


def test_a_table_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="a row has 1 cells, not 2"):
        Table("Who", ("Group", "People"), (("Schools",),))


def test_a_column_of_long_text_is_wide_and_no_heading_breaks_in_a_word():
    long = "90 people were asked; Parent carers: about 20; Schools and colleges: about 15"
    table = Table("Who", ("Conversation", "Comments", "Who took part"), (("Leaving", "1", long),))
    conversation, comments, who = table.widths
    assert sum(table.widths) == pytest.approx(162, abs=0.2)
    assert (conversation, comments) == (
        pytest.approx(len("Conversation") * 2.6 + 4),
        pytest.approx(len("Comments") * 2.6 + 4),
    )
    assert who == pytest.approx(162 - conversation - comments, abs=0.2)
    short = Table("Who", ("Group", "Count"), (("Aa", "1"),))
    assert short.widths == (81.0, 81.0)
    empty = Table("Who", ("Group", "Count"), ())
    assert empty.widths == (81.0, 81.0)


def test_rows_of_a_word_file_stay_whole_and_its_pages_are_numbered():
    document = Document(io.BytesIO(as_docx(PAPER)))
    (table,) = document.tables
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    given = [int(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in table.rows[1].cells]
    assert sum(given) == pytest.approx(162 * 1440 / 25.4, abs=3)
    assert document.styles["Caption"].paragraph_format.keep_with_next
    foot = document.sections[0].footer.paragraphs[0]._p
    assert [one.get(qn("w:instr")) for one in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
