"""The local area view: what several conversations of one area have in common."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Theme(models.Model):
    """Ideas of several conversations that a person has put beside each other."""

    name = models.CharField(max_length=200)
    made_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ThemeIdea(models.Model):
    """An idea of one conversation under a theme of the area."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="theme_ideas")
    idea = models.ForeignKey("coproduce.Idea", on_delete=models.CASCADE, related_name="theme_ideas")
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["theme", "idea"],
                condition=models.Q(ended_at=None),
                name="an_idea_stands_once_in_a_theme",
            )
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} in {self.theme_id}"


class IdeaLikeness(models.Model):
    """Two ideas of different conversations that may be about the same: found by a machine.

    `first` has the lower key. `different_at` is set when a person says that they are not.
    """

    first = models.ForeignKey("coproduce.Idea", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("coproduce.Idea", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    found_at = models.DateTimeField(default=timezone.now)
    different_at = models.DateTimeField(null=True, blank=True)
    different_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="two_ideas_are_likened_once")
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
