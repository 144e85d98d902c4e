"""What the example shows beyond its own pages: who is missing, the map, and the yearly report."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from django.utils import timezone

from coproduce.conversations.models import Conversation
from coproduce.example.script import script
from coproduce.people.models import Account
from coproduce.reach.models import BenchmarkFile, MapEntry
from coproduce.reach.services.benchmarks import load_benchmarks
from coproduce.reach.services.mapping import load_map, prefill
from coproduce.reports.services import finish_report, leave_out, make_report
from coproduce.statements.models import Statement

HERE = Path(__file__).parent
A_YEAR = datetime.timedelta(days=364)


def show_the_area(
    *, by: Account, conversation: Conversation, statements: Mapping[str, Statement]
) -> None:
    """Benchmarks and a map where nobody has loaded their own, and a report of the past year."""
    if not BenchmarkFile.objects.filter(ended_at=None).exists():
        name = "devon-benchmarks.csv"
        load_benchmarks(by=by, name=name, content=(HERE / name).read_bytes())
    if not MapEntry.objects.filter(retired_at=None).exists():
        name = "embedding-map.csv"
        load_map(by=by, name=name, content=(HERE / name).read_bytes())
    prefill(by=by, conversation=conversation)
    _report(by, conversation, statements)


def _report(by: Account, conversation: Conversation, statements: Mapping[str, Statement]) -> None:
    today = timezone.localdate()
    about = script()["report"]
    report = make_report(
        by=by,
        title=about["title"],
        introduction=about["introduction"],
        first_day=today - A_YEAR,
        last_day=today,
        conversations=[conversation],
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
