"""Writing the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coproduce.audit.models import Entry

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import Account


def record(
    *,
    conversation: Conversation | None,
    act: str,
    by: Account | None = None,
    by_participant: bool = False,
    about: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
    undoes: Entry | None = None,
    for_safeguarding: bool = False,
) -> Entry:
    """Write one act to the log, inside the transaction that performs it.

    `details` holds keys, references and counts that undo needs; never anybody's words. A key goes
    by the name of its model (`idea`, `statements`, …): exchange/backup/plan.py lists the names, so
    that a restored log still names the same things.
    """
    return Entry.objects.create(
        conversation=conversation,
        act=act,
        by=by,
        by_participant=by_participant,
        about=about,
        reason=reason,
        details=details or {},
        undoes=undoes,
        for_safeguarding=for_safeguarding,
    )
