"""Pages that differ from one another in a few words: the template is rendered once.

In a full room the same page is made some hundred times a second, with another statement in it each
time. Django's templates are most of that time. Here a template is rendered with stand-ins for those
words; what comes out, its shape, is kept, and each page puts its own words in. Kept is what stands
around people's words, never the words themselves.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain, zip_longest
from typing import NamedTuple

from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

MOST_KEPT = 2048
# Letters and numbers, so that they can stand in an address too. Nobody can know and write them.
_MARK = secrets.token_hex(12).upper()
_STAND_IN = re.compile(rf"{_MARK}([a-z_]+)X")

# What a template is given that is the same for many pages, in the order of its names.
Around = tuple[tuple[str, object], ...]


class _Shape(NamedTuple):
    """`around[0]`, the value named `names[0]`, `around[1]` and so on."""

    around: tuple[str, ...]
    names: tuple[str, ...]


def filled(template: str, around: Mapping[str, object], words: Mapping[str, object]) -> SafeString:
    """The template rendered with both, without a request.

    `around`: hashable values, on which the template may branch. `words`: what it only shows, as
    text, as part of an address or as `csrf_token`; they are escaped here. It must not change them
    or ask anything about them.
    """
    shape = _shape(template, tuple(sorted(around.items())), tuple(words))
    shown = (conditional_escape(str(words[name])) for name in shape.names)
    parts = zip_longest(shape.around, shown, fillvalue="")
    return SafeString("".join(chain.from_iterable(parts)))


@lru_cache(MOST_KEPT)
def _shape(template: str, around: Around, names: tuple[str, ...]) -> _Shape:
    stand_ins = {name: f"{_MARK}{name}X" for name in names}
    made = get_template(template).render({**dict(around), **stand_ins})
    pieces = _STAND_IN.split(made)
    return _Shape(tuple(pieces[::2]), tuple(pieces[1::2]))
