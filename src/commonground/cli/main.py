"""Finds the commands, reads the command line, and turns errors into messages and exit codes."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from commonground import __version__
from commonground.cli import commands
from commonground.cli.exit_codes import ExitCode
from commonground.errors import InputError, MissingExtraError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (see `ExitCode`)."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.command_module.run(arguments))
    except InputError as error:
        return _fail(str(error), ExitCode.BAD_INPUT)
    except MissingExtraError as error:
        return _fail(str(error), ExitCode.MISSING_EXTRA)
    except BrokenPipeError:
        # Whoever reads the output has enough. Python would complain again when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.FINE
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}", ExitCode.BAD_INPUT)
    except KeyboardInterrupt:
        return _fail("stopped", ExitCode.STOPPED)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line, with every command found in `commands/`."""
    parser = argparse.ArgumentParser(
        prog="commonground",
        description="Finds what people share and where they differ, from what they said and how "
        "they answered.",
    )
    parser.add_argument("--version", action="version", version=f"commonground {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, module in _command_modules():
        subparser = subparsers.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        module.add_arguments(subparser)
        subparser.set_defaults(command_module=module)
    return parser


def _command_modules() -> list[tuple[str, ModuleType]]:
    names = sorted(found.name for found in pkgutil.iter_modules(commands.__path__))
    return [(name, importlib.import_module(f"{commands.__name__}.{name}")) for name in names]


def _fail(message: str, code: ExitCode) -> int:
    print(f"commonground: {message}", file=sys.stderr)
    return code
