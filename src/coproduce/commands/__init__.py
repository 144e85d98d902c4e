"""What `coproduce` can do. Each command is a module here:

    HELP = "One or two sentences, shown by --help."

    def add_arguments(parser: argparse.ArgumentParser) -> None: ...
    def act(options: argparse.Namespace) -> int: ...

`act` runs with Django ready, unless the module says `READY = False`; what touches models is
imported inside it, since options such as --data decide first where everything is. It returns an
exit code; a `Refused` or `Problem` that it raises is printed as one line, and the code is 1. To add
a command, add the module and a line to COMMANDS.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError

DONE, NOT_DONE, USED_WRONGLY, INTERRUPTED = 0, 1, 2, 130
# A file that is not what it says may bring a line of any length into what is said of it.
LONGEST_ANSWER = 2_000
NOT_PREPARED = (
    "The database here is not prepared, or it is older than this version. First: coproduce prepare"
)

# Name: (module, what it does in a few words), in the order in which --help lists them.
COMMANDS: dict[str, tuple[str, str]] = {
    "start": ("start", "get everything ready, then serve: for one machine"),
    "serve": ("serve", "serve the pages, with a background worker"),
    "work": ("work", "a background worker alone, for a server of several processes"),
    "prepare": ("prepare", "bring the database and the files of pages up to date"),
    "example": ("example", "load the example, and an earlier one beside it"),
    "import": ("bring_in", "statements from a file, or a conversation from Polis"),
    "export": ("take_out", "statements or answers to a file"),
    "benchmarks": ("benchmarks", "numbers about the area's people, from a file"),
    "map": ("load_map", "the embedding map of the area, from a file"),
    "backup": ("backup", "an exact, encrypted copy of conversations"),
    "restore": ("restore", "the conversations of a backup, put back"),
    "sign-in": ("sign_in", "a one-time link that lets an organiser in"),
}


class Problem(Exception):  # noqa: N818 - an answer to a person, like Refused
    """Something that the person at the keyboard can mend; the words say how."""


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    module: ModuleType

    def run(self, arguments: Sequence[str]) -> int:
        parser = argparse.ArgumentParser(
            prog=f"coproduce {self.name}",
            description=self.module.HELP,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument(
            "--data",
            metavar="FOLDER",
            help="where everything is kept (default: $COPRODUCE_DATA, or the folder data here)",
        )
        self.module.add_arguments(parser)
        try:
            options = parser.parse_args(arguments)
        except SystemExit as leaving:
            return int(leaving.code or 0)
        if options.data:
            os.environ["COPRODUCE_DATA"] = options.data
        try:
            return self._act(options)
        except KeyboardInterrupt:
            return INTERRUPTED

    def _act(self, options: argparse.Namespace) -> int:
        try:
            _require_data_folder()
            if getattr(self.module, "READY", True):
                django.setup()
            return int(self.module.act(options))
        except Exception as problem:
            from coproduce.refused import Refused

            if _is_not_prepared(problem):
                print(NOT_PREPARED, file=sys.stderr)
                return NOT_DONE
            if not isinstance(problem, Problem | Refused | ImproperlyConfigured):
                raise
            said = str(problem)
            if len(said) > LONGEST_ANSWER:
                said = f"{said[:LONGEST_ANSWER]} …"
            print(said, file=sys.stderr)
            return NOT_DONE


def _is_not_prepared(problem: Exception) -> bool:
    """Whether the database lacks something because `prepare` has not run on it."""
    if not isinstance(problem, DatabaseError):
        return False
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False


def _require_data_folder() -> None:
    """Make the folder where everything is kept. Raises Problem, with what to do."""
    folder = os.environ.get("COPRODUCE_DATA", "data")
    try:
        os.makedirs(folder, exist_ok=True)
        usable = os.access(folder, os.W_OK | os.X_OK)
        why = "nothing can be written in it"
    except OSError as problem:
        usable, why = False, problem.strerror or str(problem)
    if not usable:
        raise Problem(
            f"The data folder {folder} cannot be used: {why}. Choose another with --data FOLDER."
        )


def load(name: str) -> Command:
    """The command of that name; its module alone is imported."""
    return Command(name, import_module(f"coproduce.commands.{COMMANDS[name][0]}"))


def overview() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {about}" for name, (_, about) in COMMANDS.items())
    return (
        "Coproduce turns many people's words into a shared understanding.\n\n"
        f"Usage: coproduce COMMAND [options]\n\n{lines}\n\n"
        "coproduce COMMAND --help says more about one of them."
    )
