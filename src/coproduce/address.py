"""Where people reach the service that runs, left in the data folder for the commands beside it.

`coproduce sign-in` prints a link while the service runs elsewhere, often in a shell that lacks the
settings of the service. What serves says where it is; the last one that started counts.
"""

from __future__ import annotations

import os
from pathlib import Path

NAME = "address"


def keep(folder: Path, address: str) -> None:
    """Write it as a whole: who reads meanwhile gets the one before, or this."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{NAME}.{os.getpid()}"
    beside.write_text(f"{address}\n", encoding="utf-8")
    beside.replace(folder / NAME)


def kept(folder: Path) -> str:
    """The address, such as ``http://127.0.0.1:8000``; empty where nothing has served yet."""
    try:
        return (folder / NAME).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
