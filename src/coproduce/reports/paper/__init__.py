"""A document in plain blocks, and from it a tagged PDF and a Word file that read the same."""

from coproduce.reports.paper.blocks import (
    Block,
    Bullets,
    Heading,
    Item,
    Paper,
    Paragraph,
    Sign,
    Table,
)
from coproduce.reports.paper.pdf import as_pdf
from coproduce.reports.paper.word import as_docx

__all__ = [
    "Block",
    "Bullets",
    "Heading",
    "Item",
    "Paper",
    "Paragraph",
    "Sign",
    "Table",
    "as_docx",
    "as_pdf",
]
