"""Load the example conversation."""

from __future__ import annotations

import argparse

from coproduce.commands import DONE

HELP = """Load the example conversation: everybody and everything in it is made up, and it says so.
An earlier one of the same area is loaded with it.

Each is loaded once: a second time nothing is added. Where an older version of Coproduce loaded the
first alone, the earlier one is added; what stands in the first stays. With --email, that person is
put in the team of both, to try every page with; the account is made when there is none."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", default="", help="who is put in the example's team")
    parser.add_argument("--name", default="", help="how others see them (default: the address)")


def act(options: argparse.Namespace) -> int:
    from coproduce.example import load_example
    from coproduce.people.services.accounts import make_first_organiser

    organiser = None
    if options.email:
        organiser = make_first_organiser(email=options.email, name=options.name or options.email)
    example = load_example(organiser=organiser)
    print(f"The example is here: {example.name} (/c/{example.slug}/)")
    return DONE
