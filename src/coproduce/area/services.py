"""Themes of the area: ideas of several conversations that a person puts beside each other."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from coproduce.area.access import require_running
from coproduce.area.models import IdeaLikeness, Theme, ThemeIdea
from coproduce.area.queries.ideas import published_ideas
from coproduce.area.resemblance import alike_pairs
from coproduce.audit.services import record
from coproduce.ideas.models import Idea
from coproduce.people.models import Account
from coproduce.refused import Refused

MOST_PROPOSALS = 500


def find_alike() -> int:
    """Propose pairs of published ideas of different conversations; how many there are now.

    What somebody has said to be different is not proposed again. Twice is the same as once.
    """
    ideas = published_ideas()
    found = alike_pairs(
        {idea.key: idea.text for idea in ideas},
        {idea.key: idea.conversation for idea in ideas},
    )[:MOST_PROPOSALS]
    with transaction.atomic():
        wanted = {(first, second) for first, second, _ in found}
        for one in IdeaLikeness.objects.filter(different_at=None):
            if (one.first_id, one.second_id) not in wanted:
                one.delete()
        IdeaLikeness.objects.bulk_create(
            [
                IdeaLikeness(first_id=first, second_id=second, score=score)
                for first, second, score in found
            ],
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["score", "found_at"],
        )
    return len(found)


@transaction.atomic
def make_theme(*, by: Account, name: str, ideas: list[Idea]) -> Theme:
    require_running(by)
    name = name.strip()
    if not name:
        raise Refused("Type a name for the theme.", field="name")
    if Theme.objects.filter(name=name, retired_at=None).exists():
        raise Refused("A theme has this name already. Put the ideas under it.", field="name")
    theme = Theme.objects.create(name=name[:200], made_by=by)
    record(conversation=None, act="make_theme", by=by, about=theme.name)
    for idea in ideas:
        put_in_theme(by=by, theme=theme, idea=idea)
    return theme


@transaction.atomic
def put_in_theme(*, by: Account, theme: Theme, idea: Idea) -> ThemeIdea:
    """Put an idea under a theme; twice is the same as once."""
    require_running(by)
    if theme.retired_at is not None:
        raise Refused("This theme was taken away.")
    placed, is_new = ThemeIdea.objects.get_or_create(
        theme=theme, idea=idea, ended_at=None, defaults={"by": by}
    )
    if is_new:
        record(conversation=None, act="put_in_theme", by=by, about=theme.name)
    return placed


@transaction.atomic
def take_out_of_theme(*, by: Account, placed: ThemeIdea) -> None:
    require_running(by)
    if ThemeIdea.objects.filter(pk=placed.pk, ended_at=None).update(ended_at=timezone.now()):
        record(conversation=None, act="take_out_of_theme", by=by, about=placed.theme.name)


@transaction.atomic
def retire_theme(*, by: Account, theme: Theme) -> None:
    """Take a theme away. Its rows stay; the ideas stay where they are."""
    require_running(by)
    if Theme.objects.filter(pk=theme.pk, retired_at=None).update(retired_at=timezone.now()):
        record(conversation=None, act="retire_theme", by=by, about=theme.name)


@transaction.atomic
def accept_likeness(*, by: Account, likeness: IdeaLikeness, name: str) -> Theme:
    """Two ideas are about the same: under the theme that one of them has, or a new one."""
    require_running(by)
    both = [likeness.first, likeness.second]
    there = (
        ThemeIdea.objects.filter(idea__in=both, ended_at=None, theme__retired_at=None)
        .select_related("theme")
        .order_by("at", "pk")
        .first()
    )
    if there is None:
        return make_theme(by=by, name=name or likeness.first.name, ideas=both)
    for idea in both:
        put_in_theme(by=by, theme=there.theme, idea=idea)
    return there.theme


@transaction.atomic
def keep_apart(*, by: Account, likeness: IdeaLikeness) -> None:
    """Two ideas are not about the same; they are not proposed again."""
    require_running(by)
    if IdeaLikeness.objects.filter(pk=likeness.pk, different_at=None).update(
        different_at=timezone.now(), different_by=by
    ):
        record(conversation=None, act="keep_ideas_apart", by=by, about="two ideas")
