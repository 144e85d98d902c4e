"""The shared understanding: a draft, and published versions made of passages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Draft(models.Model):
    """What the organisers write around people's words. Lines come from the arrangement itself."""

    conversation = models.OneToOneField(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="draft"
    )
    title = models.CharField(max_length=200, blank=True)
    introduction = models.TextField(blank=True)
    how_it_was_done = models.TextField(blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.title


class RaisedQuestion(models.Model):
    """A question that people raised, published as such. Typed in by the team, or asked in words."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="raised_questions"
    )
    words = models.OneToOneField(
        "coproduce.Words", on_delete=models.CASCADE, null=True, related_name="raised_question"
    )
    text = models.TextField(blank=True, help_text="When it was raised in a room, not by a person.")
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Version(models.Model):
    """A published shared understanding. It is never edited; a correction is the next version.

    `frozen` holds everything of the organisers' text, the rule and the public figures of that
    day. People's words stand in passages, by key and digest.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(default=timezone.now)
    first_key = models.ForeignKey(
        "coproduce.TeamMember", on_delete=models.PROTECT, related_name="+"
    )
    second_key = models.ForeignKey(
        "coproduce.TeamMember", on_delete=models.PROTECT, null=True, related_name="+"
    )
    what_changed = models.TextField(blank=True)
    frozen = models.JSONField()

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "number"], name="versions_are_numbered")
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Passage(models.Model):
    """A line of a version: words as people said them, or a combined wording, under a heading."""

    class Kind(models.TextChoices):
        WORDS = "words", "In people's words"
        WORDING = "wording", "Combined wording"
        RAISED = "raised", "A question people raised"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="passages")
    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    question_text = models.CharField(max_length=300, blank=True)
    idea = models.ForeignKey("coproduce.Idea", on_delete=models.PROTECT, null=True)
    idea_name = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField()
    text = models.TextField(blank=True, help_text="A combined wording. Own words stand in sources.")
    figure = models.JSONField(default=dict)
    room_marks = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.ref


class PassageSource(models.Model):
    """Words that a passage rests on: by key and by the digest of that day."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="sources")
    words = models.ForeignKey("coproduce.Words", on_delete=models.PROTECT, related_name="passages")
    digest = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    is_listed = models.BooleanField(default=False, help_text="The line shows these words.")

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.words_id} under {self.passage_id}"
