"""Sealing addresses: what is kept of them says nothing without the installation's secret.

The keys follow from the secret by HKDF (RFC 5869), one for each use. The secret lies outside the
database. Fernet seals (AES-128-CBC and HMAC-SHA-256, by the package cryptography).
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Every sealed address has the same length: an address has at most 254 letters (RFC 5321).
LENGTH = 1024


class Unreadable(Exception):  # noqa: N818 - it says what is the matter
    """It was sealed under another secret."""


def _key(use: str) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=f"coproduce telling: {use}".encode())
    return derived.derive(settings.SECRET_KEY.encode())


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key("seal")))


def seal(address: str) -> bytes:
    """Sealed so that neither its length nor when it was sealed can be read from it."""
    # A Fernet token tells its time in the open, unless it is given one that says nothing.
    return _fernet().encrypt_at_time(address.encode().ljust(LENGTH, b"\0"), 0)


def unseal(sealed: bytes | memoryview) -> str:
    """Raises Unreadable where the secret is not the one that it was sealed under."""
    try:
        return _fernet().decrypt(bytes(sealed)).rstrip(b"\0").decode()
    except InvalidToken as wrong:
        raise Unreadable from wrong


def digest(conversation: int, address: str) -> str:
    """The same for the same address in one conversation, and for nothing else: 64 letters."""
    said = f"{conversation} {address.strip().casefold()}".encode()
    return hmac.new(_key("digest"), said, hashlib.sha256).hexdigest()


def stop_token(address: int) -> str:
    """What stands in the link that ends letters to the address with this key: 43 letters."""
    made = hmac.digest(_key("stop"), str(address).encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def stop_digest(token: str) -> str:
    """What is kept to know the link by; the link does not follow from it."""
    return hashlib.sha256(token.encode()).hexdigest()
