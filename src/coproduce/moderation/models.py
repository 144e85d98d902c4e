"""Looking at words before others see them, without who wrote them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Look(models.Model):
    """Somebody looked at words and said what happens to them. The latest look stands."""

    class Outcome(models.TextChoices):
        SHOWN = "shown", "Show"
        HELD = "held", "Hold"
        NOT_SHOWN = "not_shown", "Do not show"
        SET_APART = "set_apart", "Worried about someone's safety"

    class Ground(models.TextChoices):
        """Why words are not shown. The writer reads it in the words given here."""

        NAMES_SOMEONE = "names_someone", "It says who somebody is"
        HURTFUL = "hurtful", "It is hurtful to somebody"
        NOT_ABOUT_THIS = "not_about_this", "It is about something else"
        NOT_WORDS = "not_words", "There is nothing in it to read"
        OTHER = "other", "Another reason, which we say"

    words = models.ForeignKey("coproduce.Words", on_delete=models.CASCADE, related_name="looks")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    note = models.CharField(
        max_length=500, blank=True, help_text="What the writer is told, in the team's words."
    )
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()
