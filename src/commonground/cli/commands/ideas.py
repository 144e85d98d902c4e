"""`commonground ideas`: statements put together under connected ideas."""

from __future__ import annotations

import argparse
from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonground.cli.statements_in import Statements
    from commonground.ideas import IdeaLevel, NameHook

SUMMARY = "Suggests connected ideas among statements, with names in the statements' own words."

_KEY = "COMMONGROUND_NAMING_KEY"
_COLUMNS = ("idea", "name", "size", "made_by", "id", "text")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    from commonground.cli.output import add_output_arguments
    from commonground.cli.statements_in import add_statement_arguments

    add_statement_arguments(parser)
    parser.add_argument(
        "--detail",
        choices=["fewer", "middle", "more"],
        default="middle",
        help="fewer and larger ideas, or more and smaller ones (middle when not given)",
    )
    parser.add_argument(
        "--placed",
        metavar="FILE",
        help="a CSV with the columns id and idea: what people have arranged, which stays",
    )
    parser.add_argument(
        "--name-endpoint",
        metavar="URL",
        help="ask a language model at this address, in OpenAI's form, for names"
        f" (sends statements there; its key, if it has one, stands in {_KEY})",
    )
    parser.add_argument("--name-model", metavar="MODEL", help="the model to ask for there")
    add_output_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Suggest ideas, and write a row for each statement of each; those in none come last."""
    from commonground.cli.exit_codes import ExitCode
    from commonground.cli.output import write_table
    from commonground.cli.statements_in import read_input, vectors_for
    from commonground.ideas import Detail, suggest_ideas

    statements = read_input(arguments)
    placed = {} if arguments.placed is None else _placed(arguments.placed, statements)
    level = suggest_ideas(
        statements.ids,
        statements.texts,
        vectors_for(arguments, statements.texts),
        placed=placed,
        detail=Detail(arguments.detail),
        name_hook=_name_hook(arguments),
    ).levels[0]
    write_table(arguments, _COLUMNS, _rows(level, statements))
    return ExitCode.FINE


def _name_hook(arguments: argparse.Namespace) -> NameHook | None:
    """None, and no network, unless an address is given."""
    from commonground.errors import InputError

    if arguments.name_endpoint is None:
        if arguments.name_model is not None:
            raise InputError("--name-model needs --name-endpoint")
        return None
    import os

    from commonground.ideas.naming_endpoint import NamingEndpoint

    if arguments.name_model is None:
        raise InputError("--name-endpoint needs --name-model: the name of the model to ask")
    try:
        return NamingEndpoint(
            arguments.name_endpoint, arguments.name_model, os.environ.get(_KEY) or None
        )
    except ValueError as problem:
        raise InputError(f"--name-endpoint: {problem}") from problem


def _rows(level: IdeaLevel, statements: Statements) -> list[tuple[object, ...]]:
    text_of: dict[Hashable, str] = dict(zip(statements.ids, statements.texts, strict=True))
    rows: list[tuple[object, ...]] = []
    for idea in level.ideas:
        size = len(idea.members)
        for one in idea.arranged:
            rows.append((idea.key, idea.key, size, "a person", one, text_of[one]))
        for one in idea.suggested:
            name = idea.key if idea.made_by_person else idea.name
            rows.append((idea.key, name, size, "suggested", one, text_of[one]))
    rows.extend(("", "", 0, "in none", one, text_of[one]) for one in level.in_none)
    return rows


def _placed(path: str, statements: Statements) -> dict[Hashable, list[str]]:
    from commonground.errors import InputError
    from commonground.formats.sources import read_text
    from commonground.formats.tables import Table

    table = Table(read_text(path), path)
    own, idea = table.place("id", "statement_id", "comment-id"), table.place("idea")
    known = {str(one): one for one in statements.ids}
    placed: dict[Hashable, list[str]] = {}
    for row in table:
        given = row.values[own].strip()
        if given not in known:
            raise InputError(
                f"no statement has the id {given!r}", path=path, line=row.line, column="id"
            )
        ideas = placed.setdefault(known[given], [])
        if row.values[idea].strip():
            ideas.append(row.values[idea].strip())
    return placed
