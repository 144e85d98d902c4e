"""Putting a backup back, on this installation or on another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, KeyTurn
from coproduce.exchange.backup.archive import Archive, BackupError
from coproduce.exchange.backup.plan import NAMED_IN_JSON, TABLES, Table
from coproduce.exchange.backup.rows import from_json
from coproduce.people import code_keys
from coproduce.people.models import Account
from coproduce.understanding.models import Version
from coproduce.words.services.withdrawing import erase_again

CHUNK = 2000


@dataclass
class Restored:
    """What came back."""

    conversations: list[str]
    rows: dict[str, int] = field(default_factory=dict)
    new_accounts: list[str] = field(default_factory=list)
    erased_again: int = 0
    left_out: list[str] = field(default_factory=list)


class _Keys:
    """The key that each row of the backup has here, by model."""

    def __init__(self) -> None:
        self._here: dict[type[models.Model], dict[int, int]] = {}

    def learn(self, model: type[models.Model], there: int, here: int) -> None:
        self._here.setdefault(model, {})[there] = here

    def here(self, model: type[models.Model], there: int | None) -> int | None:
        return None if there is None else self._here[model][there]

    def here_if_known(self, model: type[models.Model], there: int) -> int | None:
        """None where the row was gone before the backup: the log may name what is no more."""
        return self._here.get(model, {}).get(there)


def restore(
    *, path: Path, passphrase: str, say: Callable[[str, int], None] = lambda table, rows: None
) -> Restored:
    """Put the conversations of a backup back, all of it or nothing.

    Rows get keys of this installation. Participants' private codes go on working, since the
    keys of their digests come along. Words erased after the backup was made (by this
    installation's ledger of erasures) are erased again. Raises `BackupError`.
    """
    archive = Archive(path, passphrase)
    slugs = archive.manifest["conversations"]
    already = list(Conversation.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    if already:
        raise BackupError(
            f"Already here: {', '.join(already)}. A restore never writes over a conversation. "
            "Restore into an installation that does not have it."
        )
    done = Restored(conversations=slugs, left_out=archive.manifest["left_out"])
    keys = _Keys()
    with transaction.atomic():
        _accounts(archive.rows("Account"), keys, done)
        for table in TABLES:
            done.rows[table.model] = _table(table, archive.rows(table.model), keys)
            say(table.model, done.rows[table.model])
        for table in TABLES:
            if table.later:
                _later(table, archive.rows(table.model), keys)
        _exchange_keys_in_json(slugs, keys)
        # What the first person saw was the other installation's: both keys turn here, or none.
        KeyTurn.objects.filter(conversation__slug__in=slugs, second_at=None, ended_at=None).update(
            ended_at=timezone.now(), ended_because="The conversation was restored. Ask again."
        )
        code_keys.adopt(bytes.fromhex(key) for key in archive.manifest["code_keys"])
        done.erased_again = erase_again()
        for conversation in Conversation.objects.filter(slug__in=slugs):
            record(
                conversation=conversation,
                act="backup_restored",
                details={"made_at": archive.manifest["made_at"]},
            )
    return done


def _accounts(rows: Iterable[dict[str, Any]], keys: _Keys, done: Restored) -> None:
    for row in rows:
        account = Account.objects.filter(email=row["email"]).first()
        if account is None:
            account = Account.objects.create_account(email=row["email"], name=row["name"])
            done.new_accounts.append(account.email)
        keys.learn(Account, row["id"], account.pk)


def _table(table: Table, rows: Iterable[dict[str, Any]], keys: _Keys) -> int:
    model, count, waiting = table.rows_of, 0, []
    for row in rows:
        waiting.append(row)
        if len(waiting) == CHUNK:
            count += _insert(model, table, waiting, keys)
            waiting = []
    return count + _insert(model, table, waiting, keys)


def _insert(
    model: type[models.Model], table: Table, rows: list[dict[str, Any]], keys: _Keys
) -> int:
    made = [_row(model, table, row, keys) for row in rows]
    model._default_manager.bulk_create(made)
    key = model._meta.pk.name
    for row, here in zip(rows, made, strict=True):
        keys.learn(model, row[key], here.pk)
    return len(made)


def _row(model: type[models.Model], table: Table, row: dict[str, Any], keys: _Keys) -> models.Model:
    made = model()
    for column in model._meta.concrete_fields:
        if column.name in table.later:
            setattr(made, column.attname, None)
        elif column.related_model is not None:
            setattr(made, column.attname, keys.here(column.related_model, row[column.name]))
        elif not column.primary_key:
            setattr(made, column.attname, from_json(column, row[column.name]))
    return made


def _model_of(field: Any) -> type[models.Model]:
    """The model that a relation points to."""
    related: type[models.Model] = field.related_model
    return related


def _later(table: Table, rows: Iterable[dict[str, Any]], keys: _Keys) -> None:
    model = table.rows_of
    for row in rows:
        here = keys.here(model, row[model._meta.pk.name])
        for name in table.later:
            target = model._meta.get_field(name)
            if not row[name]:
                continue
            if isinstance(target, models.ManyToManyField):
                made = model._default_manager.get(pk=here)
                getattr(made, name).set(
                    [keys.here(target.related_model, there) for there in row[name]]
                )
            else:
                model._default_manager.filter(pk=here).update(
                    **{name: keys.here(_model_of(target), row[name])}
                )


def _exchange_keys_in_json(slugs: list[str], keys: _Keys) -> None:
    kept: tuple[tuple[type[models.Model], str], ...] = (
        (Entry, "details"),
        (KeyTurn, "details"),
        (Version, "frozen"),
    )
    for model, name in kept:
        changed: list[models.Model] = []
        rows = model._default_manager.filter(conversation__slug__in=slugs)
        for row in rows.iterator(chunk_size=CHUNK):
            before = getattr(row, name)
            after = _with_keys_of_here(before, keys)
            if after != before:
                setattr(row, name, after)
                changed.append(row)
        # `Version` refuses to be saved again, as it must; this is the same version, elsewhere.
        models.QuerySet[models.Model](model).bulk_update(changed, [name], batch_size=CHUNK)


def _with_keys_of_here(value: Any, keys: _Keys) -> Any:
    """JSON with every key that goes by a name of `NAMED_IN_JSON` exchanged for the one here.

    A number under a singular name is a key, and so are those of a list under a plural one; a
    number under a plural name is a count.
    """
    if isinstance(value, list):
        return [_with_keys_of_here(part, keys) for part in value]
    if not isinstance(value, dict):
        return value
    after: dict[str, Any] = {}
    for name, part in value.items():
        one, many = NAMED_IN_JSON.get(name), NAMED_IN_JSON.get(name.removesuffix("s"))
        if one and isinstance(part, int) and not isinstance(part, bool):
            after[name] = _here(one, part, keys)
        elif (one or many) and isinstance(part, list) and all(type(key) is int for key in part):
            after[name] = [_here(one or many or "", key, keys) for key in part]
        else:
            after[name] = _with_keys_of_here(part, keys)
    return after


def _here(model: str, there: int, keys: _Keys) -> int | None:
    return keys.here_if_known(apps.get_model("coproduce", model), there)
