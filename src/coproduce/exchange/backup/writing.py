"""Making a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.exchange.backup import archive
from coproduce.exchange.backup.plan import ALSO_LEFT_OUT, LEFT_OUT, TABLES, Table
from coproduce.exchange.backup.rows import to_json
from coproduce.people import code_keys
from coproduce.people.models import Account

Progress = Callable[[str, int], None]


def back_up(
    *,
    conversations: Sequence[Conversation],
    path: Path,
    passphrase: str,
    say: Progress = lambda table, rows: None,
) -> dict[str, int]:
    """Write an exact, encrypted copy of whole conversations to `path`, and log that it was made.

    Everything is read in one transaction: answers that arrive meanwhile are in the next backup.
    `say` is called with each table and the rows written. Returns the rows by table. Raises
    `archive.BackupError` for a short passphrase.
    """
    keys = [conversation.pk for conversation in conversations]
    with transaction.atomic():
        tables: dict[str, Any] = {"Account": _accounts(keys)}
        for table in TABLES:
            tables[table.model] = _told(table, _rows(table, keys), say)
        counts = archive.write(
            path,
            passphrase,
            {
                "made_at": timezone.now().isoformat(),
                "conversations": [conversation.slug for conversation in conversations],
                "code_keys": [key.hex() for key in code_keys.all_keys()],
                "left_out": [*LEFT_OUT.values(), *ALSO_LEFT_OUT],
            },
            tables,
        )
        for conversation in conversations:
            record(
                conversation=conversation, act="backup_made", details={"rows": sum(counts.values())}
            )
    return counts


def _rows(table: Table, keys: list[int]) -> Iterator[dict[str, Any]]:
    rows = table.rows_of._default_manager.filter(**{f"{table.conversation}__in": keys})
    for row in rows.order_by("pk").iterator(chunk_size=2000):
        yield to_json(row)


def _told(table: Table, rows: Iterator[dict[str, Any]], say: Progress) -> Iterator[dict[str, Any]]:
    written = 0
    for row in rows:
        written += 1
        yield row
    say(table.model, written)


def _accounts(keys: list[int]) -> Iterator[dict[str, Any]]:
    """Everybody whom a row names, by address and name; never a password."""
    named: set[int] = set()
    for table in TABLES:
        accounts = [
            field.attname
            for field in table.rows_of._meta.concrete_fields
            if field.related_model is Account
        ]
        if not accounts:
            continue
        rows = table.rows_of._default_manager.filter(**{f"{table.conversation}__in": keys})
        for found in rows.values_list(*accounts).distinct():
            named.update(key for key in found if key is not None)
    for account in Account.objects.filter(pk__in=named).order_by("pk"):
        yield {"id": account.pk, "email": account.email, "name": account.name}
