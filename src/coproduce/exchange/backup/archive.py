"""The file itself: a zip of JSON lines, encrypted with a passphrase in the age format.

Age (age-encryption.org/v1) is an open format: other tools open the file with the passphrase, and
a file that was changed or cut short does not open at all.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyrage

FORMAT = "coproduce-backup/1"
SHORTEST_PASSPHRASE = 12
# A zip that unpacks to more than this was not made by us.
MOST_BYTES = 8 * 1024**3


class BackupError(Exception):
    """Says what is wrong with a backup and what to do about it."""


def write(
    path: Path, passphrase: str, manifest: dict[str, Any], tables: dict[str, Iterable[Any]]
) -> dict[str, int]:
    """Write an archive whole or not at all; returns the rows written by table."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupError(f"The passphrase needs at least {SHORTEST_PASSPHRASE} characters.")
    counts: dict[str, int] = {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            counts[name] = 0
            with archive.open(f"{name}.jsonl", "w", force_zip64=True) as file:
                for row in rows:
                    file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                    counts[name] += 1
        whole = {"format": FORMAT, **manifest, "rows": counts}
        archive.writestr("manifest.json", json.dumps(whole, indent=1))
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.write_bytes(pyrage.passphrase.encrypt(packed.getvalue(), passphrase))
    unfinished.replace(path)
    return counts


class Archive:
    """An opened backup. Raises BackupError where it cannot be read."""

    def __init__(self, path: Path, passphrase: str) -> None:
        try:
            kept = path.read_bytes()
        except OSError as error:
            raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(pyrage.passphrase.decrypt(kept, passphrase)))
        except pyrage.DecryptError as error:
            raise BackupError(
                f"{path} does not open. Either the passphrase is another one, or the file is not "
                "a backup, or it was changed or cut short."
            ) from error
        except zipfile.BadZipFile as error:
            raise BackupError(f"{path} opens, but holds no backup of this service.") from error
        if sum(part.file_size for part in self._zip.infolist()) > MOST_BYTES:
            raise BackupError(f"{path} unpacks to more than a backup can hold.")
        try:
            self.manifest: dict[str, Any] = json.loads(self._zip.read("manifest.json"))
        except (KeyError, ValueError) as error:
            raise BackupError(f"{path} opens, but holds no backup of this service.") from error
        if self.manifest.get("format") != FORMAT:
            raise BackupError(
                f"{path} has the format {self.manifest.get('format')!r}; this version reads "
                f"{FORMAT!r}. Restore it with the version that wrote it."
            )

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of one table, in the order in which they were written."""
        name = f"{table}.jsonl"
        if name not in self._zip.namelist():
            return
        with self._zip.open(name) as file:
            for line in file:
                yield json.loads(line)
