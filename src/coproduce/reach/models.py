"""Where and who: benchmarks that show who is missing, and the embedding map of the area."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class BenchmarkFile(models.Model):
    """Numbers about the area's people, loaded from one file with its source and date."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    loaded_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    loaded_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Benchmark(models.Model):
    """How many people there are in a partner group or an area, by whom, on which day."""

    class Kind(models.TextChoices):
        PARTNER_GROUP = "partner_group", "Partner group"
        AREA = "area", "Area"

    file = models.ForeignKey(BenchmarkFile, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    key = models.SlugField(max_length=40)
    people = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    as_of = models.DateField()

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "kind", "key"], name="a_benchmark_stands_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.people}"


class MapEntry(models.Model):
    """A decision or a service of the area, on the embedding map."""

    class Kind(models.TextChoices):
        DECISION = "decision", "Decision"
        SERVICE = "service", "Service"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    conversation = models.ForeignKey(
        "coproduce.Conversation",
        on_delete=models.CASCADE,
        null=True,
        related_name="map_entries",
        help_text="Prefilled from this conversation.",
    )
    source = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    WHAT_MATTERS = "what_matters", "Deciding what matters"
    DESIGNING = "designing", "Designing"
    DECIDING = "deciding", "Deciding"
    DELIVERING = "delivering", "Delivering"
    REVIEWING = "reviewing", "Reviewing"


class Involved(models.TextChoices):
    """How somebody was involved, in the words of the ladder (TLAP, with credit)."""

    NOT = "not", "Not involved"
    COERCION = "coercion", "Coercion"
    EDUCATING = "educating", "Educating"
    INFORMING = "informing", "Informing"
    CONSULTATION = "consultation", "Consultation"
    ENGAGEMENT = "engagement", "Engagement"
    CO_DESIGN = "co_design", "Co-design"
    CO_PRODUCTION = "co_production", "Co-production"


class Involvement(models.Model):
    """How one partner group was involved at one stage. A change is a new row."""

    entry = models.ForeignKey(MapEntry, on_delete=models.CASCADE, related_name="involvements")
    stage = models.CharField(max_length=15, choices=Stage.choices)
    group_key = models.SlugField(max_length=40)
    group_label = models.CharField(max_length=80)
    how = models.CharField(max_length=15, choices=Involved.choices)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "stage", "group_key"],
                condition=models.Q(ended_at=None),
                name="one_involvement_per_stage_and_group",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_label}: {self.get_how_display()}"
