"""Errors that say where the trouble is and what to do about it."""

from __future__ import annotations


class CommonGroundError(Exception):
    """Base of every error that commonground raises on purpose."""


class InputError(CommonGroundError, ValueError):
    """Something that was given cannot be used.

    `path`, `line` (1 is the first line) and `column` (a name, a number from 1, or an option of the
    command line) say where, as far as they are known; `str()` puts them in front of the message.
    """

    def __init__(
        self,
        message: str,
        *,
        path: object | None = None,
        line: int | None = None,
        column: str | int | None = None,
    ) -> None:
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line
        self.column = column
        super().__init__(message)

    def __str__(self) -> str:
        where = []
        if self.path is not None:
            where.append(self.path)
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.column is not None:
            is_option = str(self.column).startswith("--")
            where.append(str(self.column) if is_option else f"column {self.column}")
        return f"{', '.join(where)}: {self.message}" if where else self.message


class MissingColumnError(InputError):
    """A table has no column with any of the names that were looked for."""


class MissingExtraError(CommonGroundError, ImportError):
    """A feature needs a package of an optional extra that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f'{feature} needs an extra: pip install "commonground[{extra}]"')
