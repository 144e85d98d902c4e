"""Server time of the pages people use most, in a conversation as large as an area gets.

    python -m benchmarks.service.server_time              the embedded database, in a new folder
    COPRODUCE_DATABASE=postgresql://… python -m benchmarks.service.server_time

Builds 50,000 participants, 2,000 statements and 1,000,000 answers once, and then asks each page as
different people, in this process, without a network. Prints milliseconds, those of them that the
processor worked for this (the mean; on a busy machine it tells more), and database queries.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable
from time import perf_counter, thread_time
from typing import Any

from benchmarks import yardstick

# Reads the counts within the page. The product reads them when it starts and, later, beside the
# pages, so that nobody waits for it; what it takes is worth knowing all the same.
BESIDE = "listen, counts read within it"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=50_000)
    options.add_argument("--statements", type=int, default=2_000)
    options.add_argument("--answers", type=int, default=1_000_000)
    options.add_argument("--times", type=int, default=100, help="requests for each page")
    options.add_argument("--limit", type=float, default=50.0, help="the promise, in milliseconds")
    given = options.parse_args()
    os.environ.setdefault("COPRODUCE_DATA", tempfile.mkdtemp(prefix="coproduce-benchmark-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from coproduce.commands.prepare import collect_static, migrate

    settings.ALLOWED_HOSTS.append("testserver")
    migrate()
    collect_static()
    conversation = _world(given)
    print(yardstick.said())
    slow = _measure(conversation, given.times, given.limit)
    print(yardstick.said())
    print(
        f"\n{connection.vendor}: {'over the limit: ' + ', '.join(slow) if slow else 'all within'}"
        f" ({given.limit:.0f} ms at the 95th percentile)"
    )
    return 1 if slow else 0


def _world(given: argparse.Namespace) -> Any:
    from benchmarks.service import world
    from coproduce.conversations.models import Conversation

    slug = f"large-{given.people}-{given.statements}-{given.answers}"
    kept = Conversation.objects.filter(slug=slug).first()
    if kept is not None:
        return kept
    began = perf_counter()
    conversation = world.make_conversation(f"{slug}-unfinished")
    people = world.add_people(conversation, given.people)
    statements = world.add_statements(conversation, people, given.statements)
    _say("people and statements", began)
    began = perf_counter()
    world.add_answers(people, statements, given.answers)
    _say("answers", began)
    began = perf_counter()
    world.count_all(conversation)
    _say("counting all answers", began)
    began = perf_counter()
    world.move_figures(conversation)
    world.know_the_tables()
    _say("working out some figures", began)
    conversation.slug = slug
    conversation.save(update_fields=["slug"])
    return conversation


def _say(what: str, began: float) -> None:
    print(f"  {what}: {perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


def _measure(conversation: Any, times: int, limit: float) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from coproduce.memory import keep_what_is_loaded

    keep_what_is_loaded()  # as every process of a server does
    pages = _pages(conversation, random.Random(7))
    slow = []
    print(f"{'page':<32}{'median':>9}{'95%':>9}{'slowest':>9}{'CPU':>9}{'queries':>9}")
    for name, ask in pages.items():
        ask()  # the first of a process imports, and fills its caches
        taken = []
        busy = thread_time()
        for _ in range(times):
            began = perf_counter()
            ask()
            taken.append((perf_counter() - began) * 1000)
        busy = (thread_time() - busy) * 1000 / times
        with CaptureQueriesContext(connection) as queries:
            ask()
        taken.sort()
        late = taken[int(len(taken) * 0.95) - 1]
        print(
            f"{name:<32}{taken[len(taken) // 2]:>9.1f}{late:>9.1f}{taken[-1]:>9.1f}"
            f"{busy:>9.1f}{len(queries):>9}",
            flush=True,
        )
        if late > limit and name != BESIDE:
            slow.append(name)
    return slow


def _pages(conversation: Any, draw: random.Random) -> dict[str, Callable[[], None]]:
    from django.urls import reverse

    from benchmarks.service.phones import Phone
    from coproduce.ideas.models import Idea
    from coproduce.people.models import Participant
    from coproduce.responses.queries import heard
    from coproduce.statements.models import Statement

    people = list(
        Participant.objects.filter(conversation=conversation).values_list("pk", flat=True)
    )
    refs = list(
        Statement.objects.filter(conversation=conversation)
        .shown()
        .values_list("words__ref", flat=True)
    )
    ideas = list(Idea.objects.filter(conversation=conversation).values_list("pk", flat=True))
    question = conversation.questions.get().pk

    def address(name: str, *args: Any) -> str:
        return str(reverse(f"taking_part:{name}", args=[conversation.slug, *args]))

    def phone() -> Phone:
        return Phone(conversation.pk, draw.choice(people))

    def listen_anew() -> None:
        heard.forget_all()
        phone().get(address("listen"))

    def answer() -> None:
        phone().post(address("listen_to", draw.choice(refs)), {"answer": draw.choice("10")})

    said: list[tuple[Phone, str]] = []

    def say() -> None:
        words = f"The taxi is late on day {draw.randrange(10**9)}."
        sent = {"words": words, "form_key": str(draw.random()), "question": question}
        writer = phone()
        said.append((writer, writer.post(address("say"), sent).url))

    def what_is_like_it() -> None:
        writer, leads = said.pop()
        writer.get(leads)

    return {
        "welcome, before joining": lambda: Phone(0, 0).get(address("welcome")),
        "listen": lambda: phone().get(address("listen")),
        BESIDE: listen_anew,
        "answer (POST)": answer,
        "after the answer": lambda: phone().get(address("listen_to", draw.choice(refs))),
        "say": lambda: phone().get(address("say")),
        "say (POST)": say,
        "what is like it": what_is_like_it,
        "see": lambda: phone().get(address("see")),
        "see one idea": lambda: phone().get(address("see_idea", draw.choice(ideas))),
        "mine": lambda: phone().get(address("mine")),
        "my answers": lambda: phone().get(address("answers")),
    }


if __name__ == "__main__":
    sys.exit(main())
