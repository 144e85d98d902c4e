"""What people answered. Every answer attaches for ever to the statement that was shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Answer(models.IntegerChoices):
    AGREE = 1, "I agree"
    DISAGREE = -1, "I don’t agree"
    NOT_SURE = 0, "I’m not sure"


class Response(models.Model):
    """One person's answer to one statement: the first and the latest, both kept."""

    participant = models.ForeignKey(
        "coproduce.Participant", on_delete=models.CASCADE, related_name="responses"
    )
    statement = models.ForeignKey(
        "coproduce.Statement", on_delete=models.CASCADE, related_name="responses"
    )
    first_answer = models.SmallIntegerField(choices=Answer.choices)
    answer = models.SmallIntegerField(choices=Answer.choices)
    first_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(default=timezone.now)
    settles = models.BooleanField(
        default=False, help_text="The latest answer was asked of the whole cluster again."
    )
    by_writing = models.BooleanField(default=False, help_text="Counted because they wrote it.")

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "statement"], name="one_answer_per_person_and_statement"
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=[-1, 0, 1]), name="an_answer_is_one_of_three"
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()

    @property
    def has_changed(self) -> bool:
        return self.answer != self.first_answer


class Skip(models.Model):
    """ "Skip this one": asked, not answered. It says nothing; it only puts it last."""

    participant = models.ForeignKey(
        "coproduce.Participant", on_delete=models.CASCADE, related_name="skips"
    )
    statement = models.ForeignKey("coproduce.Statement", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "statement"], name="skipped_once")
        ]

    def __str__(self) -> str:
        return f"skip of {self.statement_id}"


class Reason(models.Model):
    """Why somebody answered as they did. Against the statement, it is a challenge."""

    words = models.OneToOneField(
        "coproduce.Words", on_delete=models.CASCADE, primary_key=True, related_name="reason"
    )
    statement = models.ForeignKey(
        "coproduce.Statement", on_delete=models.CASCADE, related_name="reasons"
    )
    answer = models.SmallIntegerField(choices=Answer.choices)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.words.ref

    @property
    def is_challenge(self) -> bool:
        return self.answer == Answer.DISAGREE


class Tally(models.Model):
    """People who answered a cluster, by the exact set of partner groups they picked.

    Kept in step with every answer, so that no page counts all answers. Never shown as it is.
    """

    cluster = models.ForeignKey(
        "coproduce.Cluster", on_delete=models.CASCADE, related_name="tallies"
    )
    membership = models.PositiveIntegerField()
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    not_sure = models.PositiveIntegerField(default=0)
    mixed = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cluster", "membership"], name="one_tally_per_cluster_and_membership"
            )
        ]

    def __str__(self) -> str:
        return f"tally {self.pk}"

    @property
    def people(self) -> int:
        return self.agree + self.disagree + self.not_sure + self.mixed


class Figure(models.Model):
    """What may be shown of a cluster's answers. It moves only when five more have answered.

    `shown` is public. `memory` is what the next figures are checked against: never shown.
    `people` is how many had answered when the figures were last worked out.
    """

    cluster = models.OneToOneField(
        "coproduce.Cluster", on_delete=models.CASCADE, primary_key=True, related_name="figure"
    )
    people = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=dict)
    memory = models.JSONField(default=dict)
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"figure of {self.cluster_id}"
