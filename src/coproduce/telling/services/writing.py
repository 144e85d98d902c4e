"""Writing a letter, confirming it for so many addresses, and having it tried again."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.refused import Meanwhile, Refused
from coproduce.telling.access import require_open, require_writing
from coproduce.telling.models import Address, Delivery, Letter
from coproduce.telling.queries import how_many_get_one
from coproduce.telling.tasks import send_letters

if TYPE_CHECKING:
    from coproduce.people.models import TeamMember

SENT_ALREADY = "This letter is confirmed. It is not changed any more. Write a new one."


@transaction.atomic
def write(
    *,
    by: TeamMember,
    subject: str,
    text: str,
    form_key: str = "",
    letter: Letter | None = None,
) -> Letter:
    """Keep a letter as it is written so far; nothing is sent. `letter`: one to change."""
    require_writing(by)
    require_open(by.conversation)
    subject, text = " ".join(subject.split()), text.strip()
    if not subject:
        raise Refused("Say in a few words what the letter is about.", field="subject")
    if not text:
        raise Refused("Write the letter.", field="text")
    if letter is None:
        kept, _ = Letter.objects.get_or_create(
            conversation=by.conversation,
            form_key=form_key or None,
            defaults={"subject": subject[:200], "text": text, "made_by": by},
        )
        if (kept.subject, kept.text) == (subject[:200], text):
            return kept
        letter = kept
    held = Letter.objects.select_for_update().get(pk=letter.pk)
    if held.is_confirmed:
        raise Refused(SENT_ALREADY)
    held.subject, held.text = subject[:200], text
    held.save(update_fields=["subject", "text"])
    return held


def what_is_confirmed(letter: Letter) -> str:
    """What the preview showed, as one short word: the text, and how many get it."""
    shown = [letter.subject, letter.text, how_many_get_one(letter.conversation)]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


@transaction.atomic
def confirm_letter(*, letter: Letter, by: TeamMember, saw: str) -> Letter:
    """Have the letter sent to everybody whose address is here. Twice is the same as once.

    `saw`: `what_is_confirmed` of the preview. Raises Meanwhile where it shows something else now.
    """
    require_writing(by)
    require_open(by.conversation)
    held = Letter.objects.select_for_update().get(pk=letter.pk)
    held.conversation = by.conversation
    if held.is_confirmed:
        return held
    if saw != what_is_confirmed(held):
        raise Meanwhile("The letter, or how many get it, has changed meanwhile. Look at it again.")
    today = timezone.localdate()
    addresses = Address.objects.filter(conversation=by.conversation, delete_on__gt=today)
    keys = list(addresses.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refused("Nobody has left an address. So nobody would get this letter.")
    held.confirmed_at, held.how_many = timezone.now(), len(keys)
    held.save(update_fields=["confirmed_at", "how_many"])
    Delivery.objects.bulk_create(
        (Delivery(letter=held, address_id=key) for key in keys), batch_size=500
    )
    record(
        conversation=by.conversation,
        act="send_letter",
        by=by.account,
        about=held.subject,
        details={"count": len(keys)},
    )
    transaction.on_commit(partial(send_letters.enqueue))
    return held


@transaction.atomic
def try_again(*, letter: Letter, by: TeamMember) -> int:
    """Try again now what could not be sent so far; for how many addresses that is.

    What a worker has in its hands has no problem so far, so it is not sent twice by this.
    """
    require_writing(by)
    require_open(by.conversation)
    again = (
        Delivery.objects.filter(letter=letter, sent_at=None)
        .exclude(problem="")
        .update(given_up=False, tries=0, due_at=timezone.now(), problem="")
    )
    if again:
        record(
            conversation=by.conversation,
            act="send_letter_again",
            by=by.account,
            about=letter.subject,
            details={"count": again},
        )
        transaction.on_commit(partial(send_letters.enqueue))
    return again
