"""Reports that are made in the background, and the yearly report on the Local Offer."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.utils import timezone


class AnnualReport(models.Model):
    """The yearly report under the SEND Regulations 2014, regulation 56.

    While it is a draft it is worked out anew from what stands. Once final, `frozen` is what was
    published, without people's words: those stand by reference.
    """

    title = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    introduction = models.TextField(blank=True)
    conversations = models.ManyToManyField("coproduce.Conversation", related_name="annual_reports")
    made_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    final_by = models.ForeignKey(
        "coproduce.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    final_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(default=dict)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-last_day", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_final(self) -> bool:
        return self.final_at is not None


class LeftOut(models.Model):
    """A comment that a yearly report does not print, and the ground. Lifting keeps the row."""

    class Ground(models.TextChoices):
        VEXATIOUS = "vexatious", "Vexatious"
        ONE_PERSON = "one_person", "About services to one particular person"
        IDENTIFIES = "identifies", "Somebody could be identified"

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="left_out")
    statement = models.ForeignKey("coproduce.Statement", on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(max_length=15, choices=Ground.choices)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "statement"],
                condition=models.Q(lifted_at=None),
                name="a_comment_is_left_out_once",
            )
        ]

    def __str__(self) -> str:
        return self.get_ground_display()


class ProductionQuerySet(models.QuerySet["Production"]):
    def with_words_of(self, conversations: Collection[int]) -> ProductionQuerySet:
        """Files that may hold words of these conversations."""
        return self.filter(
            models.Q(conversation__in=conversations)
            | models.Q(
                report__in=AnnualReport.objects.filter(conversations__in=conversations).values("pk")
            )
        )


class Production(models.Model):
    """A file that is made in the background: once, however often the button is pressed.

    `fingerprint` is the digest of what the file is made from: the same again is the same file.
    `beat_at` moves while somebody works at it; work that a stopped server left is taken up again.
    """

    class Kind(models.TextChoices):
        VERSION_PDF = "version_pdf", "The shared understanding as PDF"
        VERSION_DOCX = "version_docx", "The shared understanding as a Word file"
        ANNUAL_PDF = "annual_pdf", "The yearly report as PDF"
        ANNUAL_DOCX = "annual_docx", "The yearly report as a Word file"
        ANNUAL_CSV = "annual_csv", "The yearly report as a table"
        PACK = "pack", "Inspection pack"
        VERSION_WHOLE = "version_whole", "The shared understanding on one page"
        DRAFT_WHOLE = "draft_whole", "The draft on one page"
        DRAFT_PUBLISH = "draft_publish", "What is said of the draft before it is published"
        OPEN_DATA = "open_data", "A set of open data"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        WORKING = "working", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "It did not work"

    kind = models.CharField(max_length=15, choices=Kind.choices)
    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, null=True, related_name="productions"
    )
    version = models.ForeignKey(
        "coproduce.Version", on_delete=models.CASCADE, null=True, related_name="productions"
    )
    report = models.ForeignKey(
        AnnualReport, on_delete=models.CASCADE, null=True, related_name="productions"
    )
    details = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ProductionQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "fingerprint"], name="a_file_is_made_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.WORKING}

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY


class ProducedFile(models.Model):
    """The file itself, in the database: any web process can hand it out."""

    production = models.OneToOneField(
        Production, on_delete=models.CASCADE, primary_key=True, related_name="file"
    )
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.name
