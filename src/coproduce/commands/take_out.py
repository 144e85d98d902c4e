"""Statements, or a Polis zip, to a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from coproduce.commands import DONE, Problem

HELP = """Write a conversation's statements, or its answers as a Polis zip, to a file.

  coproduce export statements.json --conversation SLUG
  coproduce export statements.csv  --conversation SLUG
  coproduce export answers.zip     --conversation SLUG

The ending says what is written. JSON and CSV hold what may be public. The zip (polis-export/1) has
one row for each person, without children and only from 20 people on: it is never to be made
public."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where to write; ends in .json, .csv or .zip")
    parser.add_argument("--conversation", required=True, help="its short name in links")


def act(options: argparse.Namespace) -> int:
    from coproduce.exchange.find import conversation_called
    from coproduce.exchange.polis_export import polis_zip
    from coproduce.exchange.statement_export import as_csv, as_json

    conversation = conversation_called(options.conversation)
    ending = options.file.suffix.lower()
    if ending == ".json":
        content = as_json(conversation).encode()
    elif ending == ".csv":
        content = as_csv(conversation).encode(
            "utf-8-sig"
        )  # so that offices' spreadsheets see UTF-8
    elif ending == ".zip":
        content = polis_zip(conversation=conversation, by=None)
    else:
        raise Problem(f"{options.file}: end the name in .json, .csv or .zip.")
    try:
        options.file.write_bytes(content)
    except OSError as error:
        raise Problem(f"{options.file} cannot be written: {error.strerror}.") from error
    print(f"Written: {options.file}")
    return DONE
