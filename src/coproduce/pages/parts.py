"""A long document is asked for in parts: `?part=3`, or whole: `?whole`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpRequest

    from coproduce.understanding.contents import Contents, Part

WHOLE = "whole"


def asked_part(request: HttpRequest, contents: Contents) -> Part | None:
    """The part that is asked for. None where none is; no page where there is no such part."""
    asked = request.GET.get("part")
    if asked is None:
        return None
    part = contents.part(int(asked)) if asked.isdecimal() and len(asked) < 6 else None
    if part is None:
        raise Http404
    return part
