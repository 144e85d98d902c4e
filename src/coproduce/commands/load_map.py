"""The embedding map, from a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from coproduce.commands import DONE
from coproduce.commands.benchmarks import read

HELP = """Put decisions and services of the area on the embedding map, from a file.

  coproduce map services.csv

The columns are name,kind,stage,group,how,source,note; see docs/reference/reach-files.md."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a CSV or XLSX file")


def act(options: argparse.Namespace) -> int:
    from coproduce.reach.services import load_map

    changed = load_map(by=None, name=options.file.name, content=read(options.file))
    print(f"Loaded: {changed} new or changed lines on the map.")
    return DONE
