"""Files as people send them, made for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl


def xlsx(*rows: Sequence[object], sheets: Sequence[str] = ("Sheet1",)) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheets[0]
    for row in rows:
        book.active.append(list(row))
    for title in sheets[1:]:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
