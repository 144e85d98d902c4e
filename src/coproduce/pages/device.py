"""The participant on this device: a signed cookie, apart from any team member's session.

The two never meet in one row or one cookie, so that nothing kept on the server ties an account
to what its owner, or a child on the same phone, said.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from coproduce.conversations.models import Conversation
from coproduce.people import access
from coproduce.people.models import Participant

COOKIE = "__Host-here" if settings.HTTPS else "here"
KEPT_FOR = 180 * 24 * 60 * 60
SALT = "coproduce.device"
# Each conversation takes about 15 bytes of the cookie; the oldest go first.
MOST_CONVERSATIONS = 30


def _read(request: HttpRequest) -> dict[str, int]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return {}
    return {str(key): int(value) for key, value in kept.items()}


def _write(request: HttpRequest, response: HttpResponseBase, kept: dict[str, int]) -> None:
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
    """Who takes part in this conversation on this device, or None."""
    key = _read(request).get(str(conversation.pk))
    return None if key is None else access.participant(conversation, key)


def remember(request: HttpRequest, response: HttpResponseBase, participant: Participant) -> None:
    kept = _read(request)
    kept.pop(str(participant.conversation_id), None)
    kept[str(participant.conversation_id)] = participant.pk
    _write(request, response, kept)


def forget(request: HttpRequest, response: HttpResponseBase, conversation: Conversation) -> None:
    """Finish and close: this device no longer knows who took part."""
    kept = _read(request)
    kept.pop(str(conversation.pk), None)
    _write(request, response, kept)
