"""Words that worry somebody: kept exactly, for the named safeguarding contact alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Concern(models.Model):
    """Words set apart because somebody may not be safe. Nothing of it is ever deleted.

    `kept_text` is a copy for the safeguarding lead: it stays when the author withdraws.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="concerns"
    )
    words = models.OneToOneField(
        "coproduce.Words", on_delete=models.PROTECT, related_name="concern"
    )
    kept_text = models.TextField()
    note = models.TextField(blank=True)
    raised_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    raised_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["raised_at", "pk"]

    def __str__(self) -> str:
        return f"concern {self.pk}"


class ConcernStep(models.Model):
    """What was done about a concern: what, when, who, why."""

    class Kind(models.TextChoices):
        TOLD = "told", "The safeguarding contact was told"
        READ = "read", "Read"
        REFERRED = "referred", "Passed on"
        NOTED = "noted", "Note"
        RETURNED = "returned", "Not a concern: back to be looked at"
        ENDED = "ended", "Ended"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class WorrySign(models.Model):
    """A machine read words that wait: may they tell of harm? An aid, never a control.

    `by` names what read them: our phrases, or phrases and a sentence model.
    """

    words = models.OneToOneField(
        "coproduce.Words", on_delete=models.CASCADE, primary_key=True, related_name="worry_sign"
    )
    worries = models.BooleanField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"sign on {self.words_id}"
