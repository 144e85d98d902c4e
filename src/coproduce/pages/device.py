"""The participant on this device: a signed cookie, apart from any team member's session.

The two never meet in one row or one cookie, so that nothing kept on the server ties an account
to what its owner, or a child on the same phone, said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from coproduce.conversations.models import Conversation
from coproduce.people import access
from coproduce.people.models import Participant

COOKIE = "__Host-here" if settings.HTTPS else "here"
KEPT_FOR = 180 * 24 * 60 * 60
SALT = "coproduce.device"
# Each conversation takes about 25 bytes of the cookie; the oldest go first.
MOST_CONVERSATIONS = 30
# Phones whose cookie a process knows; each takes about a kilobyte.
MOST_DEVICES = 2000
PUT_TOGETHER = (
    "Your two codes were put together on another phone or computer: "
    "all that you said and answered with either of them is here now, and you count once."
)

# The participant, and a private code of theirs (its row, 0 for none): it goes on to lead to them
# where they were put together with another participant of theirs.
Kept = tuple[int, int]


def _read(request: HttpRequest) -> dict[str, Kept]:
    return dict(_checked(request.COOKIES.get(COOKIE, ""), timezone.localdate()))


@lru_cache(MOST_DEVICES)
def _checked(cookie: str, today: dt.date) -> Mapping[str, Kept]:
    """What a cookie of ours says; nothing where it is another's, or too old.

    A phone sends the same one with every page: it is checked once a day, not for each page.
    """
    try:
        kept = signing.loads(cookie, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return {}
    # Devices that came before codes stood here keep a number alone.
    return {
        str(key): (int(value), 0) if isinstance(value, int) else (int(value[0]), int(value[1]))
        for key, value in kept.items()
    }


def _write(request: HttpRequest, response: HttpResponseBase, kept: dict[str, Kept]) -> None:
    request.moved_to = None  # type: ignore[attr-defined]
    if not kept:
        response.delete_cookie(COOKIE)
        return
    newest = dict(list(kept.items())[-MOST_CONVERSATIONS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(newest, salt=SALT, compress=True),
        max_age=KEPT_FOR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def participant_of(request: HttpRequest, conversation: Conversation) -> Participant | None:
    """Who takes part in this conversation on this device, or None.

    Where somebody has put their two codes together on another device, this one goes on with both,
    and they are told once.
    """
    key, code = _read(request).get(str(conversation.pk), (0, 0))
    found = access.participant(conversation, key) if key else None
    if found is None and code:
        found = access.participant_with_code(conversation, code)
        if found is not None and getattr(request, "moved_to", None) is None:
            request.moved_to = found  # type: ignore[attr-defined]
            messages.success(request, PUT_TOGETHER, fail_silently=True)
    return found


def has_left(request: HttpRequest, conversation: Conversation) -> bool:
    """Whether who took part on this device has taken back everything."""
    key, _ = _read(request).get(str(conversation.pk), (0, 0))
    return bool(key) and access.has_left(conversation, key)


def keep_up(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let this device know from now on whom `participant_of` found by their code."""
    moved_to: Participant | None = getattr(request, "moved_to", None)
    if moved_to is not None:
        remember(request, response, moved_to)


def remember(request: HttpRequest, response: HttpResponseBase, participant: Participant) -> None:
    kept = _read(request)
    kept.pop(str(participant.conversation_id), None)
    kept[str(participant.conversation_id)] = (participant.pk, access.code_of(participant))
    _write(request, response, kept)


def forget(request: HttpRequest, response: HttpResponseBase, conversation: Conversation) -> None:
    """Finish and close: this device no longer knows who took part."""
    kept = _read(request)
    kept.pop(str(conversation.pk), None)
    _write(request, response, kept)
