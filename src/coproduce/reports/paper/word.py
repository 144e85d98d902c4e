"""A document as a Word file: real headings, lists and heading rows, its language, alt texts."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import typst
from django.utils import timezone
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from coproduce.reports.paper.blocks import Bullets, Heading, Item, Paper, Paragraph, Sign, Table
from coproduce.reports.paper.letters import readable
from coproduce.reports.paper.pdf import sign

INK = RGBColor(0x14, 0x32, 0x3A)
SOFT = RGBColor(0x3F, 0x59, 0x60)
# In twentieths of a point, as Word measures tables.
A_MM = 1440 / 25.4


@lru_cache(maxsize=1)
def _stones() -> bytes:
    """The sign as a picture that Word can hold."""
    drawn: bytes = typst.compile(
        b"#set page(width: 16mm, height: 16mm, margin: 1mm, fill: none)\n"
        b'#image(bytes(sys.inputs.sign), format: "svg", width: 14mm)',
        format="png",
        ppi=200,
        ignore_system_fonts=True,
        sys_inputs={"sign": sign().decode()},
    )
    return drawn


def as_docx(paper: Paper) -> bytes:
    document = Document()
    properties = document.core_properties
    properties.title = readable(paper.title)[:255]
    properties.subject = readable(paper.about)[:255]
    properties.author = "Coproduce"
    properties.comments = ""
    properties.language = paper.language
    properties.created = properties.modified = timezone.now()
    _styles(document, paper.language)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    _foot(section.footer.paragraphs[0], paper.address)
    body = _Body(document)
    signs = [block for block in paper.blocks if isinstance(block, Sign)]
    for one in signs[:1]:
        _picture(document, one.described)
    body.add("Title", paper.title)
    for block in paper.blocks:
        match block:
            case Heading(level, text):
                body.add(f"Heading {level}", text)
            case Paragraph(text, soft):
                body.add("Soft" if soft else "Normal", text)
            case Bullets(items):
                for item in items:
                    body.add_item(item)
            case Table():
                body.add_table(block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


class _Body:
    """Writes paragraphs and tables at the end of a document.

    It makes the elements itself: python-docx looks for its place and its style anew with every
    paragraph, which takes a minute where there are ten thousand.
    """

    def __init__(self, document: Any) -> None:
        self.part = document.part
        self.end = document.element.body.sectPr
        self.styles = {style.name: style.style_id for style in document.styles}
        self.addresses: dict[str, str] = {}

    def add(self, style: str, text: str) -> Any:
        made = self._paragraph(style, text)
        self.end.addprevious(made)
        return made

    def add_item(self, item: Item) -> None:
        self.add("List Bullet", item.text)
        for note in item.notes:
            self.add("About", note)
        if item.link:
            address, name = item.link
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), self._address(address))
            run = self._run(name)
            underlined = OxmlElement("w:u")
            underlined.set(qn("w:val"), "single")
            properties = OxmlElement("w:rPr")
            properties.append(underlined)
            run.insert(0, properties)
            link.append(run)
            self.add("About", "").append(link)

    def _address(self, address: str) -> str:
        """The key of an address. The library would look through all others for each."""
        if address not in self.addresses:
            key = self.addresses[address] = f"rIdAddress{len(self.addresses) + 1}"
            external = RELATIONSHIP_TYPE.HYPERLINK
            self.part.rels.add_relationship(external, address, key, is_external=True)
        return self.addresses[address]

    def add_table(self, block: Table) -> None:
        self.add("Caption", block.caption)
        table = OxmlElement("w:tbl")
        properties = OxmlElement("w:tblPr")
        for name, value in (("w:tblStyle", self.styles["Table Grid"]), ("w:tblW", None)):
            one = OxmlElement(name)
            if value:
                one.set(qn("w:val"), value)
            else:
                one.set(qn("w:type"), "pct")
                one.set(qn("w:w"), "5000")
            properties.append(one)
        look = OxmlElement("w:tblLook")
        look.set(qn("w:firstRow"), "1")
        properties.append(look)
        table.append(properties)
        grid = OxmlElement("w:tblGrid")
        widths = [str(round(width * A_MM)) for width in block.widths]
        for width in widths:
            column = OxmlElement("w:gridCol")
            column.set(qn("w:w"), width)
            grid.append(column)
        table.append(grid)
        table.append(self._row(block.head, widths, heading=True))
        for row in block.rows:
            table.append(self._row(row, widths))
        self.end.addprevious(table)
        self.add("Normal", "")

    def _row(self, cells: tuple[str, ...], widths: list[str], *, heading: bool = False) -> Any:
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if heading:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        for text, width in zip(cells, widths, strict=True):
            cell = OxmlElement("w:tc")
            about, wide = OxmlElement("w:tcPr"), OxmlElement("w:tcW")
            wide.set(qn("w:w"), width)
            wide.set(qn("w:type"), "dxa")
            about.append(wide)
            cell.append(about)
            cell.append(self._paragraph("Heading cell" if heading else "Cell", text))
            row.append(cell)
        return row

    def _paragraph(self, style: str, text: str) -> Any:
        made = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        named = OxmlElement("w:pStyle")
        named.set(qn("w:val"), self.styles[style])
        properties.append(named)
        made.append(properties)
        if text:
            made.append(self._run(text))
        return made

    def _run(self, text: str) -> Any:
        run = OxmlElement("w:r")
        for place, line in enumerate(readable(text).split("\n")):
            if place:
                run.append(OxmlElement("w:br"))
            told = OxmlElement("w:t")
            told.text = line
            told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(told)
        return run


def _styles(document: Any, language: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Arial", Pt(12), INK
    for style in document.styles:
        if style.name == "Title" or style.name.startswith("Heading"):
            style.font.name, style.font.color.rgb, style.font.italic = "Arial", INK, False
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
    for name, like, size, colour, bold in (
        ("Soft", "Normal", 12, SOFT, False),
        ("About", "List Continue", 10.5, SOFT, False),
        ("Cell", "Normal", 11, INK, False),
        ("Heading cell", "Normal", 11, INK, True),
    ):
        own = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = document.styles[like]
        own.font.size, own.font.color.rgb, own.font.bold = Pt(size), colour, bold
    caption = document.styles["Caption"]
    caption.font.size, caption.font.color.rgb, caption.font.bold = Pt(11), INK, True
    # What a table is about, and its headings, stay with its first row.
    for one in (caption, document.styles["Heading cell"]):
        one.paragraph_format.keep_with_next = True
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for lang in defaults.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _foot(paragraph: Any, address: str) -> None:
    """The address, and the number of the page, which Word fills in."""
    paragraph.add_run(f"{address}\t\tPage ")
    for place, code in enumerate(("PAGE", "NUMPAGES")):
        if place:
            paragraph.add_run(" of ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)


def _picture(document: Any, described: str) -> None:
    picture = document.add_picture(io.BytesIO(_stones()), width=Mm(14))
    drawn = picture._inline.docPr
    drawn.set("descr", described)
    drawn.set("name", "Sign")
