"""Get everything ready, then serve: what `./run` does once the environment is there."""

from __future__ import annotations

import argparse
from pathlib import Path

import django

from coproduce.commands import prepare, serve

HELP = """Get everything ready, then serve: the database, the files of pages, and an example.

Prints two links: one to take part in the example, and one for the person who runs it. What was kept
before stays."""
READY = False

FIRST_ORGANISER = "organiser@example.org"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    serve.add_arguments(parser)
    parser.add_argument("--no-example", action="store_true", help="without the example")
    parser.add_argument(
        "--email",
        default=FIRST_ORGANISER,
        help=f"the address that the first organiser signs in with (default: {FIRST_ORGANISER})",
    )


def act(options: argparse.Namespace) -> int:
    with serve.hold_port(options.host, options.port):
        return _start(options)


def _start(options: argparse.Namespace) -> int:
    serve.say_where(options.host, options.port)
    django.setup()
    prepare.migrate()
    prepare.collect_static()
    if not options.no_example:
        _load_example(options.email)
    links = links_for(options.email)
    from django.db import connections

    connections.close_all()
    return serve.supervise(options, lambda: print(links, flush=True))


def _load_example(email: str) -> None:
    from coproduce.conversations.models import Conversation

    if Conversation.objects.filter(is_example=True).exists():
        return
    from coproduce.commands import load

    print("Loading the example conversations …", flush=True)
    load("example").run(["--email", email, "--name", "First organiser"])


def links_for(email: str) -> str:
    """Where to take part and where to run it, as they are printed."""
    from django.conf import settings
    from django.urls import reverse

    from coproduce.commands.sign_in import link_for
    from coproduce.conversations.models import Conversation
    from coproduce.example import EXAMPLE_SLUG
    from coproduce.people.models import Account

    example = Conversation.objects.filter(slug=EXAMPLE_SLUG, is_example=True).first()
    take_part = reverse("taking_part:welcome", args=[example.slug]) if example else "/"
    account = Account.objects.filter(email=Account.objects.normalise(email)).first()
    if account is not None and account.has_usable_password():
        run_it = settings.PUBLIC_URL + reverse("team:sign_in")
        about = f"Sign in as {email}."
    else:
        run_it = link_for(email, "First organiser")
        about = "This link works once. It asks you for a password."
    return (
        f"\nTake part:  {settings.PUBLIC_URL}{take_part}"
        f"\nRun it:     {run_it}\n            {about}"
        f"\n\nEverything is kept in {Path(settings.DATA_FOLDER)}. Stop with Ctrl+C.\n"
    )
