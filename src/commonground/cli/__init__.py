"""The command line: `commonground COMMAND`, one module a command in `commands/`."""

from commonground.cli.main import main

__all__ = ["main"]
