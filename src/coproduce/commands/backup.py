"""An exact, encrypted copy of conversations."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from coproduce.commands import DONE, Problem, passphrases

HELP = """Write an exact, encrypted copy of conversations to a file.

Without --conversation it holds all of them. It opens with the passphrase alone, here or on another
installation (coproduce restore), and in other tools that read the age format. If the passphrase is
lost, nobody can open it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where to write")
    parser.add_argument(
        "--conversation", action="append", default=[], help="a short name in links; may be repeated"
    )
    passphrases.add_argument(parser)


def say_rows(table: str, rows: int) -> None:
    """Progress: what was written or put back just now."""
    if rows:
        print(f"  {table}: {rows}", file=sys.stderr)


def act(options: argparse.Namespace) -> int:
    from coproduce.conversations.models import Conversation
    from coproduce.exchange.backup.archive import BackupError
    from coproduce.exchange.backup.plan import ALSO_LEFT_OUT, LEFT_OUT
    from coproduce.exchange.backup.writing import back_up
    from coproduce.exchange.find import conversation_called

    conversations = [conversation_called(slug) for slug in options.conversation]
    conversations = conversations or list(Conversation.objects.order_by("pk"))
    if not conversations:
        raise Problem("There is no conversation to back up.")
    try:
        counts = back_up(
            conversations=conversations,
            path=options.file,
            passphrase=passphrases.passphrase(options, twice=True),
            say=say_rows,
        )
    except BackupError as error:
        raise Problem(str(error)) from error
    except OSError as error:
        raise Problem(f"{options.file} cannot be written: {error.strerror}.") from error
    print(f"Written: {options.file}, {sum(counts.values())} rows.")
    print("Left out:")
    for what in dict.fromkeys([*LEFT_OUT.values(), *ALSO_LEFT_OUT]):
        print(f"  {what}")
    return DONE
