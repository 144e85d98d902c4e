"""Files that came in, and those that wait to be confirmed."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class ImportFile(models.Model):
    """A file that was imported: the same file twice adds nothing (by its digest)."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="imports"
    )
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    summary = models.JSONField(default=dict)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "digest"], name="a_file_comes_in_once")
        ]

    def __str__(self) -> str:
        return self.name


class PendingFile(models.Model):
    """A file that somebody chose and has not confirmed yet. It goes when it comes in, or in a day.

    Its words are nobody's statements yet: nothing else reads them.
    """

    KEPT_FOR = datetime.timedelta(days=1)

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="pending_files"
    )
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    by = models.ForeignKey("coproduce.Account", on_delete=models.CASCADE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """A row of an imported file, by its number: what came of it."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "number"], name="a_row_comes_in_once")
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
