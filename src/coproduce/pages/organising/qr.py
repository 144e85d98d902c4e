"""QR codes, drawn by segno as SVG that needs no style and no script."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString


def _draw(address: str, *, standalone: bool) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=standalone,
        svgns=standalone,
        omitsize=True,
        border=4 if standalone else 2,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode()


def qr_file(address: str) -> str:
    """A file of its own, to print or to put on a poster."""
    return _draw(address, standalone=True)


def qr_in_page(address: str) -> SafeString:
    """Inside a page. It stands beside the same address in words, so it is hidden from readers."""
    drawn = _draw(address, standalone=False)
    return SafeString(drawn.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))
