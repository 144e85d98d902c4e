"""Files that came in."""

from __future__ import annotations

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
