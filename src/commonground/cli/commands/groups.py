"""`commonground groups`: who is in which opinion group."""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Any

from commonground.cli.answers_in import add_input_arguments, at_least_one, read_input
from commonground.cli.exit_codes import ExitCode
from commonground.cli.output import add_output_arguments, wants_json, write_json, write_table
from commonground.cli.progress import say

if TYPE_CHECKING:
    from commonground.opinion_groups import OpinionGroups
    from commonground.opinion_groups.plane import Floats
    from commonground.votes import Votes
    from commonground.what_groups_say import WhatGroupsSay

SUMMARY = "Find opinion groups: a row for each person, or everything as JSON."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, how many groups, and Polis' way instead of ours."""
    add_input_arguments(parser)
    parser.add_argument(
        "--groups", type=at_least_one, metavar="N", help="this many groups (chosen when not given)"
    )
    parser.add_argument(
        "--polis", action="store_true", help="find them exactly as Polis does, from a fresh start"
    )
    add_output_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read, analyse and write."""
    votes = read_input(arguments).votes()
    say(f"{votes.n_votes:,} answers of {votes.n_participants:,} people")
    if arguments.polis:
        _write_polis(arguments, votes)
        return ExitCode.FINE
    from commonground.opinion_groups import find_opinion_groups
    from commonground.what_groups_say import what_groups_say

    say("looking for opinion groups")
    groups = find_opinion_groups(votes, arguments.groups)
    say(f"{groups.verdict.value}: {groups.n_groups}")
    if wants_json(arguments):
        write_json(arguments, _everything(votes, groups, what_groups_say(votes, groups)))
        return ExitCode.FINE
    columns = [
        "participant",
        "opinion-group",
        *(f"probability-{_letter(group)}" for group in range(groups.n_groups)),
        "x",
        "y",
        "x-standard-error",
        "y-standard-error",
    ]
    write_table(arguments, columns, _people(votes, groups))
    return ExitCode.FINE


def _letter(group: int) -> str:
    """As the report names them; nothing for somebody who took no side."""
    return chr(ord("A") + group) if 0 <= group < 26 else ("" if group < 0 else str(group + 1))


def _people(votes: Votes, groups: OpinionGroups) -> list[list[Any]]:
    return [
        [person, _letter(label), *chances, *place, *errors]
        for person, label, chances, place, errors in zip(
            votes.participants.tolist(),
            groups.labels.tolist(),
            groups.memberships.round(4).tolist(),
            groups.plane.people.round(4).tolist(),
            _or_empty(groups.plane.standard_errors),
            strict=True,
        )
    ]


def _or_empty(numbers: Floats) -> list[list[float | None]]:
    """Rounded; nothing where a number is not known."""
    rows: list[list[float]] = numbers.round(4).tolist()
    return [[None if math.isnan(one) else one for one in row] for row in rows]


def _everything(votes: Votes, groups: OpinionGroups, said: WhatGroupsSay) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "verdict": groups.verdict.value,
        "groups": [
            {
                "opinion-group": _letter(group),
                "people": int(groups.sizes[group]),
                "says": [asdict(item) for item in said.telling[group]],
            }
            for group in range(groups.n_groups)
        ],
        "shared": [asdict(item) for item in said.shared],
        "dividing": [asdict(item) for item in said.dividing],
        "tried": [asdict(attempt) for attempt in groups.attempts],
        "standard-deviations-from-chance": groups.evidence.distance,
        "participants": [
            {
                "participant": person,
                "opinion-group": label or None,
                "probabilities": row[: groups.n_groups],
                "x": row[-4],
                "y": row[-3],
                "x-standard-error": row[-2],
                "y-standard-error": row[-1],
            }
            for person, label, *row in _people(votes, groups)
        ],
    }


def _write_polis(arguments: argparse.Namespace, votes: Votes) -> None:
    from commonground.polis import analyse_as_polis

    found = analyse_as_polis(votes)
    rows = [
        [person, label if label >= 0 else "", x, y]
        for person, label, (x, y) in zip(
            votes.participants.tolist(),
            found.labels.tolist(),
            found.plane.participants.tolist(),
            strict=True,
        )
    ]
    write_table(arguments, ["participant", "group-id", "x", "y"], rows)
