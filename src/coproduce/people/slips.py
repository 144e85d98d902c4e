"""Join slips: a printed single-use way in. Only a digest of what is printed is kept."""

from __future__ import annotations

import hashlib
import secrets

from coproduce.conversations.models import Conversation
from coproduce.people.models import JoinSlip


def make_slip_token() -> str:
    """What a slip's address and QR code carry: 72 random bits."""
    return secrets.token_urlsafe(9)


def slip_digest(token: str) -> str:
    """A token is random enough that a plain digest of it tells nothing."""
    return hashlib.sha256(f"join slip {token}".encode()).hexdigest()


def slip(token: str) -> JoinSlip | None:
    """The slip, used or not, in a conversation that has been opened."""
    found = (
        JoinSlip.objects.filter(digest=slip_digest(token)).select_related("conversation").first()
    )
    return None if found is None or found.conversation.is_draft else found


def opened_by_join_code(typed: str) -> Conversation | None:
    """The open conversation with this join code; small letters and spaces do not matter."""
    code = "".join(typed.upper().split()).replace("-", "")
    found = Conversation.objects.filter(join_code=code).first()
    return None if found is None or found.is_draft else found
