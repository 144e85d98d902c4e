"""The log: every act that somebody performed, with who, when and why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One act. Holds keys, references and salted digests; never anybody's words.

    `by` is a team member's account. An act of a participant has `by_participant` true and says
    no more: no page of the team links an act to a participant.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, null=True, related_name="log"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    by_participant = models.BooleanField(default=False)
    act = models.CharField(max_length=40)
    about = models.CharField(max_length=60, blank=True, help_text="A reference, such as S-K7P4MD.")
    reason = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by"
    )
    for_safeguarding = models.BooleanField(
        default=False, help_text="Only the safeguarding lead reads it."
    )

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["conversation", "-at"], name="log_by_time")]

    def __str__(self) -> str:
        return self.act
