"""Sending what is due: taken up first, tried again with growing waits, never lost."""

from __future__ import annotations

import datetime
import logging
import smtplib
from collections.abc import Iterator
from contextlib import suppress

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coproduce.telling.mail import mail_to
from coproduce.telling.models import Delivery, Letter
from coproduce.telling.sealing import Unreadable

log = logging.getLogger(__name__)

# After the first try that fails, the second, …; then it is given up, until somebody says "again".
WAITS = tuple(datetime.timedelta(minutes=one) for one in (5, 30, 120, 360, 1440, 1440))
# How long whoever took it up has. A worker that was killed is followed by another after it.
TAKEN_FOR = datetime.timedelta(minutes=15)
AT_ONCE = 100

NO_SERVER = "The mail server cannot be reached, or it broke off."
NOT_NOW = "The mail server did not take it this time."
NO_SUCH = "The mail server does not take mail for this address."
NO_SENDER = "The mail server does not take mail from our sender. Look at the settings."
OTHER_KEY = "The address cannot be read: the installation has another secret key than before."


class _NoServer(Exception):  # noqa: N818 - it says what is the matter
    """No letter can be sent now: why, in the words that the team reads."""


def send_what_is_due() -> int:
    """Send every letter that is due to every address; how many were sent.

    A letter may come twice where a worker is killed between the mail server's "taken" and our
    note of it: better than never. No address and no answer of a mail server is logged or kept.
    """
    sent = 0
    connection = get_connection()
    try:
        for delivery in _due():
            sent += _try(delivery, connection)
    except _NoServer as broken:
        log.warning("Letters cannot be sent now: %s", broken)
        _put_off_what_is_due(str(broken))
    finally:
        with suppress(OSError):
            connection.close()
    return sent


def _due() -> Iterator[Delivery]:
    """What is due, each taken up just before it is given out, so that no other worker has it."""
    while True:
        waiting = list(
            Delivery.objects.filter(sent_at=None, given_up=False, due_at__lte=timezone.now())
            .order_by("due_at", "pk")
            .values_list("pk", "due_at")[:AT_ONCE]
        )
        if not waiting:
            return
        for key, due_at in waiting:
            now = timezone.now()
            taken = Delivery.objects.filter(pk=key, sent_at=None, due_at=due_at).update(
                due_at=now + TAKEN_FOR, tried_at=now, tries=F("tries") + 1, problem=""
            )
            # Whoever stopped letters meanwhile took the delivery along.
            found = taken and Delivery.objects.filter(pk=key).select_related(
                "letter__conversation", "address"
            )
            yield from found or ()


def _try(delivery: Delivery, connection: BaseEmailBackend) -> bool:
    try:
        connection.send_messages([mail_to(delivery.letter, delivery.address)])
    except Unreadable:
        _failed(delivery, OTHER_KEY, for_good=True)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        _failed(delivery, NO_SUCH, for_good=all(500 <= code < 600 for code in codes))
    except (smtplib.SMTPSenderRefused, smtplib.SMTPAuthenticationError):
        _failed(delivery, NO_SENDER)
        raise _NoServer(NO_SENDER) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError):
        _failed(delivery, NO_SERVER)
        raise _NoServer(NO_SERVER) from None
    except smtplib.SMTPException:
        _failed(delivery, NOT_NOW)
        with suppress(OSError):
            connection.close()
    except OSError:
        _failed(delivery, NO_SERVER)
        raise _NoServer(NO_SERVER) from None
    else:
        _sent(delivery)
        return True
    log.warning("A letter could not be sent to one address: delivery %s", delivery.pk)
    return False


@transaction.atomic
def _sent(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(sent_at=timezone.now(), problem="")
    Letter.objects.filter(pk=delivery.letter_id).update(sent=F("sent") + 1)


def _failed(delivery: Delivery, problem: str, *, for_good: bool = False) -> None:
    tries = delivery.tries
    over = for_good or tries > len(WAITS)
    Delivery.objects.filter(pk=delivery.pk).update(
        problem=problem,
        given_up=over,
        due_at=timezone.now() if over else timezone.now() + WAITS[tries - 1],
    )


def _put_off_what_is_due(problem: str) -> None:
    """The mail server is away: everything that is due waits as if it had been tried."""
    now = timezone.now()
    due = Delivery.objects.filter(sent_at=None, given_up=False, due_at__lte=now)
    # From the last try down, so that nothing is put off twice.
    for tries in range(len(WAITS), -1, -1):
        some = due.filter(tries=tries) if tries < len(WAITS) else due.filter(tries__gte=tries)
        changed = {"tries": F("tries") + 1, "tried_at": now, "problem": problem}
        if tries < len(WAITS):
            some.update(due_at=now + WAITS[tries], **changed)
        else:
            some.update(given_up=True, **changed)
