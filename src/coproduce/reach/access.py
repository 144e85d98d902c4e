"""Who may load benchmarks and write on the map: accounts that run the installation."""

from __future__ import annotations

from coproduce.people.models import Account
from coproduce.reach.models import BenchmarkFile, MapEntry


def require_running(by: Account | None) -> None:
    """Asked first. `by` None is the person at the server's keyboard."""
    if by is not None and not by.runs_installation:
        raise PermissionError(f"{by} does not run this installation.")


def benchmark_file(key: int) -> BenchmarkFile | None:
    return BenchmarkFile.objects.filter(pk=key, ended_at=None).first()


def map_entry(key: int) -> MapEntry | None:
    return MapEntry.objects.filter(pk=key, retired_at=None).select_related("conversation").first()
