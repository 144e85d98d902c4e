"""Arguments of the commands that read answers, and the reading."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from commonground.cli.progress import say
from commonground.errors import MissingColumnError

if TYPE_CHECKING:
    from commonground.formats import Answers


def add_input_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to read, and what its columns are called."""
    parser.add_argument(
        "input",
        metavar="EXPORT_OR_CSV",
        help="a Polis export (folder or .zip), or a .csv, .tsv or .parquet with a row an answer",
    )
    parser.add_argument(
        "--statements",
        metavar="FILE",
        help="for files that have no texts: a CSV with id and text and, if you like, moderated (-1 "
        "rejected) and is-meta (true: about the person); Polis' comments.csv serves",
    )
    for role, what in (
        ("participant", "who answered"),
        ("statement", "what they answered"),
        ("answer", "their answer: agree, disagree, not sure, or 1, -1, 0"),
        ("time", "when"),
    ):
        parser.add_argument(
            f"--{role}-column", metavar="NAME", help=f"the column of a CSV or Parquet file: {what}"
        )


def at_least_one(given: str) -> int:
    """The type of an argument that counts something: a whole number, 1 or more."""
    try:
        number = int(given)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{given!r}: give a whole number, 1 or more")
    return number


def read_input(arguments: argparse.Namespace) -> Answers:
    """Read the file that the arguments name, and say on standard error what does not fit in it."""
    from commonground.formats import Columns, read_answers

    say(f"reading {arguments.input}")
    columns = Columns(
        participant=arguments.participant_column,
        statement=arguments.statement_column,
        answer=arguments.answer_column,
        time=arguments.time_column,
    )
    try:
        answers = read_answers(arguments.input, columns=columns, statements=arguments.statements)
    except MissingColumnError as error:
        if error.path != arguments.input:
            raise  # The list of statements, or a file of a Polis export.
        raise MissingColumnError(
            f"{error.message}; if it is called otherwise, name it with --participant-column, "
            "--statement-column or --answer-column",
            path=error.path,
            line=error.line,
        ) from error
    for warning in answers.warnings:
        print(f"commonground: {warning}", file=sys.stderr)
    if not len(answers.events):
        print(f"commonground: there are no answers in {arguments.input}", file=sys.stderr)
    return answers
