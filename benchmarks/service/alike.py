"""Time to keep new words, and to show what may say the same, among 10,000 statements.

    python -m benchmarks.service.alike [--statements 10000]

Statements have made-up vectors; the new words get theirs from the real model. Prints milliseconds
(median, 95%), the processor's part of the mean, and how long a web process takes to get ready.
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


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--statements", type=int, default=10_000)
    options.add_argument("--times", type=int, default=60)
    given = options.parse_args()
    os.environ.setdefault("COPRODUCE_DATA", tempfile.mkdtemp(prefix="coproduce-benchmark-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

    import django

    django.setup()
    from django.conf import settings

    from coproduce.commands.prepare import collect_static, migrate

    settings.ALLOWED_HOSTS.append("testserver")
    migrate()
    collect_static()
    _measure(*_world(given.statements), given.times)
    return 0


def _world(count: int) -> tuple[Any, list[int]]:
    import numpy as np

    from benchmarks.service import world
    from coproduce.statements.models import SentenceVector, Statement
    from coproduce.statements.sentence_model import sentence_model, stored_name

    conversation = world.make_conversation("alike")
    people = world.add_people(conversation, 200)
    world.add_statements(conversation, people, count)
    model = sentence_model()
    if model is None:
        sys.exit("The sentence model is not installed: there is nothing to measure.")
    keys = list(Statement.objects.filter(conversation=conversation).values_list("pk", flat=True))
    chance = np.random.default_rng(0)
    vectors = chance.standard_normal((len(keys), model.dimensions)) + 4.0
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    SentenceVector.objects.bulk_create(
        [
            SentenceVector(
                statement_id=key,
                model=stored_name(model),
                values=vector.astype(np.float16).tobytes(),
            )
            for key, vector in zip(keys, vectors, strict=True)
        ],
        batch_size=2000,
    )
    return conversation, people


def _measure(conversation: Any, people: list[int], times: int) -> None:
    from django.urls import reverse

    from benchmarks.service.phones import Phone
    from coproduce.statements.getting_ready import warm_up
    from coproduce.statements.models import Statement

    draw = random.Random(3)
    question = conversation.questions.get().pk
    slug = conversation.slug
    began = perf_counter()
    warm_up()
    print(f"warm-up of a process: {perf_counter() - began:.2f} s, beside the first requests")
    taken: dict[str, list[float]] = {"say (POST)": [], "the page after": []}
    busy = dict.fromkeys(taken, 0.0)

    def timed(what: str, ask: Callable[..., Any], *given: Any) -> None:
        wall, cpu = perf_counter(), thread_time()
        ask(*given)
        taken[what].append((perf_counter() - wall) * 1000)
        busy[what] += (thread_time() - cpu) * 1000

    for number in range(times + 1):
        phone = Phone(conversation.pk, draw.choice(people))
        words = f"Somebody should tell my family {number} days before when no taxi will come."
        sent = {"words": words, "form_key": str(draw.random()), "question": question}
        timed("say (POST)", phone.post, reverse("taking_part:say", args=[slug]), sent)
        ref = Statement.objects.latest("pk").words.ref
        timed("the page after", phone.get, reverse("taking_part:kept", args=[slug, ref]))
        if number == 0:  # the first of a process imports, and fills its caches
            taken = {what: [] for what in taken}
            busy = dict.fromkeys(busy, 0.0)
    for what, some in taken.items():
        some.sort()
        print(
            f"{what:<16} median {some[len(some) // 2]:.0f} ms,"
            f" 95% under {some[int(0.95 * len(some))]:.0f} ms,"
            f" processor {busy[what] / times:.0f} ms"
        )


if __name__ == "__main__":
    sys.exit(main())
