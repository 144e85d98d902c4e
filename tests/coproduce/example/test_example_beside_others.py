import pytest

from coproduce.area.models import Theme
from coproduce.conversations.models import Conversation
from coproduce.example import area, load_example, loading
from coproduce.reach.models import BenchmarkFile, MapEntry
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


def test_an_installation_with_the_first_alone_gets_the_earlier_one(monkeypatch):
    """As an older version left it: one example, without themes."""
    with monkeypatch.context() as older:
        older.setattr(area, "_themes", lambda *_: None)
        older.setattr(loading, "EARLIER_SLUG", "not-loaded")
        main = load_example()
    earlier = Conversation.objects.get(slug=loading.EARLIER_SLUG)
    MapEntry.objects.filter(conversation=earlier).delete()
    Conversation.objects.filter(pk=earlier.pk).update(is_example=False, slug="hidden")
    renamed = main.ideas.get(name="Forms, lists and silence")
    renamed.name = "Forms and silence"
    renamed.save()
    assert load_example() == main
    added = Conversation.objects.get(slug=loading.EARLIER_SLUG)
    assert (added.is_example, added.versions.count()) == (True, 1)
    assert MapEntry.objects.filter(conversation=added).count() == 1
    assert [one.name for one in Theme.objects.all()] == ["Somebody we know"]
    assert main.ideas.filter(name="Forms and silence").exists()
    assert load_example() == main
    assert Conversation.objects.filter(is_example=True).count() == 2
