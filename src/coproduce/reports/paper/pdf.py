"""A document as PDF: tagged, with its language and title (PDF/UA-1), checked by the typesetter."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from coproduce.reports.paper.blocks import Block, Bullets, Heading, Item, Paper, Paragraph, Table
from coproduce.reports.paper.letters import printable, typeset

LAYOUT = Path(__file__).with_name("layout.typ")


@lru_cache(maxsize=1)
def sign() -> bytes:
    """The four stones, as the pages draw them."""
    return (Path(settings.PACKAGE) / "pages/assets/pictures/stones.svg").read_bytes()


def as_pdf(paper: Paper) -> bytes:
    lang, _, region = paper.language.partition("-")
    data = {
        "title": printable(paper.title),
        "about": printable(paper.about),
        "address": paper.address,
        "lang": lang,
        "region": region,
        "blocks": [_told(block) for block in paper.blocks],
    }
    return typeset(LAYOUT.read_text(encoding="utf-8"), data=json.dumps(data), sign=sign().decode())


def _told(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": printable(text)}
        case Paragraph(text, soft):
            return {"kind": "paragraph", "text": printable(text), "soft": soft}
        case Bullets(items):
            return {"kind": "bullets", "items": [_item(one) for one in items]}
        case Table(caption, head, rows):
            return {
                "kind": "table",
                "widths": list(block.widths),
                "caption": printable(caption),
                "head": [printable(cell) for cell in head],
                "rows": [[printable(cell) for cell in row] for row in rows],
            }
        case _:
            return {"kind": "sign", "described": block.described}


def _item(item: Item) -> dict[str, Any]:
    return {
        "text": printable(item.text),
        "notes": [printable(note) for note in item.notes],
        "link": list(item.link) if item.link else None,
    }
