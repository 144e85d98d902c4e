"""What the command's exit code tells a script."""

from enum import IntEnum


class ExitCode(IntEnum):
    """0 is fine; every other code is one kind of trouble."""

    FINE = 0
    UNEXPECTED = 1
    """A fault in commonground itself."""
    USAGE = 2
    """The command line cannot be understood (argparse uses 2 as well)."""
    BAD_INPUT = 3
    """A file cannot be read or does not hold what was expected."""
    CANNOT_WRITE = 4
    """The result cannot be written where it should go."""
    MISSING_EXTRA = 5
    """An optional extra is not installed."""
    STOPPED = 130
    """Somebody pressed Ctrl-C."""
