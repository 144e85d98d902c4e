"""Accounts of team members, and the one-time links that open them."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.people.models import Account, SignInLink
from coproduce.refused import Refused

LINK_HOLDS_FOR = timedelta(days=7)


def link_digest(token: str) -> str:
    """A token has 256 random bits, so a plain digest of it tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_sign_in_link(
    *, account: Account, by: Account | None = None, holds_for: timedelta = LINK_HOLDS_FOR
) -> str:
    """A token that opens the account once, and sets its password.

    Only its digest is kept. An earlier link of the account that is still open ends: there is
    one way in at a time. Whoever holds the link holds the account, so callers hand it to its
    owner alone. Pages turn the token into an address (`team:way_in`).
    """
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    SignInLink.objects.filter(account=account, used_at=None, expires_at__gt=now).update(
        expires_at=now
    )
    SignInLink.objects.create(
        account=account, digest=link_digest(token), expires_at=now + holds_for
    )
    record(conversation=None, act="make_sign_in_link", by=by, details={"account": account.pk})
    return token


@transaction.atomic
def use_sign_in_link(*, token: str, password: str) -> Account:
    """Set the account's password with a one-time link. The link is used up.

    Raises Refused when the link was used or is too old, and ValidationError (in sentences)
    when the password is too easy to guess; the link then stays open.
    """
    link = (
        SignInLink.objects.select_for_update()
        .select_related("account")
        .filter(digest=link_digest(token))
        .first()
    )
    if link is None or not link.is_open or not link.account.is_active:
        raise Refused("This link has been used, or it is too old. Ask for a new one.")
    account = link.account
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    record(conversation=None, act="use_sign_in_link", by=account)
    return account


@transaction.atomic
def make_first_organiser(*, email: str, name: str) -> Account:
    """The account that makes conversations on this installation; the same one when it exists."""
    wanted = Account.objects.normalise(email)
    account = Account.objects.filter(email=wanted).first()
    if account is None:
        account = Account.objects.create_account(email=wanted, name=name)
        record(conversation=None, act="make_account", by=account)
    if not account.runs_installation:
        account.runs_installation = True
        account.save(update_fields=["runs_installation"])
    return account


@transaction.atomic
def change_password(*, account: Account, password: str) -> None:
    """Set a new password. Sessions elsewhere end with the old one."""
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    record(conversation=None, act="change_password", by=account)
