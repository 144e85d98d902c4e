"""Which sign stands for agreeing. Files of Polis say 1; its database has always said -1."""

from __future__ import annotations

import json
from typing import Any

from commonground.errors import InputError
from commonground.formats.sources import Source

FORMAT = "polis-export/1"
CONVENTION = f"agree=+1;disagree=-1;pass=0;format={FORMAT}"
KEY = "vote-convention"

_VALUES = {"agree": 1, "disagree": -1, "pass": 0}


def check_declaration(said: str, *, path: object, line: int | None = None) -> None:
    """Accept "agree=+1;disagree=-1;pass=0", in any order, with or without the format.

    Raises `InputError` for any other convention or format, and for what cannot be understood.
    """
    found: dict[str, str] = {}
    for part in said.strip().split(";"):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or name in found or name not in {*_VALUES, "format"}:
            raise InputError(
                f"the vote convention {said!r} cannot be understood; expected {CONVENTION!r}",
                path=path,
                line=line,
                column=KEY,
            )
        found[name] = value
    declared = found.pop("format", FORMAT)
    try:
        values = {name: int(value) for name, value in found.items()}
    except ValueError:
        values = {}
    if values != _VALUES or declared != FORMAT:
        raise InputError(
            f"the file declares the vote convention {said!r}; only {CONVENTION!r} is read. "
            "Export it again in that format, so that nobody's answer is turned round",
            path=path,
            line=line,
            column=KEY,
        )


def declared_apart(text: str, path: object) -> tuple[str, int]:
    """The text without a first line "# vote-convention: …", and how many lines that took away.

    Raises `InputError` where such a line declares another convention.
    """
    if not text.startswith(f"# {KEY}:"):
        return text, 0
    first, _, rest = text.partition("\n")
    check_declaration(first.partition(":")[2], path=path, line=1)
    return rest, 1


def check_sidecar(source: Source) -> bool:
    """Check format.json, where there is one, and say whether there is."""
    name = "format.json"
    if name not in source:
        return False
    where = source.where(name)
    try:
        said: Any = json.loads(source.text(name))
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise InputError("this is not JSON", path=where, line=line) from error
    if not isinstance(said, dict):
        raise InputError('expected {"format": …, "vote-convention": …}', path=where)
    if said.get("format", FORMAT) != FORMAT:
        raise InputError(f"the format is {said['format']!r}; only {FORMAT!r} is read", path=where)
    if KEY in said:
        check_declaration(str(said[KEY]), path=where)
    if "vote" in said and said["vote"] != _VALUES:
        raise InputError(
            f"votes are declared as {said['vote']!r}; only {_VALUES!r} is read", path=where
        )
    return True


def sidecar() -> str:
    """The content of format.json for the files that we write."""
    counts = {"n-votes": "count", "n-agree": "count", "n-disagree": "count"}
    said = {
        "format": FORMAT,
        KEY: CONVENTION,
        "vote": _VALUES,
        "files": {
            "summary.csv": {KEY: "declaration"},
            "votes.csv": {"vote": "vote"},
            "participant-votes.csv": {"<comment-id>": "vote", **counts},
            "comments.csv": {"agrees": "count", "disagrees": "count"},
        },
    }
    return json.dumps(said, indent=2) + "\n"
