"""Where the files of an export are: a folder, a zip, or a zip that somebody has opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from commonground.errors import InputError

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most, so that a small zip cannot fill the memory. Sizes in bytes."""

    file_bytes: int = 4_000_000_000
    total_bytes: int = 8_000_000_000
    files: int = 1_000


@dataclass(slots=True)
class Source:
    """The files of one export by name, read when they are asked for.

    `name`: what to call it in messages. Folders inside are ignored: Polis' files have fixed names.
    """

    name: str
    _paths: Mapping[str, Path | zipfile.ZipInfo]
    _limits: Limits
    _zip: zipfile.ZipFile | None = None
    _read: int = field(default=0)

    def __contains__(self, name: str) -> bool:
        return name in self._paths

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, sorted."""
        return tuple(sorted(self._paths))

    def where(self, name: str) -> str:
        """What to call one of the files in messages."""
        return f"{self.name}/{name}"

    def text(self, name: str) -> str:
        """The text of one file, as UTF-8 with or without a byte order mark.

        Raises `InputError` where it is too large, damaged or not UTF-8.
        """
        return decoded(self._bytes(name), self.where(name))

    def _bytes(self, name: str) -> bytes:
        place = self._paths[name]
        pieces, size = [], 0
        try:
            with self._opened(place) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._read += len(piece)
                    # What a zip says of its sizes can be false, so what comes out is counted.
                    if size > self._limits.file_bytes:
                        raise InputError(
                            f"the file is larger than {self._limits.file_bytes:,} bytes",
                            path=self.where(name),
                        )
                    if self._read > self._limits.total_bytes:
                        raise InputError(
                            f"all files together are larger than {self._limits.total_bytes:,} "
                            "bytes",
                            path=self.name,
                        )
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise InputError(f"the zip is damaged: {error}", path=self.where(name)) from error
        except RuntimeError as error:
            raise InputError(
                "the zip has a password; give one without", path=self.where(name)
            ) from error
        return b"".join(pieces)

    def _opened(self, place: Path | zipfile.ZipInfo) -> BinaryIO:
        if isinstance(place, Path):
            return place.open("rb")
        assert self._zip is not None
        return self._zip.open(place)  # type: ignore[return-value]


@contextmanager
def opened(given: str | Path | BinaryIO, limits: Limits | None = None) -> Iterator[Source]:
    """The files of a folder, a zip, or a stream that holds a zip.

    Raises `InputError` for a path that does not exist, a file that is no zip, or too many files.
    """
    limits = limits or Limits()
    if isinstance(given, str | Path) and Path(given).is_dir():
        paths = {path.name: path for path in Path(given).iterdir() if path.is_file()}
        yield Source(str(given), paths, limits)
        return
    name = str(given) if isinstance(given, str | Path) else "the zip"
    if isinstance(given, str | Path) and not Path(given).exists():
        raise InputError("there is no such file or folder", path=name)
    try:
        archive = zipfile.ZipFile(given)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise InputError(
            "this is not a zip that can be read; expected a folder, or a zip, with summary.csv, "
            f"comments.csv and votes.csv ({error})",
            path=name,
        ) from error
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) > limits.files:
            raise InputError(
                f"the zip has {len(members):,} files; at most {limits.files:,} are read", path=name
            )
        found: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            path = PurePosixPath(member.filename)
            if path.name.startswith(".") or "__MACOSX" in path.parts:
                continue
            if path.name in found:
                raise InputError(
                    f"the zip has {path.name} twice ({found[path.name].filename} and "
                    f"{member.filename}); give one export at a time",
                    path=name,
                )
            found[path.name] = member
        yield Source(name, found, limits, archive)


def decoded(content: bytes, path: object) -> str:
    """Bytes as UTF-8 text. Raises `InputError` with the line that is not."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "this is not UTF-8 text; save the file as UTF-8",
            path=path,
            line=content.count(b"\n", 0, error.start) + 1,
        ) from error


def read_text(path: str | Path, limits: Limits | None = None) -> str:
    """The text of a single file, within the limits."""
    limits = limits or Limits()
    place = Path(path)
    if not place.is_file():
        raise InputError("there is no such file", path=place)
    if place.stat().st_size > limits.file_bytes:
        raise InputError(f"the file is larger than {limits.file_bytes:,} bytes", path=place)
    return decoded(place.read_bytes(), place)


def lines_of(text: str) -> io.StringIO:
    """The text as the csv module wants it: line ends inside quotes kept."""
    return io.StringIO(text, newline="")
