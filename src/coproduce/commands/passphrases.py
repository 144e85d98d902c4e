"""Where a backup's passphrase comes from: a file, the environment, or somebody typing."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from coproduce.commands import Problem

VARIABLE = "COPRODUCE_BACKUP_PASSPHRASE"


def add_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help=f"a file whose first line is the passphrase (else ${VARIABLE}, else it is asked for)",
    )


def passphrase(options: argparse.Namespace, *, twice: bool = False) -> str:
    """The passphrase; asked `twice` where a slip of the finger would lose the backup."""
    if options.passphrase_file:
        try:
            return str(options.passphrase_file.read_text()).splitlines()[0]
        except (OSError, IndexError) as error:
            raise Problem(f"{options.passphrase_file} holds no passphrase.") from error
    given = os.environ.get(VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise Problem(f"Give a passphrase: --passphrase-file FILE, or ${VARIABLE}.")
    typed = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("The same again: ") != typed:
        raise Problem("The two are not the same. Nothing was written.")
    return typed
