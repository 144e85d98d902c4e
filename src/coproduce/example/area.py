"""What the examples show beyond their own pages: who is missing, the map, themes, the report."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils import timezone

from coproduce.area.models import Theme
from coproduce.area.services import find_alike, make_theme
from coproduce.conversations.models import Conversation
from coproduce.example.script import Script
from coproduce.ideas.models import Idea
from coproduce.people.models import Account
from coproduce.reach.models import BenchmarkFile, MapEntry
from coproduce.reach.services.benchmarks import load_benchmarks
from coproduce.reach.services.mapping import load_map, prefill
from coproduce.reports.services import finish_report, leave_out, make_report
from coproduce.statements.models import Statement

HERE = Path(__file__).parent
A_YEAR = datetime.timedelta(days=364)


def show_the_area(
    *,
    by: Account,
    conversations: Sequence[Conversation],
    statements: Mapping[str, Statement],
    script: Script,
) -> None:
    """Benchmarks and a map where nobody has loaded their own, themes, and a report of the year."""
    if not BenchmarkFile.objects.filter(ended_at=None).exists():
        name = "devon-benchmarks.csv"
        load_benchmarks(by=by, name=name, content=(HERE / name).read_bytes())
    if not MapEntry.objects.filter(retired_at=None).exists():
        name = "embedding-map.csv"
        load_map(by=by, name=name, content=(HERE / name).read_bytes())
    for conversation in conversations:
        if not MapEntry.objects.filter(conversation=conversation, retired_at=None).exists():
            prefill(by=by, conversation=conversation)
    _themes(by, conversations, script)
    _report(by, conversations, statements, script)


def show_beside(*, by: Account, earlier: Conversation, main: Conversation, script: Script) -> None:
    """The earlier example, where the main one was loaded without it: on the map and in themes.

    What people made of the main one meanwhile stays as it is.
    """
    prefill(by=by, conversation=earlier)
    _themes(by, [earlier, main], script)


def _themes(by: Account, conversations: Sequence[Conversation], script: Script) -> None:
    """Some of what is near is put together; the rest waits for who runs the installation."""
    ideas = {
        idea.name: idea
        for idea in Idea.objects.filter(conversation__in=conversations, retired_at=None)
    }
    for about in script["theme"]:
        there = Theme.objects.filter(name=about["name"], retired_at=None).exists()
        if not there and ideas.keys() >= set(about["ideas"]):
            make_theme(by=by, name=about["name"], ideas=[ideas[name] for name in about["ideas"]])
    find_alike()


def _report(
    by: Account,
    conversations: Sequence[Conversation],
    statements: Mapping[str, Statement],
    script: Script,
) -> None:
    today = timezone.localdate()
    about = script["report"]
    report = make_report(
        by=by,
        title=about["title"],
        introduction=about["introduction"],
        first_day=today - A_YEAR,
        last_day=today,
        conversations=list(conversations),
    )
    for one in about["left_out"]:
        leave_out(
            report=report,
            ref=statements[one["statement"]].ref,
            ground=one["ground"],
            reason=one["why"],
            by=by,
        )
    finish_report(report=report, by=by)
