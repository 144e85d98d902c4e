"""Join slips: a printed single-use way in. Only a digest of what is printed is kept."""

from __future__ import annotations

import hashlib
import secrets

from coproduce.conversations.models import CODE_LETTERS, Conversation
from coproduce.people.models import JoinSlip

_LETTERS, _APART = 16, 4


def make_slip_token() -> str:
    """What a slip's address and QR code carry: 73 random bits, such as “7KQ2-MX9R-4TDC-PWHB”.

    Who has no camera types it: no two of its letters look alike.
    """
    return _in_fours("".join(secrets.choice(CODE_LETTERS) for _ in range(_LETTERS)))


def _in_fours(letters: str) -> str:
    return "-".join(letters[at : at + _APART] for at in range(0, len(letters), _APART))


def slip_digest(token: str) -> str:
    """A token is random enough that a plain digest of it tells nothing."""
    return hashlib.sha256(f"join slip {token}".encode()).hexdigest()


def slip(token: str) -> JoinSlip | None:
    """The slip, used or not, in a conversation that has been opened.

    Small letters and lost hyphens do not matter. Slips of before, of other letters, are taken as
    they stand.
    """
    typed = _in_fours("".join(letter for letter in token.upper() if letter.isalnum()))
    digests = [slip_digest(token), slip_digest(typed)]
    found = JoinSlip.objects.filter(digest__in=digests).select_related("conversation").first()
    return None if found is None or found.conversation.is_draft else found


def opened_by_join_code(typed: str) -> Conversation | None:
    """The open conversation with this join code; small letters and spaces do not matter."""
    code = "".join(typed.upper().split()).replace("-", "")
    found = Conversation.objects.filter(join_code=code).first()
    return None if found is None or found.is_draft else found
