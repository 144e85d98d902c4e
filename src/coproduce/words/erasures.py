"""The ledger of erasures: a file outside the database that only grows.

A backup from before an erasure still holds what was erased. After a restore the ledger is
replayed, so that it is gone again. Each line names the words by their reference, or the private
codes (by digest) of somebody who took back everything; never what was said.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone


def record_erasure(*, words: Iterable[str] = (), codes: Iterable[str] = ()) -> None:
    """Write references of words, and digests of codes, to the ledger, and to the disk.

    Called as the last thing inside the transaction that erases: if the machine stops between the
    two, the ledger holds what the person asked for, and a replay honours it.
    """
    now = timezone.now().isoformat(timespec="seconds")
    lines: list[dict[str, Any]] = [{"at": now, "words": ref} for ref in words]
    digests = list(codes)
    if digests:
        lines.append({"at": now, "codes": digests})
    if not lines:
        return
    file = Path(settings.ERASURES)
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        # One write, so that two processes never mix their lines.
        os.write(handle, "".join(f"{json.dumps(line)}\n" for line in lines).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def erased() -> tuple[set[str], set[str]]:
    """Every reference of words, and every digest of a code, in the ledger."""
    file = Path(settings.ERASURES)
    words: set[str] = set()
    codes: set[str] = set()
    if file.exists():
        for written in file.read_text().splitlines():
            try:
                line = json.loads(written)
            except ValueError:
                continue  # a line cut short when a disk was full; what came before it stands
            if "words" in line:
                words.add(line["words"])
            codes.update(line.get("codes", []))
    return words, codes
