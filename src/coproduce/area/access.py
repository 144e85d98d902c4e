"""Who may put ideas of several conversations beside each other: who runs the installation."""

from __future__ import annotations

from coproduce.area.models import IdeaLikeness, Theme, ThemeIdea
from coproduce.people.models import Account


def require_running(by: Account) -> None:
    if not by.runs_installation:
        raise PermissionError(f"{by} does not run this installation.")


def theme(key: int) -> Theme | None:
    return Theme.objects.filter(pk=key, retired_at=None).first()


def likeness(key: int) -> IdeaLikeness | None:
    """A proposal that nobody has answered."""
    return (
        IdeaLikeness.objects.filter(pk=key, different_at=None)
        .select_related("first__conversation", "second__conversation")
        .first()
    )


def placed(key: int) -> ThemeIdea | None:
    """An idea that stands under a theme now."""
    return (
        ThemeIdea.objects.filter(pk=key, ended_at=None, theme__retired_at=None)
        .select_related("theme")
        .first()
    )
