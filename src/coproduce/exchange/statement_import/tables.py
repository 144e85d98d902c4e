"""Reading a table from a file that somebody sends: CSV here, XLSX in spreadsheets.py."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from dataclasses import dataclass

from coproduce.exchange.statement_import.errors import UnreadableFile
from coproduce.exchange.statement_import.spreadsheets import read_sheet

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
# Longer than any cell that we accept, so that the cell is shown with its line and not the file
# refused; shorter than what would fill the memory when a quotation mark is never closed.
LONGEST_CELL = 1_000_000

ZIP_START = b"PK\x03\x04"
OLD_OFFICE_START = bytes.fromhex("d0cf11e0a1b11ae1")
PDF_START = b"%PDF"


@dataclass(frozen=True)
class Row:
    """A row with something in it; `line` is where the person finds it in their file."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True)
class Table:
    """What a file holds. `said` is how it was read, in sentences for the person who sent it."""

    name: str
    kind: str
    digest: str
    rows: tuple[Row, ...]
    said: tuple[str, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def read_table(name: str, content: bytes) -> Table:
    """The rows of a CSV or XLSX file, every cell as text.

    Raises UnreadableFile with a sentence that says what to do.
    """
    if not content.strip():
        raise UnreadableFile("The file is empty. Choose a file with at least one statement.")
    if len(content) > MOST_BYTES:
        raise UnreadableFile(
            "The file is larger than 10 megabytes. Split it into smaller files, and bring in one "
            "after the other."
        )
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(OLD_OFFICE_START):
        raise UnreadableFile(
            "This is an Excel file of the old kind, or a file with a password. Open it, save it "
            "as .xlsx or .csv without a password, and choose that file."
        )
    if content.startswith(PDF_START):
        raise UnreadableFile("This is a PDF. Choose a file of the kind .csv or .xlsx.")
    if content.startswith(ZIP_START) or name.lower().endswith((".xlsx", ".xlsm")):
        sheet = read_sheet(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
        rows = tuple(Row(line, cells) for line, cells in sheet.rows)
        table = Table(name, "xlsx", digest, rows, sheet.said, sheet.formulas)
    else:
        text, encoding = decode(content)
        table = Table(name, "csv", digest, _csv_rows(text), (f"Read as {encoding}.",))
    if not table.rows:
        raise UnreadableFile("There is nothing in the file but empty rows. Choose another file.")
    return table


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding, guessed: UTF-8, UTF-16, Windows-1252.

    Raises UnreadableFile where none of them fits.
    """
    if content.startswith(codecs.BOM_UTF8):
        guesses = [("utf-8-sig", "UTF-8")]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        guesses = [("utf-16", "UTF-16")]
    elif _looks_like_utf16(content, high_byte=1):
        guesses = [("utf-16-le", "UTF-16")]
    elif _looks_like_utf16(content, high_byte=0):
        guesses = [("utf-16-be", "UTF-16")]
    else:
        guesses = [
            ("utf-8", "UTF-8"),
            ("cp1252", "Windows-1252. Look whether letters with accents and quotes are right"),
        ]
    for codec, name in guesses:
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        "We cannot read the letters in this file. Open it in your spreadsheet program, save it as "
        "“CSV UTF-8”, and choose that file."
    )


def _looks_like_utf16(content: bytes, *, high_byte: int) -> bool:
    """Whether most letters have a zero for their high byte, and few for their low byte."""
    start = content[:2000]
    high, low = start[high_byte::2], start[1 - high_byte :: 2]
    return high.count(0) * 2 > len(high) and low.count(0) * 10 < len(low)


def _csv_rows(text: str) -> tuple[Row, ...]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = []
    starts = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) > MOST_COLUMNS:
                    raise UnreadableFile(
                        f"Line {starts} has {len(cells)} columns. The most that we read is "
                        f"{MOST_COLUMNS}. Take out the columns that are not needed."
                    )
                rows.append(Row(starts, tuple(cells)))
            if len(rows) > MOST_ROWS:
                raise UnreadableFile(
                    f"The file has more than {MOST_ROWS:,} rows. Split it into smaller files."
                )
            starts = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(
            f"We cannot read the file from line {starts} on. A quotation mark is opened there and "
            "not closed, or stands where none should be. Mend that line, or save the file again "
            "from your spreadsheet program."
        ) from error
    return tuple(rows)


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: the one that the first line with something in it has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside_quotes = "".join(first.split('"')[::2])
    return max(",;\t", key=outside_quotes.count)
