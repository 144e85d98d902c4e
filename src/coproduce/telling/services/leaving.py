"""Leaving an address to be told, and having it deleted.

No act here is told who leaves the address, and none is logged: nothing can then be tied.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.telling.access import require_open
from coproduce.telling.models import Address, random_key
from coproduce.telling.queries import kept_until
from coproduce.telling.sealing import digest, seal, stop_digest, stop_token

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


@transaction.atomic
def leave_address(*, conversation: Conversation, address: str) -> datetime.date:
    """Keep an address, sealed. Returns the day on which it is deleted; left twice it is one."""
    require_open(conversation)
    until = kept_until(conversation)
    key = random_key()
    kept, is_new = Address.objects.get_or_create(
        conversation=conversation,
        digest=digest(conversation.pk, address),
        defaults={
            "id": key,
            "sealed": seal(address.strip()),
            "stop_digest": stop_digest(stop_token(key)),
            "delete_on": until,
        },
    )
    if not is_new and kept.delete_on != until:
        # The owner was told the new day just now.
        kept.delete_on = until
        kept.save(update_fields=["delete_on"])
    return until


def stop(token: str) -> bool:
    """The link of a letter: the address goes at once, with letters that wait for it."""
    deleted, _ = Address.objects.filter(stop_digest=stop_digest(token)).delete()
    return bool(deleted)


def stop_by_address(*, conversation: Conversation, address: str) -> None:
    """Whoever types the address has it deleted. Says nothing of whether it was here."""
    Address.objects.filter(
        conversation=conversation, digest=digest(conversation.pk, address)
    ).delete()


def delete_due_addresses(today: datetime.date | None = None) -> int:
    """Delete each address on the day that its owner was told. For the background worker."""
    due = Address.objects.filter(delete_on__lte=today or timezone.localdate())
    _, rows = due.delete()
    return rows.get("coproduce.Address", 0)
