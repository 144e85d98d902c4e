"""`commonground duplicates`: pairs of statements that may say the same."""

from __future__ import annotations

import argparse
from collections.abc import Hashable

SUMMARY = "Lists statements that may say the same, and pairs that may disagree, and says why."

_COLUMNS = (
    "relation",
    "score",
    "first",
    "second",
    "part",
    "reasons",
    "first_text",
    "second_text",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    from commonground.cli.output import add_output_arguments
    from commonground.cli.statements_in import add_statement_arguments

    add_statement_arguments(parser)
    parser.add_argument(
        "--answers",
        metavar="FILE",
        help="for a CSV of statements: a CSV or Parquet file with a row an answer. Where people "
        "answered two statements in different ways, the two are kept apart",
    )
    add_output_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Compare every statement with every other, and list what a person should look at."""
    from commonground.cli.exit_codes import ExitCode
    from commonground.cli.output import write_table
    from commonground.cli.progress import running_count
    from commonground.cli.statements_in import read_input, vectors_for
    from commonground.duplicates import DuplicateIndex, answers_among

    statements = read_input(arguments)
    index = DuplicateIndex()
    index.add(statements.ids, statements.texts, vectors_for(arguments, statements.texts))
    votes = statements.votes
    with running_count("comparing pairs") as progress:
        answers = None if votes is None else answers_among(votes)
        pairs = index.pairs(answers=answers, progress=progress)
    text_of: dict[Hashable, str] = dict(zip(statements.ids, statements.texts, strict=True))
    write_table(
        arguments,
        _COLUMNS,
        [
            (
                str(one.relation),
                round(one.score, 3),
                one.first,
                one.second,
                one.part or "",
                "; ".join(one.reasons),
                text_of[one.first],
                text_of[one.second],
            )
            for one in (*pairs.alike, *pairs.may_disagree)
        ],
    )
    return ExitCode.FINE
