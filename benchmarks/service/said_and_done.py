"""Server time of every page that can be asked for by its address, and of the yearly report.

    python -m benchmarks.service.said_and_done [--conversations 50]

Builds a conversation of 2,000 statements, 200 ideas and 300 decisions, published, and asks each
page as a stranger, a participant and a team member, in this process, without a network. Then a
yearly report over 50 such conversations, as a table and as a PDF. Prints milliseconds (the middle
one), those of them that the processor worked (and how many that would be on a core of usual speed,
by what the machine did just before and after: `benchmarks/yardstick.py`), and database queries.
Exits with 1 over a limit.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from time import perf_counter, thread_time
from typing import Any

from benchmarks import yardstick


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=2_000)
    options.add_argument("--statements", type=int, default=2_000)
    options.add_argument("--ideas", type=int, default=200)
    options.add_argument("--decisions", type=int, default=300)
    options.add_argument("--answers", type=int, default=20_000)
    options.add_argument("--times", type=int, default=5, help="requests for each page; 0: none")
    options.add_argument("--limit", type=float, default=100.0, help="milliseconds for a page")
    options.add_argument("--conversations", type=int, default=50, help="in the yearly report")
    options.add_argument("--report-limit", type=float, default=60.0, help="seconds")
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
    from benchmarks.service import decided
    from benchmarks.service.world import know_the_tables
    from coproduce.genuineness.counts import move_public_counts

    began = perf_counter()
    conversation = decided.make(
        "large",
        people=given.people,
        statements=given.statements,
        ideas=given.ideas,
        decisions=given.decisions,
        answers=given.answers,
    )
    move_public_counts(conversation)
    know_the_tables()
    _say("a conversation", began)
    slow = measure(pages(conversation), given.times, given.limit) if given.times else []
    late = yearly(given)
    if given.conversations and given.times:
        print(f"\npages of an area with {given.conversations} conversations")
        decided.put_beside_each_other(60, random.Random(1))
        know_the_tables()
        slow += measure(pages_of_the_area(), given.times, given.limit)
    print(f"\nover {given.limit:.0f} ms: {', '.join(slow) or 'no page'}")
    return 1 if slow or late else 0


def _say(what: str, began: float) -> None:
    print(f"  {what}: {perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


def measure(asked: Iterable[tuple[str, Any, str]], times: int, limit: float) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from coproduce.memory import keep_what_is_loaded

    keep_what_is_loaded()  # as every process of a server does
    slow = []
    print(f"{'page':<58}{'ms':>8}{'CPU':>8}{'usual':>8}{'queries':>9}")
    for name, client, path in asked:
        try:
            if client.get(path).status_code != 200:
                continue
        except RuntimeError:  # a phone says so where a page is not there for it
            continue
        work_beforehand()
        taken = []
        speed = yardstick.seconds()
        busy = thread_time()
        for _ in range(times):
            began = perf_counter()
            client.get(path)
            taken.append((perf_counter() - began) * 1000)
        busy = (thread_time() - busy) * 1000 / times
        usual = busy * yardstick.USUAL * 2 / (speed + yardstick.seconds())
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        middle = sorted(taken)[len(taken) // 2]
        # PostgreSQL works in processes of its own: there the clock tells.
        took = busy if connection.vendor == "sqlite" else middle
        mark = " over" if took > limit else ""
        print(
            f"{name:<58}{middle:>8.1f}{busy:>8.1f}{usual:>8.1f}{len(queries):>9}{mark}", flush=True
        )
        if mark:
            slow.append(name)
    return slow


def work_beforehand() -> None:
    """What the worker, and each process by itself, does before people ask."""
    from coproduce.getting_ready import get_ready
    from coproduce.reports import producing
    from coproduce.reports.models import Production
    from coproduce.reports.tasks import produce

    get_ready()
    for key in Production.objects.filter(state="waiting").values_list("pk", flat=True):
        production = producing.claim(key, task=None, path=produce.module_path)
        if production is not None:
            producing.work_at(production)


def pages(conversation: Any) -> Iterator[tuple[str, Any, str]]:
    """Each address once, with one value for each of its parameters."""
    from django.test import Client
    from django.urls import NoReverseMatch, get_resolver, reverse

    from benchmarks.service.phones import Phone
    from coproduce.people.models import Account
    from coproduce.reports.open_data.sets import SETS

    member = Client()
    member.force_login(Account.objects.get(email="grace@example.org"))
    person = conversation.participants.filter(words__isnull=False).first()
    clients = {
        "anyone": Client(),
        "visitors": Client(),
        "participants": Phone(conversation.pk, person.pk),
        "team": member,
        "signed in": member,
        "installation": member,
    }
    refs = [
        conversation.statements.order_by("pk").first().ref,
        conversation.versions.get().passages.first().ref,
        conversation.decisions.first().ref,
        conversation.actions.first().ref,
    ]
    idea = conversation.ideas.first().pk
    values = {
        "slug": [conversation.slug], "number": [1], "ref": refs, "key": [idea],
        "name": list(SETS), "ending": ["json", "csv"], "part": ["about"],
    }  # fmt: skip
    for name, view, parameters in sorted(_addresses(get_resolver().url_patterns)):
        audience = getattr(view, "audience", None)
        if audience not in clients or not set(parameters) <= set(values):
            continue
        for chosen in itertools.product(*(values[one] for one in parameters)):
            try:
                path = reverse(name, kwargs=dict(zip(parameters, chosen, strict=True)))
            except NoReverseMatch:
                continue
            for rest in MORE.get(name, ("",)):
                yield path + rest, clients[audience], path + rest


# What else is asked for at an address.
MORE = {
    "public:version": ("", "?part=3", "?whole"),
    "facilitating:preview": ("", "?part=3", "?whole"),
    "facilitating:find": ("", "?words=school+bus"),
}


def pages_of_the_area() -> Iterator[tuple[str, Any, str]]:
    """What is told of all conversations together."""
    from django.test import Client

    from coproduce.people.models import Account

    member = Client()
    member.force_login(Account.objects.get(email="grace@example.org"))
    for path in ("/", "/area/", "/done/", "/map/", "/reports/", "/data/conversations.json"):
        yield path, Client(), path
    for path in ("/team/", "/team/themes/", "/team/map/", "/team/reports/", "/team/reports/1/"):
        yield path, member, path


def _addresses(
    patterns: Any, namespace: str = "", outer: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    for one in patterns:
        parameters = (*outer, *one.pattern.converters)
        if hasattr(one, "url_patterns"):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _addresses(one.url_patterns, inner, parameters)
        elif one.name:
            yield f"{namespace}{one.name}", one.callback, parameters


def yearly(given: argparse.Namespace) -> bool:
    """Whether the report of many conversations took longer than it may."""
    from datetime import timedelta

    from django.utils import timezone

    from benchmarks.service import decided
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import Account
    from coproduce.reports.makers import MAKERS
    from coproduce.reports.models import Production
    from coproduce.reports.services import finish_report, make_report

    if not given.conversations:
        return False
    began = perf_counter()
    for number in range(given.conversations - 1):
        decided.make(
            f"large-{number}",
            people=50,
            statements=given.statements,
            ideas=given.ideas,
            decisions=given.decisions,
            seed=number + 2,
        )
    _say(f"{given.conversations - 1} more conversations", began)
    today = timezone.localdate()
    by = Account.objects.get(email="grace@example.org")
    report = make_report(
        by=by,
        title="Comments on the Local Offer",
        first_day=today - timedelta(days=300),
        last_day=today,
        conversations=list(Conversation.objects.all()),
    )
    late = False
    print(f"\n{'yearly report of ' + str(given.conversations) + ' conversations':<58}{'s':>8}")
    for kind in ("annual_csv", "annual_pdf", "annual_docx"):
        production = Production(kind=kind, report=report)
        began = perf_counter()
        made = MAKERS[kind](production, lambda done, total: None)  # type: ignore[arg-type]
        taken = perf_counter() - began
        late = late or taken > given.report_limit
        print(f"{kind + f' ({len(made.content) // 1024:,} KB)':<58}{taken:>8.1f}", flush=True)
    began = perf_counter()
    told = finish_report(report=report, by=by)
    taken = perf_counter() - began
    print(f"{f'made final, {told.comments:,} comments':<58}{taken:>8.1f}", flush=True)
    return late or taken > given.report_limit


if __name__ == "__main__":
    sys.exit(main())
