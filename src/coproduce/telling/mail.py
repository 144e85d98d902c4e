"""A letter as it stands in somebody's mail."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from coproduce.telling.models import Address, Letter
from coproduce.telling.sealing import stop_token, unseal

# In the preview, in the place of the link that ends letters.
OWN_LINK = "(here stands a link of their own)"


def body(letter: Letter, *, stop: str, until: datetime.date | None) -> str:
    """The text with what stands under every letter. `until` None: each has a day of their own."""
    conversation = letter.conversation
    day = f"on {until:%-d %B %Y}" if until else "on the day that they were told"
    done = settings.PUBLIC_URL + reverse("public:said_and_done", args=[conversation.slug])
    return (
        f"{letter.text}\n\n"
        f"What was said and done in “{conversation.name}”:\n{done}\n\n"
        "You get this because you left your address there. It is used for nothing else. "
        f"It is deleted {day} at the latest.\n\n"
        f"No more letters, and delete my address now:\n{stop}\n"
    )


def mail_to(letter: Letter, address: Address) -> EmailMessage:
    """Raises Unreadable where the address was sealed under another secret."""
    to = unseal(address.sealed)
    stop = settings.PUBLIC_URL + reverse("public:stop_telling", args=[stop_token(address.pk)])
    return EmailMessage(
        subject=letter.subject,
        body=body(letter, stop=stop, until=address.delete_on),
        to=[to],
        headers={
            # One press in a mail program ends letters (RFC 2369, RFC 8058).
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
