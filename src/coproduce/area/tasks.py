"""Looking in the background for ideas of different conversations that may be about the same."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Max
from django_tasks import task

from coproduce.area.models import IdeaLikeness
from coproduce.area.services import find_alike
from coproduce.understanding.models import Version


@task()
def find_alike_ideas() -> None:
    """Twice is the same as once."""
    find_alike()


def find_alike_soon() -> None:
    """Have it looked for, where something was published since the last time."""
    published = Version.objects.aggregate(last=Max("published_at"))["last"]
    found = IdeaLikeness.objects.aggregate(last=Max("found_at"))["last"]
    if published is not None and (found is None or found < published):
        transaction.on_commit(partial(find_alike_ideas.enqueue))
