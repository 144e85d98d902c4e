"""Join slips: a printed single-use way in. Only a digest of what is printed is kept."""

from __future__ import annotations

import hashlib
import secrets

from coproduce.conversations.models import CODE_LETTERS, JOIN_CODE_LENGTH, Conversation
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


def what_is_wrong(typed: str) -> str:
    """A sentence about what opens no conversation, as its join code or as a slip."""
    letters = [letter for letter in typed.upper() if letter.isalnum()]
    if not letters:
        return "Type the code of the conversation. It has six letters and numbers."
    if len(typed.split()) > 2 and "".join(letters).isalpha():
        return (
            "These look like the words of a private code. If you were here before, "
            "come back with it: the link is below."
        )
    of_slip = len(letters) > (JOIN_CODE_LENGTH + _LETTERS) // 2
    never = dict.fromkeys(letter for letter in letters if letter not in CODE_LETTERS)
    if never and len(letters) in {JOIN_CODE_LENGTH, _LETTERS}:
        what = "slip" if of_slip else "code"
        return f"No {what} has {' or '.join(never)} in it. Look at each letter and number again."
    if of_slip and len(letters) != _LETTERS:
        return f"A slip has {_LETTERS} letters and numbers. You typed {len(letters)}."
    if of_slip:
        return "We do not know this slip. Look at each letter and number again."
    if len(letters) != JOIN_CODE_LENGTH:
        return f"A code has six letters and numbers. You typed {len(letters)}."
    return "We do not know this code. Look at each letter and number again."
