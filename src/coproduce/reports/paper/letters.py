"""Letters that the PDF's fonts have, and what is said in place of those that they do not."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import font_source_sans_pro
import typst

# Letters up to here (Latin with its extensions) are in the fonts.
KNOWN = "\u017f"
FONTS = [str(font_source_sans_pro.__path__[0])]
# Signs that steer other signs, and are not seen themselves: passed over where no font has them.
UNSEEN = {"Cf", "Cc"}

_PROBE = (
    '#set document(title: "probe")\n#set text(font: ("Source Sans Pro", "DejaVu Sans Mono"))\n'
    "#sys.inputs.letter"
)


def typeset(source: str, **inputs: str) -> bytes:
    """A PDF from the typesetter's own language, with our fonts and no others.

    It refuses what is not PDF/UA-1: a picture without words, a heading level that is left out, a
    letter that no font has (TypstError).
    """
    compiled = typst.compile(  # type: ignore[misc]  # its type parameter has no default
        source.encode(),
        font_paths=FONTS,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs=inputs,
    )
    assert isinstance(compiled, bytes)
    return compiled


@lru_cache(maxsize=4096)
def can_print(letter: str) -> bool:
    """Whether a font of ours has this letter. Asked of the typesetter, once for each letter."""
    if letter <= KNOWN:
        return True
    if unicodedata.category(letter) in UNSEEN or "\ufe00" <= letter <= "\ufe0f":
        return False
    try:
        typeset(
            _PROBE,
            letter=letter,
        )
    except typst.TypstError:
        return False
    return True


def readable(text: str) -> str:
    """The text without signs that no file may hold: control characters, halves of letters."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "", text)


def printable(text: str) -> str:
    """The text as the PDF can print it: pictures by name; other scripts are said to be there.

    "I like this 😀" becomes "I like this [grinning face]". Words in letters that no font of ours
    has are not printed in part: the sentence in their place says which letters they are in.
    """
    text = readable(text)
    if all(letter <= KNOWN or can_print(letter) for letter in text):
        return text
    kept = []
    for letter in text:
        if letter <= KNOWN or can_print(letter):
            kept.append(letter)
        elif unicodedata.category(letter).startswith("L"):
            script = unicodedata.name(letter, "OTHER").split()[0].replace("CJK", "Chinese")
            return (
                f"[Words in {script.capitalize()} letters. This file cannot print them. "
                "They can be read online.]"
            )
        elif unicodedata.category(letter) not in {*UNSEEN, "Mn", "Me"}:
            # A picture has a name: it is said, as a screen reader would.
            kept.append(f"[{unicodedata.name(letter, 'a sign').lower()}]")
    return "".join(kept)
