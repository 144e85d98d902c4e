"""A full room: 500 phones, one to three seconds between what each does.

    python -m benchmarks.service.load                     the embedded database, in a new folder
    COPRODUCE_DATABASE=postgresql://… python -m benchmarks.service.load

Starts the service as `coproduce serve` does, with its worker, and prints how long requests took,
what failed, and whether anything acknowledged is not in the database. The phones run on the same
machine and take their share of it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from benchmarks import yardstick


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--phones", type=int, default=500)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--warm", type=float, default=20, help="seconds before it is measured")
    options.add_argument("--statements", type=int, default=40)
    options.add_argument(
        "--without-script", type=int, default=10, help="of each hundred phones (default: 10)"
    )
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--limit", type=float, default=150.0, help="the promise, in milliseconds")
    given = options.parse_args()
    data = Path(os.environ.setdefault("COPRODUCE_DATA", tempfile.mkdtemp(prefix="coproduce-load-")))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

    import django

    django.setup()
    from django.db import connection

    from benchmarks.service import world
    from benchmarks.service.phones import cookie
    from benchmarks.service.room import Noted, Phone, fill, lost
    from benchmarks.service.serving import serving
    from coproduce.commands.prepare import collect_static, migrate

    migrate()
    collect_static()
    conversation = world.make_conversation(f"room-{secrets.token_hex(4)}", one_room=True)
    people = world.add_people(conversation, given.phones)
    world.add_statements(conversation, [], given.statements)
    noted = Noted()
    speed = [yardstick.said()]
    with serving(data, processes=given.processes) as server:
        phones = [
            Phone(
                server.port,
                conversation.slug,
                key,
                cookie(conversation.pk, key),
                noted,
                key,
                has_script=place * given.without_script // 100
                == (place + 1) * given.without_script // 100,
            )
            for place, key in enumerate(people)
        ]
        own, all_of_it = process_time(), perf_counter()
        asyncio.run(fill(phones, given.warm + given.seconds, (1.0, 3.0), unmeasured=given.warm))
        own, all_of_it = process_time() - own, perf_counter() - all_of_it
    print(
        f"{connection.vendor}, {given.phones} phones, {given.without_script} in 100 without "
        f"script, {given.seconds:.0f} s"
    )
    print(f"{'request':<20}{'number':>9}{'median':>9}{'95%':>9}{'slowest':>9}")
    for kind, taken in noted.taken.items():
        taken.sort()
        late = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
        print(
            f"{kind:<20}{len(taken):>9}{taken[len(taken) // 2]:>9.0f}{late:>9.0f}{taken[-1]:>9.0f}"
        )
    speed.append(yardstick.said())
    print(f"the phones themselves took {own / all_of_it:.0%} of one core")
    print(f"before: {speed[0]}; after: {speed[1]}")
    gone = lost(noted)
    number = len(noted.all_taken())
    print(
        f"all: {number} requests, {number / given.seconds:.0f} a second, "
        f"95% within {noted.at(0.95):.0f} ms; {len(noted.errors)} errors; "
        f"{len(noted.answers)} answers and {len(noted.statements)} statements acknowledged, "
        f"{len(gone)} lost"
    )
    for problem in [*noted.errors[:5], *gone[:5]]:
        print(f"  {problem}")
    return 1 if noted.errors or gone or noted.at(0.95) > given.limit else 0


if __name__ == "__main__":
    sys.exit(main())
