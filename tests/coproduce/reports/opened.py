"""PDFs and Word files, opened to see what a screen reader would find in them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import docx
import pikepdf


@dataclass
class OpenedPdf:
    title: str
    language: str
    is_tagged: bool
    shows_title: bool
    says_pdf_ua: str
    tags: list[str]
    headings: list[tuple[int, str]]
    tables: list[dict[str, int]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


def open_pdf(content: bytes) -> OpenedPdf:
    with pikepdf.open(io.BytesIO(content)) as file:
        root = file.Root
        with file.open_metadata() as metadata:
            title, part = str(metadata.get("dc:title")), str(metadata.get("pdfuaid:part"))
        found = OpenedPdf(
            title=title,
            language=str(root.Lang),
            is_tagged=bool(root.MarkInfo.Marked),
            shows_title=bool(root.ViewerPreferences.DisplayDocTitle),
            says_pdf_ua=part,
            tags=[],
            headings=[],
        )
        _walk(root.StructTreeRoot.K, found)
    return found


def _walk(element: Any, found: OpenedPdf) -> None:
    if isinstance(element, pikepdf.Array):
        for part in element:
            _walk(part, found)
        return
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return
    tag = str(element.S)[1:]
    found.tags.append(tag)
    if tag[0] == "H" and tag[1:].isdigit():
        found.headings.append((int(tag[1:]), str(element.get("/T", ""))))
    if tag == "Figure":
        found.pictures.append(str(element.get("/Alt", "")))
    if tag == "Table":
        found.tables.append({"TH": 0, "TR": 0, "TD": 0, "THead": 0, "scoped": 0})
    if tag in {"TH", "TR", "TD", "THead"}:
        found.tables[-1][tag] += 1
    if tag == "TH" and "/Scope" in str(element.get("/A", "")):
        found.tables[-1]["scoped"] += 1
    if "/K" in element:
        _walk(element.K, found)


@dataclass
class OpenedWord:
    title: str
    language: str
    headings: list[tuple[int, str]]
    bullets: list[str]
    tables: list[list[list[str]]]
    heading_rows: int
    pictures: list[str]
    text: str


def open_docx(content: bytes) -> OpenedWord:
    document = docx.Document(io.BytesIO(content))
    styles = document.styles.element.xpath("//w:docDefaults//w:lang/@w:val")
    paragraphs = document.paragraphs
    return OpenedWord(
        title=document.core_properties.title,
        language=str(styles[0]),
        headings=[
            (int(one.style.name.removeprefix("Heading ")), one.text)
            for one in paragraphs
            if one.style.name.startswith("Heading ")
        ],
        bullets=[one.text for one in paragraphs if one.style.name == "List Bullet"],
        tables=[[[cell.text for cell in row.cells] for row in t.rows] for t in document.tables],
        heading_rows=len(document.element.body.xpath(".//w:tr/w:trPr/w:tblHeader")),
        pictures=[str(one) for one in document.element.body.xpath(".//wp:docPr/@descr")],
        text="\n".join(one.text for one in paragraphs),
    )
