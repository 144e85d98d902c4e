"""Numbers about the area's people, from a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from coproduce.commands import DONE, Problem

HELP = """Load benchmarks: how many people there are in partner groups and areas, by whom and when.

  coproduce benchmarks devon.csv

The columns are kind,key,people,source,as_of; see docs/reference/reach-files.md. A file of the same
name takes the place of the one before."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a CSV or XLSX file")


def act(options: argparse.Namespace) -> int:
    from coproduce.reach.services import load_benchmarks

    loaded = load_benchmarks(by=None, name=options.file.name, content=read(options.file))
    print(f"Loaded: {loaded.rows.count()} benchmarks from {loaded.name}.")
    return DONE


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror}.") from error
