"""What people said of the draft: is a combined wording still what they meant?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from coproduce.people.models import Participant


class LineAnswerQuerySet(models.QuerySet["LineAnswer"]):
    def latest(self) -> LineAnswerQuerySet:  # type: ignore[override]
        """The answer that each person stands by now."""
        return self.filter(ended_at=None)

    def held_by(self, participant: Participant) -> LineAnswerQuerySet:
        return self.latest().filter(participant=participant)

    def disputing(self) -> LineAnswerQuerySet:
        """Writers who say that it is not quite what they meant, and stand by that."""
        return self.latest().filter(as_writer=True, choice=LineAnswer.Choice.NOT_QUITE)


class LineAnswer(models.Model):
    """What somebody said of a combined wording. Changed later, it is a new row.

    `as_writer`: words of theirs rested under the wording, so they were asked "Is that still what
    you meant?" Everybody else may agree with the line, or not. Why not stands in `words`, looked
    at like all words.
    """

    class Choice(models.TextChoices):
        YES = "yes", "Yes"
        NOT_QUITE = "not_quite", "Not quite"
        NOT_SURE = "not_sure", "I’m not sure"

    wording = models.ForeignKey(
        "coproduce.Wording", on_delete=models.CASCADE, related_name="line_answers"
    )
    participant = models.ForeignKey(
        "coproduce.Participant", on_delete=models.CASCADE, related_name="line_answers"
    )
    choice = models.CharField(max_length=10, choices=Choice.choices)
    as_writer = models.BooleanField(default=False)
    words = models.OneToOneField(
        "coproduce.Words", on_delete=models.SET_NULL, null=True, related_name="line_answer"
    )
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LineAnswerQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wording", "participant"],
                condition=models.Q(ended_at=None),
                name="one_answer_per_person_and_wording",
            )
        ]

    def __str__(self) -> str:
        return self.get_choice_display()

    @property
    def disputes(self) -> bool:
        """A writer says that it is not quite what they meant."""
        return self.as_writer and self.choice == self.Choice.NOT_QUITE and self.ended_at is None


class DisputeStep(models.Model):
    """What the team did about a disputed wording: what, when, who, why."""

    class Outcome(models.TextChoices):
        REWORDED = "reworded", "Worded again"
        SPLIT = "split", "Split: their words stand on their own"
        STANDS = "stands", "It stays, and the dispute is shown"

    line_answer = models.ForeignKey(LineAnswer, on_delete=models.CASCADE, related_name="steps")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.CharField(max_length=300, blank=True)
    wording = models.ForeignKey(
        "coproduce.Wording",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The wording that took its place.",
    )
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()
