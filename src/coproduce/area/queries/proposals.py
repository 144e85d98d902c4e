"""Ideas of different conversations that may be about the same, for a person to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch

from coproduce.area.models import IdeaLikeness, Theme, ThemeIdea

if TYPE_CHECKING:
    from django.db.models import QuerySet


def proposals() -> QuerySet[IdeaLikeness]:
    """Those that nobody has answered and that do not stand under one theme, the surest first."""
    second = ThemeIdea.objects.filter(
        theme=OuterRef("theme"), idea=OuterRef(OuterRef("second")), ended_at=None
    )
    together = ThemeIdea.objects.filter(
        Exists(second), idea=OuterRef("first"), ended_at=None, theme__retired_at=None
    )
    return (
        IdeaLikeness.objects.filter(different_at=None)
        .exclude(Exists(together))
        .select_related("first__conversation", "second__conversation")
        .order_by("-score", "pk")
    )


def themes() -> QuerySet[Theme]:
    """With what stands under each of them now."""
    placed = ThemeIdea.objects.filter(ended_at=None).select_related("idea__conversation")
    return (
        Theme.objects.filter(retired_at=None)
        .order_by("name", "pk")
        .prefetch_related(
            Prefetch("theme_ideas", queryset=placed.order_by("at", "pk"), to_attr="placed")
        )
    )
