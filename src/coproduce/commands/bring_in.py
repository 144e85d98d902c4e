"""Statements from a file, or a whole conversation from Polis."""

from __future__ import annotations

import argparse
import zipfile
from pathlib import Path

from coproduce.commands import DONE, Problem

HELP = """Bring in statements from a CSV or XLSX file, or a whole conversation from a Polis export.

  coproduce import statements FILE --conversation SLUG
  coproduce import polis EXPORT --organiser EMAIL

Everything comes in or nothing does. A file that came in already adds nothing. Statements wait to be
looked at, unless --show says that the account was already public. An export is a zip or a folder,
in either layout that Polis writes; it becomes a draft conversation of its own."""


# An export of ten million answers unpacks to less than half of this.
MOST_UNPACKED = 2 * 10**9


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=["statements", "polis"], help="what the file holds")
    parser.add_argument("file", type=Path, help="the file, or the folder of an export")
    parser.add_argument("--conversation", help="statements: the conversation's short name in links")
    parser.add_argument("--show", action="store_true", help="statements: show them at once")
    parser.add_argument("--check", action="store_true", help="statements: only say what is wrong")
    parser.add_argument("--organiser", help="polis: the address of the account that will run it")
    parser.add_argument("--name", default="", help="polis: what the conversation is called here")
    parser.add_argument("--question", default="", help="polis: the question that it answers")


def act(options: argparse.Namespace) -> int:
    return _statements(options) if options.kind == "statements" else _polis(options)


def _statements(options: argparse.Namespace) -> int:
    from coproduce.exchange.find import conversation_called
    from coproduce.exchange.statement_import.plan import guess_choices, plan_import
    from coproduce.exchange.statement_import.services import import_statements
    from coproduce.exchange.statement_import.tables import read_table

    if not options.conversation:
        raise Problem("Name the conversation: --conversation SLUG.")
    conversation = conversation_called(options.conversation)
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise Problem(f"{options.file} cannot be read: {error.strerror}.") from error
    table = read_table(options.file.name, content)
    choices = guess_choices(table, conversation)
    plan = plan_import(table, choices, conversation)
    for problem in plan.problems:
        print(f"Line {problem.line}, {problem.column}: {problem.message}")
    if options.check:
        print(f"{_count(len(plan.statements), 'statement')} could come in.")
        return DONE
    file = import_statements(
        conversation=conversation, by=None, table=table, choices=choices, show=options.show
    )
    came, ideas = file.summary["statements"], file.summary["ideas"]
    print(f"{_count(came, 'statement')} came in, {_count(ideas, 'new idea')}.")
    return DONE


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _polis(options: argparse.Namespace) -> int:
    from commonground.errors import InputError
    from commonground.formats import read_polis
    from coproduce.exchange.polis_import import import_polis
    from coproduce.people.models import Account

    account = Account.objects.filter(
        email=Account.objects.normalise(options.organiser or ""), runs_installation=True
    ).first()
    if account is None:
        raise Problem(
            "Say who will run it: --organiser EMAIL, an account that may make conversations "
            "(coproduce sign-in EMAIL makes one)."
        )
    _refuse_bombs(options.file)
    try:
        export = read_polis(options.file)
    except InputError as error:
        raise Problem(str(error)) from error
    came = import_polis(
        export=export, path=options.file, by=account, name=options.name, question=options.question
    )
    for warning in came.warnings:
        print(f"Note: {warning}")
    print(
        f"{came.conversation}: {came.statements} statements, {came.people} people, "
        f"{came.answers} answers. It is a draft: /team/c/{came.conversation.slug}/"
    )
    return DONE


def _refuse_bombs(file: Path) -> None:
    """Raise Problem for a zip that would fill the memory; what else is wrong its reader says."""
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (OSError, zipfile.BadZipFile):
        return
    if unpacked > MOST_UNPACKED:
        raise Problem(
            f"{file.name} would take up {unpacked // 10**9} gigabytes when it is unpacked. "
            "It is not opened. If it is an export that you trust, unpack it and give the folder."
        )
