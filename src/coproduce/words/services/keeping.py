"""Keeping words: the one way in for everything that a participant writes."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from coproduce.refused import Refused
from coproduce.words.models import Standing, Words, WordsText
from coproduce.words.services.references import unused_ref

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import Participant

LONGEST = 2000


def tidy(text: str) -> str:
    """The text without what no keyboard types: control characters and stray space at the ends.

    Right-to-left text, emoji with their joiners and line breaks stay as they are; the marks that
    reverse the text around them go, since they can make words read as what nobody wrote.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (
        mark
        for mark in lines
        if mark in "\n\t"
        or (
            unicodedata.category(mark) not in {"Cc", "Cs"}
            and mark not in "\u202a\u202b\u202d\u202e"
        )
    )
    return "".join(kept).strip()


def required(text: str, *, field: str = "words", write: str = "Write something first.") -> str:
    """The text, tidied. Raises Refused where there is none (`write` asks for it) or too much."""
    kept = tidy(text)
    if not any(unicodedata.category(mark)[0] not in "CZ" for mark in kept):
        raise Refused(f"{write} Nothing was sent yet.", field=field)
    if len(kept) > LONGEST:
        raise Refused(
            f"This is {len(kept):,} characters long. There is room for {LONGEST:,}. "
            "Make it shorter, or send it in two parts.",
            field=field,
        )
    return kept


def salted_digest(text: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def keep_words(
    *,
    conversation: Conversation,
    participant: Participant | None,
    kind: str,
    text: str,
    how_given: str,
    from_paper: bool = False,
    form_key: str | None = None,
    standing: str = Standing.WAITING,
) -> tuple[Words, bool]:
    """Keep what somebody wrote, exactly, before anything else happens to it.

    Returns the words and whether they are new. The same form sent twice (a double click, the
    back button, a phone that sends again) gives the words kept the first time.
    """
    salt = secrets.token_hex(16)
    if form_key is not None:
        # A form belongs to its writer: nobody meets another's words by guessing their key.
        form_key = f"{participant.pk if participant else 'team'}:{form_key}"[:64]
    try:
        with transaction.atomic():
            words = Words.objects.create(
                conversation=conversation,
                participant=participant,
                kind=kind,
                ref=unused_ref(Words),
                how_given=how_given,
                from_paper=from_paper,
                digest=salted_digest(text, salt),
                form_key=form_key,
                standing=standing,
            )
            WordsText.objects.create(words=words, text=text, salt=salt)
    except IntegrityError:
        earlier = Words.objects.filter(conversation=conversation, form_key=form_key).first()
        if form_key is None or earlier is None:
            raise
        return earlier, False
    return words, True
