"""The shared understanding: a draft, and published versions made of passages."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django.db import models
from django.utils import timezone

Record = TypeVar("Record", bound=models.Model)


class Frozen(Exception):  # noqa: N818 - it says what the record is, to who would change it
    """A published version is never edited. A correction is the next version."""


class FrozenQuerySet(models.QuerySet[Record]):
    def update(self, **kwargs: Any) -> int:
        raise Frozen(f"A published {self.model._meta.verbose_name} is never edited.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise Frozen(f"A published {self.model._meta.verbose_name} is never edited.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Frozen(f"A published {self.model._meta.verbose_name} is never taken out.")


class FrozenModel(models.Model):
    """Written once. It goes only with its whole conversation, on the conversation's last day."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(f"A published {self._meta.verbose_name} is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Frozen(f"A published {self._meta.verbose_name} is never taken out.")


class Draft(models.Model):
    """What the organisers write around people's words. Lines come from the arrangement itself.

    `revision` rises with every change of the text that the organisers write, so that two people
    do not overwrite each other.
    """

    class Order(models.TextChoices):
        ARRANGED = "arranged", "As people arranged them"
        AGREEMENT = "agreement", "Agreed by most partner groups first"

    conversation = models.OneToOneField(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="draft"
    )
    title = models.CharField(max_length=200, blank=True)
    introduction = models.TextField(blank=True)
    how_it_was_done = models.TextField(blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)
    order = models.CharField(max_length=10, choices=Order.choices, default=Order.ARRANGED)
    what_changed = models.TextField(
        blank=True, help_text="A note for the next version, beside what is worked out."
    )
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


class Version(FrozenModel):
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
    counted = models.JSONField(
        default=dict,
        help_text="Exact numbers behind the rounded ones, to know when these may move. Not shown.",
    )

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "number"], name="versions_are_numbered")
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Passage(FrozenModel):
    """A line of a version: words as people said them, or a combined wording, under a heading."""

    class Kind(models.TextChoices):
        WORDS = "words", "In people's words"
        WORDING = "wording", "Combined wording"
        RAISED = "raised", "A question people raised"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="passages")
    ref = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    question_text = models.CharField(max_length=300, blank=True)
    question = models.ForeignKey("coproduce.Question", on_delete=models.RESTRICT, null=True)
    idea = models.ForeignKey("coproduce.Idea", on_delete=models.RESTRICT, null=True)
    wording = models.ForeignKey("coproduce.Wording", on_delete=models.RESTRICT, null=True)
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


class PassageSource(FrozenModel):
    """Words that a passage rests on: by key and by the digest of that day."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="sources")
    words = models.ForeignKey("coproduce.Words", on_delete=models.RESTRICT, related_name="passages")
    digest = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    is_listed = models.BooleanField(default=False, help_text="The line shows these words.")
    room_marks = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.words_id} under {self.passage_id}"
