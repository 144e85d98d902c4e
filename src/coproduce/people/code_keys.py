"""The keys under which private codes are digested.

A code is never kept, only a digest of it that cannot be worked out from the database alone: the
key lies outside it. The first key comes from the installation's secret. A restored conversation
brings the key of the installation it came from, which is kept in a file beside the database (or
given in COPRODUCE_CODE_KEYS where there are several web servers), so that people's codes go on
working.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def _file() -> Path:
    return Path(settings.DATA_FOLDER) / "code-keys"


def current() -> bytes:
    """The key for new codes: 32 bytes that follow from the installation's secret."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"coproduce private codes", "sha256")


def all_keys() -> list[bytes]:
    """Every key that a code here may have been digested under, the current one first."""
    lines = os.environ.get("COPRODUCE_CODE_KEYS", "").split(",")
    if _file().exists():
        lines += _file().read_text().splitlines()
    adopted = [bytes.fromhex(line.strip()) for line in lines if line.strip()]
    return list(dict.fromkeys([current(), *adopted]))


def adopt(keys: Iterable[bytes]) -> None:
    """Keep the keys that restored codes were digested under."""
    new = [key for key in keys if key not in all_keys()]
    if not new:
        return
    handle = os.open(_file(), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a") as file:
        file.writelines(f"{key.hex()}\n" for key in new)


def digest(code: str, key: bytes | None = None) -> str:
    """The digest of a code: 64 hexadecimal letters, under the current key unless one is given."""
    return hmac.new(current() if key is None else key, code.encode(), hashlib.sha256).hexdigest()


def digests(code: str) -> list[str]:
    """Every digest that the code may have here: what to look it up by."""
    return [digest(code, key) for key in all_keys()]
