"""`commonground agreement`: where the partner groups that people picked stand on each statement."""

from __future__ import annotations

import argparse
from typing import Any

SUMMARY = "Where partner groups stand on each statement, most broadly agreed first."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    from commonground.cli.answers_in import add_input_arguments, at_least_one
    from commonground.cli.output import add_output_arguments

    add_input_arguments(parser)
    parser.add_argument(
        "--groups",
        metavar="FILE",
        required=True,
        help="CSV with the columns participant and group; several groups with ; between them",
    )
    parser.add_argument(
        "--invited",
        metavar="NAMES",
        help="the partner groups that were invited, with commas between them, 12 at most "
        "(all in the file when not given)",
    )
    parser.add_argument(
        "--enough",
        type=at_least_one,
        default=5,
        metavar="N",
        help="how many people of a group must have answered (5; 3 where everybody is in one room)",
    )
    parser.add_argument(
        "--public",
        action="store_true",
        help="only what may be shown in public: rounded, in words, small numbers hidden",
    )
    add_output_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write one row for each statement that is not rejected."""
    from commonground.agreement import MOST_GROUPS
    from commonground.cli.answers_in import read_input
    from commonground.cli.exit_codes import ExitCode
    from commonground.cli.output import write_table
    from commonground.counting import counts_by_membership
    from commonground.errors import InputError
    from commonground.formats import matched_memberships, read_memberships

    answers = read_input(arguments)
    votes = answers.votes()
    known = set(votes.participants.tolist())
    groups = matched_memberships(read_memberships(arguments.groups), known)
    if known and not known & groups.keys():
        raise InputError(
            "none of the participants in this file has an answer; the first are "
            + ", ".join(str(one) for one in list(groups)[:3]),
            path=arguments.groups,
        )
    named = sorted({name for picked in groups.values() for name in picked})
    invited = named if arguments.invited is None else _listed(arguments.invited)
    if len(invited) > MOST_GROUPS:
        raise InputError(
            f"{len(invited)} partner groups; name at most {MOST_GROUPS} with --invited",
            path=arguments.groups,
        )
    strangers = sorted(set(invited) - set(named))
    if strangers:
        raise InputError(
            f"nobody is in the invited group {strangers[0]!r}; the groups are: " + ", ".join(named),
            path=arguments.groups,
        )
    texts = answers.texts()
    rows = _public_rows if arguments.public else _rows
    columns, table = rows(
        [
            (name, texts.get(name, ""), counts)
            for name, counts, rejected in zip(
                votes.statements.tolist(),
                counts_by_membership(votes, groups),
                votes.moderated_out.tolist(),
                strict=True,
            )
            if not rejected
        ],
        invited,
        arguments.enough,
    )
    write_table(arguments, columns, table)
    return ExitCode.FINE


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _rows(
    statements: list[tuple[Any, str, Any]], invited: list[str], enough: int
) -> tuple[list[str], list[list[Any]]]:
    from commonground.agreement import assess, in_words

    columns = ["statement", "text", "in_words", "marks", "breadth", "several_partners", "people"]
    for name in invited:
        columns += [f"{name}: stance", f"{name}: agree", f"{name}: disagree", f"{name}: not sure"]
        columns += [f"{name}: agree from", f"{name}: agree to"]
    found = [
        (statement, text, assess(counts, invited=invited, enough=enough))
        for statement, text, counts in statements
    ]
    found.sort(key=lambda one: one[2].order_key, reverse=True)
    table = []
    for statement, text, result in found:
        row: list[Any] = [statement, text, in_words(result, {}), result.marks, result.breadth]
        row += [result.several_partners, result.people]
        for group in result.groups.values():
            counts, share = group.counts, group.agree_share
            row += [str(group.stance), counts.agree, counts.disagree, counts.not_sure]
            row += [round(share.lower, 3), round(share.upper, 3)]
        table.append(row)
    return columns, table


def _public_rows(
    statements: list[tuple[Any, str, Any]], invited: list[str], enough: int
) -> tuple[list[str], list[list[Any]]]:
    from commonground.cli.progress import counted
    from commonground.rounding import rounded_count, said
    from commonground.small_numbers import public_figures

    columns = ["statement", "text", "marks", "breadth", "several_partners", "people"]
    for name in invited:
        columns += [f"{name}: stance", f"{name}: people", f"{name}: agree", f"{name}: disagree"]
    found = [
        (statement, text, public_figures(counts, invited=invited, enough=enough))
        for statement, text, counts in counted(statements, "statements", len(statements))
    ]
    found.sort(key=lambda one: one[2].order_key, reverse=True)
    table = []
    for statement, text, figures in found:
        row: list[Any] = [statement, text, figures.marks, figures.breadth]
        row += [figures.several_partners, rounded_count(figures.people)]
        for group in figures.groups.values():
            row += ["not shown" if group.stance is None else str(group.stance)]
            row += [rounded_count(group.people), said(group.agree), said(group.disagree)]
        table.append(row)
    return columns, table
