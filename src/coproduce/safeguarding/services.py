"""Setting words apart because somebody may not be safe, and what is done about it.

Nothing here deletes anything. Every act is in the log that only the safeguarding lead reads.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.moderation.models import Look
from coproduce.people.models import Account, Role, TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.safeguarding.access import require_lead
from coproduce.safeguarding.models import Concern, ConcernStep
from coproduce.words.models import Standing, Words

logger = logging.getLogger(__name__)

MAIL = """\
Somebody looked at new words in “{name}” and is worried about someone's safety.

The words are set apart. Nobody but you can read them now. They are not in this mail.

Read them here, signed in:
{address}

If you cannot sign in, ask an organiser of the conversation for a way in as safeguarding lead.
Coproduce is not an emergency service. If somebody may be in danger now, call 999.
"""


@transaction.atomic
def set_apart(*, words: Words, by: TeamMember, note: str = "") -> Concern:
    """Keep the exact words for the safeguarding lead, out of everybody else's sight.

    Called by moderation, which asks who may look. Mail goes out once everything is kept.
    """
    concern, is_new = Concern.objects.get_or_create(
        words=words,
        defaults={
            "conversation": words.conversation,
            "kept_text": words.text,
            "note": note,
            "raised_by": by.account,
        },
    )
    if not is_new:
        ConcernStep.objects.create(
            concern=concern,
            kind=ConcernStep.Kind.NOTED,
            note=f"Raised again. {note}".strip(),
            by=by.account,
        )
    record(
        conversation=words.conversation,
        act="set_apart",
        by=by.account,
        about=words.ref,
        details={"concern": concern.pk},
        for_safeguarding=True,
    )
    transaction.on_commit(lambda: tell_the_lead(concern))
    return concern


def tell_the_lead(concern: Concern) -> bool:
    """Mail the named contact and every safeguarding lead, without the words. True when sent.

    Where no mail server is set up, mail is only written to a file: then nobody was told.
    """
    conversation = concern.conversation
    addresses = {
        account.email
        for account in Account.objects.filter(
            memberships__conversation=conversation,
            memberships__left_at=None,
            memberships__grants__role=Role.SAFEGUARDING,
            memberships__grants__ended_at=None,
            is_active=True,
        )
    }
    contact = conversation.safeguarding_contact.strip()
    try:
        validate_email(contact)
        addresses.add(contact.lower())
    except ValidationError:
        pass  # A phone number: the person who set the words apart is asked to call it.
    if not addresses:
        return False
    address = settings.PUBLIC_URL + reverse("facilitating:concerns", args=[conversation.slug])
    try:
        send_mail(
            subject=f"Please read: words set apart in {conversation.name}",
            message=MAIL.format(name=conversation.name, address=address),
            from_email=None,
            recipient_list=sorted(addresses),
        )
    except Exception:
        # The words are kept and set apart; a broken mail server must not undo that.
        logger.exception(
            "The safeguarding lead could not be told by mail of concern %s", concern.pk
        )
        return False
    if not settings.EMAIL_HOST:
        return False
    ConcernStep.objects.create(
        concern=concern, kind=ConcernStep.Kind.TOLD, note=", ".join(sorted(addresses))
    )
    return True


@transaction.atomic
def open_words(*, concern: Concern, by: TeamMember) -> None:
    """The lead opens the words. The first time they do is kept as a step."""
    require_lead(by)
    _same_conversation(concern, by)
    if not concern.steps.filter(kind=ConcernStep.Kind.READ, by=by.account).exists():
        _step(concern, by, ConcernStep.Kind.READ, "")


@transaction.atomic
def take_step(*, concern: Concern, by: TeamMember, kind: str, note: str) -> ConcernStep:
    """Passed on, a note, or ended: what was done, with why. The words stay set apart."""
    require_lead(by)
    _same_conversation(concern, by)
    if kind not in {
        ConcernStep.Kind.REFERRED,
        ConcernStep.Kind.NOTED,
        ConcernStep.Kind.ENDED,
    }:
        raise Refused("Choose what you did.", field="kind")
    if not note.strip():
        raise Refused("Say what you did, or why. Others may have to read it later.", field="note")
    return _step(concern, by, kind, note)


@transaction.atomic
def return_to_queue(*, concern: Concern, by: TeamMember, note: str) -> None:
    """Not a concern: the words wait again to be looked at by a facilitator."""
    require_lead(by)
    _same_conversation(concern, by)
    if not note.strip():
        raise Refused("Say why these words are not a concern.", field="note")
    words = Words.objects.select_for_update().get(pk=concern.words_id)
    if words.standing == Standing.SET_APART:
        words.looks.filter(outcome=Look.Outcome.SET_APART, undone_at=None).update(
            undone_at=timezone.now()
        )
        words.standing = Standing.WAITING
        words.save(update_fields=["standing"])
    elif not words.is_withdrawn:
        raise Meanwhile("These words are not set apart any more. Nothing was changed.")
    else:
        raise Refused("The person who wrote these words took them back. They cannot be shown.")
    _step(concern, by, ConcernStep.Kind.RETURNED, note)


def _same_conversation(concern: Concern, by: TeamMember) -> None:
    if concern.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")


def _step(concern: Concern, by: TeamMember, kind: str, note: str) -> ConcernStep:
    step = ConcernStep.objects.create(concern=concern, kind=kind, note=note, by=by.account)
    record(
        conversation=concern.conversation,
        act=f"concern_{kind}",
        by=by.account,
        about=concern.words.ref,
        details={"concern": concern.pk, "step": step.pk},
        for_safeguarding=True,
    )
    return step
