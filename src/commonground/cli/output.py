"""Writing results: a table as CSV or JSON, to a file or to standard output."""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from commonground.cli.exit_codes import ExitCode


class CannotWriteError(SystemExit):
    """The output file cannot be written; ends the command with its own exit code."""

    def __init__(self, path: str, reason: str) -> None:
        print(f"commonground: cannot write {path}: {reason}", file=sys.stderr)
        super().__init__(int(ExitCode.CANNOT_WRITE))


def add_output_arguments(parser: argparse.ArgumentParser, *, default: str = "csv") -> None:
    """`-o/--output FILE` and `--format csv|json`, for commands whose result is a table."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to write (standard output when not given)"
    )
    parser.add_argument(
        "--format",
        choices=["csv", "json"],
        help=f"how to write it (from the file's ending when it has one, otherwise {default})",
    )
    parser.set_defaults(default_format=default)


def write_table(
    arguments: argparse.Namespace, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows under named columns, in the format and to the place that were asked for."""
    if wants_json(arguments):
        write_json(arguments, [dict(zip(columns, row, strict=True)) for row in rows])
        return
    with open_output(arguments.output) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(value) for value in row] for row in rows)


def write_json(arguments: argparse.Namespace, content: Any) -> None:
    """Write anything made of mappings, lists, numbers (numpy's too) and texts as JSON."""
    with open_output(arguments.output) as stream:
        json.dump(_plain(content), stream, ensure_ascii=False, indent=2, allow_nan=False)
        stream.write("\n")


@contextlib.contextmanager
def open_output(path: str | None) -> Iterator[TextIO]:
    """The file to write, or standard output for none and for `-`."""
    if path is None or path == "-":
        yield sys.stdout
        return
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise CannotWriteError(path, error.strerror or str(error)) from error


def wants_json(arguments: argparse.Namespace) -> bool:
    """Whether the result should be JSON, by the option or else the ending of the file."""
    return _chosen_format(arguments) == "json"


def _chosen_format(arguments: argparse.Namespace) -> str:
    if arguments.format:
        return str(arguments.format)
    ending = Path(arguments.output).suffix.lower() if arguments.output else ""
    return {".csv": "csv", ".json": "json"}.get(ending, str(arguments.default_format))


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):  # Arrays and numbers of numpy, which `--help` need not load.
        value = value.tolist()
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
