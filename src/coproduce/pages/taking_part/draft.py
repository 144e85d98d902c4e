"""What somebody has chosen while joining: in a signed cookie, until they have joined.

Nothing is kept on the server before the last step. The private code is drawn at the first step,
so that the last step sent twice is one participant.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from coproduce.conversations.models import Conversation
from coproduce.people.codes import make_code

COOKIE = "joining"
SALT = "coproduce.joining"


def read(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        kept = {}
    if kept.get("conversation") != conversation.pk:
        return {"conversation": conversation.pk, "code": make_code()}
    return dict(kept)


def write(response: HttpResponseBase, draft: dict[str, Any]) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps(draft, salt=SALT, compress=True),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def drop(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


# The code just made, so that its page can be loaded again until the person has noted it.

CODE_COOKIE = "new_code"
CODE_SALT = "coproduce.new_code"


def hold_code(response: HttpResponseBase, participant: int, code: str) -> None:
    response.set_cookie(
        CODE_COOKIE,
        signing.dumps([participant, code], salt=CODE_SALT),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def held_code(request: HttpRequest, participant: int) -> str:
    try:
        whose, code = signing.loads(request.COOKIES.get(CODE_COOKIE, ""), salt=CODE_SALT)
    except (signing.BadSignature, ValueError):
        return ""
    return str(code) if whose == participant else ""


def let_go_of_code(response: HttpResponseBase) -> None:
    response.delete_cookie(CODE_COOKIE, samesite="Lax")
