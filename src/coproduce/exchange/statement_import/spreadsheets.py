"""Reading the first sheet of an XLSX file without trusting it."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from coproduce.exchange.statement_import.errors import UnreadableFile

# A file of 10 megabytes with 20,000 rows of text unpacks to well under this.
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 1000
# A sheet may claim a million rows with nothing in them; walking through them takes seconds.
LAST_LINE = 50_000

BROKEN = (
    "The file is broken, or it is not a spreadsheet. Open it in your spreadsheet program, save it "
    "again as .xlsx or .csv, and choose that file."
)


@dataclass(frozen=True)
class Sheet:
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    said: tuple[str, ...]
    formulas: frozenset[tuple[int, int]]


def read_sheet(content: bytes, *, most_rows: int, most_columns: int) -> Sheet:
    """Line numbers and cells of the first sheet; cells with a formula by (line, column).

    A formula is kept as it is written, and never worked out. Raises UnreadableFile.
    """
    _refuse_bombs(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        return _first_sheet(book, most_rows, most_columns)
    except UnreadableFile:
        raise
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        EOFError,
        OSError,
    ) as error:
        # openpyxl raises any of these for parts that are missing or not what they should be.
        raise UnreadableFile(BROKEN) from error


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile(BROKEN) from error
    # A part never unpacks to more than the size that is declared for it: zipfile stops there.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFile(
            "The file would take up more than 100 megabytes when it is unpacked. We do not open "
            "it. Copy the rows that you need into a new file."
        )
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableFile(BROKEN)


def _first_sheet(book: Any, most_rows: int, most_columns: int) -> Sheet:
    if not book.worksheets:
        raise UnreadableFile(BROKEN)
    sheet = book.worksheets[0]
    said = [f"Read the sheet “{sheet.title}”."]
    if len(book.worksheets) > 1:
        said.append(f"The file has {len(book.worksheets)} sheets. Only the first one is read.")
    rows = []
    formulas = set()
    for line, cells in enumerate(sheet.iter_rows(max_col=most_columns), start=1):
        if line > LAST_LINE:
            raise UnreadableFile(
                f"The sheet goes on below line {LAST_LINE:,}. Delete the rows under your last one, "
                "even if they look empty, save the file, and choose it again."
            )
        texts = tuple(_as_text(cell.value) for cell in cells)
        if not any(text.strip() for text in texts):
            continue
        while texts and not texts[-1]:
            texts = texts[:-1]
        rows.append((line, texts))
        formulas |= {(line, column) for column, cell in enumerate(cells) if cell.data_type == "f"}
        if len(rows) > most_rows:
            raise UnreadableFile(
                f"The file has more than {most_rows:,} rows. Split it into smaller files."
            )
    return Sheet(tuple(rows), tuple(said), frozenset(formulas))


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
