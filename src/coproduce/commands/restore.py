"""A backup, put back."""

from __future__ import annotations

import argparse
from pathlib import Path

from coproduce.commands import DONE, Problem, passphrases
from coproduce.commands.backup import say_rows

HELP = """Put the conversations of a backup back, on this installation or on another.

All of it comes back or nothing does; a conversation that is here already is never written over.
People's private codes go on working. What they took back after the backup was made is erased again,
where the ledger of erasures is here: copy it over first from an older installation."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the backup")
    passphrases.add_argument(parser)


def act(options: argparse.Namespace) -> int:
    from coproduce.exchange.backup.archive import BackupError
    from coproduce.exchange.backup.restoring import restore

    try:
        done = restore(
            path=options.file,
            passphrase=passphrases.passphrase(options),
            say=say_rows,
        )
    except BackupError as error:
        raise Problem(str(error)) from error
    print(f"Restored: {', '.join(done.conversations)}, {sum(done.rows.values())} rows.")
    if done.erased_again:
        print(f"Taken back by their authors since, and erased again: {done.erased_again}.")
    for email in done.new_accounts:
        print(f"New account without a password: {email} (coproduce sign-in {email}).")
    print("Not in the backup:")
    for what in dict.fromkeys(done.left_out):
        print(f"  {what}")
    return DONE
