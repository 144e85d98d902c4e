import pytest

from coproduce.example import load_example
from coproduce.reach.models import BenchmarkFile
from coproduce.reach.services.benchmarks import load_benchmarks

pytestmark = pytest.mark.django_db


def test_what_somebody_else_loaded_stays_alone():
    load_benchmarks(
        by=None,
        name="ours.csv",
        content=b"kind,key,people,source,as_of\npartner_group,health,50,Ours,2026-01-01\n",
    )
    load_example()
    assert [one.name for one in BenchmarkFile.objects.filter(ended_at=None)] == ["ours.csv"]
