"""A one-time link that lets an organiser in."""

from __future__ import annotations

import argparse

from coproduce.commands import DONE, Problem

HELP = """Print a one-time link that lets an organiser in and sets a password.

The account is made when there is none with that address. It may make conversations. Give the link
to its owner alone: who opens it first has the account. An older link of theirs stops working."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the address that they sign in with")
    parser.add_argument("--name", default="", help="how others see them (default: the address)")


def act(options: argparse.Namespace) -> int:
    print(link_for(options.email, options.name))
    return DONE


def link_for(email: str, name: str) -> str:
    """The address of a one-time link. Raises Problem where no mail can have this address."""
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.urls import reverse

    from coproduce.people.services.accounts import make_first_organiser, make_sign_in_link

    try:
        validate_email(email)
    except ValidationError:
        raise Problem(f"“{email}” is not an email address, such as you@example.org.") from None
    account = make_first_organiser(email=email, name=name or email)
    token = make_sign_in_link(account=account)
    return str(settings.PUBLIC_URL) + reverse("team:way_in", args=[token])
