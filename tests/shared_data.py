"""Where the real data is that some tests use. It is never part of the repository."""

import os
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("COPRODUCE_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")
)


def shared(*parts: str) -> Path:
    """A file or folder of the shared data; skips the test, with a reason, where it is absent."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the shared data is not here: {'/'.join(parts)}")
    return path
