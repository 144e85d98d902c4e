"""What can be wrong with a file, said to the person who brought it."""

from __future__ import annotations

from coproduce.refused import Refused


class UnreadableFile(Refused):
    """The file cannot be read as what it should be."""


class AlreadyImported(Refused):
    """The same file came in before."""


class HasProblems(Refused):
    """Lines of the file must be mended first. Nothing was imported."""
