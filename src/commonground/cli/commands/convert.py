"""`commonground convert`: the same answers in another format."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonground.formats import Answers

SUMMARY = "Writes answers in another format: Polis, CSV, Parquet, or for sense-making tools."

_KINDS = ("polis", "csv", "parquet", "sensemaking")
_NO_FOLDERS = (".tsv", ".txt", ".json", ".html", ".xls", ".xlsx", ".ods", ".gz", ".7z", ".tar")
"""Endings of files, which nobody means as the name of a folder. A folder's name may have dots."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    from commonground.cli.answers_in import add_input_arguments

    add_input_arguments(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="where to write: .zip or a folder (Polis), .csv or .parquet; - for standard output",
    )
    parser.add_argument(
        "--to",
        choices=_KINDS,
        help="the format, where the name of the output does not say it; sensemaking is a CSV with "
        "one row for each statement",
    )
    parser.add_argument(
        "--statements-output",
        metavar="FILE",
        help="for csv and parquet, which hold answers only: a CSV with the statements, their texts "
        "and what moderators made of them, to give back with --statements",
    )
    parser.add_argument(
        "--groups",
        metavar="FILE",
        help="for sensemaking: a CSV with the columns participant and group, to count by group",
    )


def run(arguments: argparse.Namespace) -> int:
    """Read, write, and say nothing where all is well."""
    from commonground.cli.answers_in import read_input
    from commonground.cli.exit_codes import ExitCode
    from commonground.cli.output import CannotWriteError
    from commonground.errors import InputError

    kind = arguments.to or _kind_of(arguments.output)
    if kind == "polis" and Path(arguments.output).suffix.lower() in _NO_FOLDERS:
        raise InputError(
            f"expected a name that ends in .csv, .parquet or .zip, or a folder: {arguments.output}",
            column="--output",
        )
    if kind in ("polis", "parquet") and arguments.output == "-":
        raise InputError(f"{kind} cannot go to standard output; name a file", column="--output")
    if arguments.groups is not None and kind != "sensemaking":
        raise InputError("only --to sensemaking counts by group", column="--groups")
    if arguments.statements_output is not None and kind not in ("csv", "parquet"):
        raise InputError("only csv and parquet need it", column="--statements-output")
    answers = read_input(arguments)
    if kind in ("csv", "parquet"):
        for lost in _not_in_rows(answers, apart=arguments.statements_output is not None):
            print(f"commonground: {lost}", file=sys.stderr)
    try:
        _write(arguments, kind, answers)
    except OSError as error:
        raise CannotWriteError(arguments.output, error.strerror or str(error)) from error
    return ExitCode.FINE


def _not_in_rows(answers: Answers, *, apart: bool) -> Iterator[str]:
    """What rows of answers do not say, in words; `apart`: the statements have a file of their own.

    A rejected statement that becomes one like all others would change every opinion group.
    """
    silent = len(set(answers.participants.tolist()) - set(answers.events.participants.tolist()))
    if silent:
        yield f"people without an answer who are not in the file: {silent}"
    if apart:
        return
    answered = set(answers.events.statements.tolist())
    kinds = (
        ("that moderators rejected", lambda one: one.moderated == -1),
        ("about the person (is-meta)", lambda one: bool(one.is_meta)),
        ("that nobody answered", lambda one: one.id not in answered),
    )
    found = [
        f"statements {what}: {number}"
        for what, is_so in kinds
        if (number := sum(is_so(one) for one in answers.statements))
    ]
    if found:
        yield (
            f"the file does not tell which they are ({'; '.join(found)}); "
            "keep that with --statements-output FILE"
        )


def _kind_of(output: str) -> str:
    ending = Path(output).suffix.lower()
    return {".csv": "csv", ".parquet": "parquet", ".pq": "parquet"}.get(
        ending, "csv" if output == "-" else "polis"
    )


def _write(arguments: argparse.Namespace, kind: str, answers: Answers) -> None:
    import csv

    from commonground.cli.output import open_output
    from commonground.formats import (
        matched_memberships,
        read_memberships,
        write_csv_events,
        write_parquet_events,
        write_polis,
        write_statements,
    )
    from commonground.formats.sensemaking import sensemaking_rows

    if kind == "parquet":
        write_parquet_events(arguments.output, answers.events)
    elif kind == "polis":
        write_polis(
            arguments.output,
            statements=answers.with_every_statement(),
            events=answers.events,
            participants=answers.participants.tolist(),
            topic=answers.summary.get("topic", ""),
            url=answers.summary.get("url", ""),
            description=answers.summary.get("conversation-description", ""),
            groups=answers.polis_groups,
        )
    elif kind == "csv":
        with open_output(arguments.output) as stream:
            write_csv_events(stream, answers.events)
    else:
        votes = answers.votes()
        groups = {} if arguments.groups is None else read_memberships(arguments.groups)
        groups = matched_memberships(groups, votes.participants.tolist())
        with open_output(arguments.output) as stream:
            csv.writer(stream, lineterminator="\n").writerows(
                sensemaking_rows(answers.statements, votes, groups)
            )
    if arguments.statements_output is not None:
        with open_output(arguments.statements_output) as stream:
            write_statements(stream, answers.statements)
