"""Numbers about the area's people, from a file with its source and date."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.people.models import Account
from coproduce.reach.access import require_running
from coproduce.reach.files import parse_benchmarks
from coproduce.reach.models import Benchmark, BenchmarkFile
from coproduce.refused import Refused


@transaction.atomic
def load_benchmarks(*, by: Account | None, name: str, content: bytes) -> BenchmarkFile:
    """Keep the numbers of a file. Raises Refused with what to mend, by line and column.

    Of several numbers for one partner group or area, the latest counts (`as_of`). A file of the
    same name takes the place of the one before.
    """
    require_running(by)
    digest, rows = parse_benchmarks(name, content)
    if BenchmarkFile.objects.filter(digest=digest, ended_at=None).exists():
        raise Refused("This file is loaded already. Nothing was changed.", field="file")
    BenchmarkFile.objects.filter(name=name[:200], ended_at=None).update(ended_at=timezone.now())
    file = BenchmarkFile.objects.create(name=name[:200], digest=digest, loaded_by=by)
    Benchmark.objects.bulk_create(
        Benchmark(
            file=file,
            kind=row.kind,
            key=row.key,
            people=row.people,
            source=row.source,
            as_of=row.as_of,
        )
        for row in rows
    )
    record(
        conversation=None,
        act="load_benchmarks",
        by=by,
        about=file.name,
        details={"count": len(rows)},
    )
    return file


@transaction.atomic
def retire_benchmarks(*, by: Account | None, file: BenchmarkFile) -> None:
    """Take the numbers of a file out of use. The row stays."""
    require_running(by)
    if BenchmarkFile.objects.filter(pk=file.pk, ended_at=None).update(ended_at=timezone.now()):
        record(conversation=None, act="retire_benchmarks", by=by, about=file.name)
