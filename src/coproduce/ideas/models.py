"""Ideas: connected statements under a heading."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class IdeaQuerySet(models.QuerySet["Idea"]):
    def kept(self) -> IdeaQuerySet:
        return self.filter(retired_at=None)


class Idea(models.Model):
    """Connected statements under a heading, in the order that people gave them."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="ideas"
    )
    question = models.ForeignKey(
        "coproduce.Question", on_delete=models.PROTECT, related_name="ideas"
    )
    name = models.CharField(max_length=200)
    summary = models.TextField(
        blank=True, help_text="A sentence or two in the organisers' words, for the document."
    )
    position = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="Rises with each change to its name, summary and place."
    )

    objects = IdeaQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class PlacementQuerySet(models.QuerySet["Placement"]):
    def held(self) -> PlacementQuerySet:
        return self.filter(removed_at=None)


class Placement(models.Model):
    """A statement in an idea. One statement may stand in several."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="placements")
    statement = models.ForeignKey(
        "coproduce.Statement", on_delete=models.CASCADE, related_name="placements"
    )
    position = models.PositiveIntegerField(default=0)
    placed_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    placed_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea", "statement"],
                condition=models.Q(removed_at=None),
                name="a_statement_stands_once_in_an_idea",
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} in {self.idea_id}"


class Wording(models.Model):
    """A combined wording by a facilitator, resting on statements. A new text is a new row."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="wordings"
    )
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="wordings")
    text = models.TextField()
    position = models.PositiveIntegerField(default=0)
    rests_on = models.ManyToManyField("coproduce.Statement", related_name="wordings")
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    review_since = models.DateTimeField(
        null=True, blank=True, help_text="Words that it rested on were withdrawn: look again."
    )

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_current(self) -> bool:
        return self.ended_at is None


class Tag(models.TextChoices):
    """What a facilitator has noted about a statement."""

    WORKS_WELL = "works_well", "This works well: keep it"
    OFFER_CONTENT = "offer_content", "The Local Offer: what is in it, how good, and gaps"
    OFFER_ACCESS = "offer_access", "The Local Offer: how easy the information is to get and read"
    OFFER_MADE = "offer_made", "The Local Offer: how it was made, and how people were involved"

    @classmethod
    def of_the_local_offer(cls) -> frozenset[str]:
        return frozenset({cls.OFFER_CONTENT, cls.OFFER_ACCESS, cls.OFFER_MADE})


class StatementTag(models.Model):
    """A tag that a facilitator gave a statement; lifting it keeps the row."""

    statement = models.ForeignKey(
        "coproduce.Statement", on_delete=models.CASCADE, related_name="tags"
    )
    tag = models.CharField(max_length=15, choices=Tag.choices)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "tag"],
                condition=models.Q(lifted_at=None),
                name="a_statement_has_a_tag_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["tag"], condition=models.Q(lifted_at=None), name="what_has_a_tag")
        ]

    def __str__(self) -> str:
        return self.get_tag_display()
