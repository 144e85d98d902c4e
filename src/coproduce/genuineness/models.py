"""Was it genuine? What people felt, asked in one minute, and the counts that may be shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from coproduce.conversations.models import Rung


class Asked(models.TextChoices):
    """What a check-in asks. The sentences, for adults and for children, stand in `questions`."""

    SPACE = "space", "Space"
    VOICE = "voice", "Voice"
    OWN_VIEW = "own_view", "Own view"
    AUDIENCE = "audience", "Audience"
    INFLUENCE = "influence", "Influence"
    ALREADY_DECIDED = "already_decided", "Had it already been decided?"
    WELCOME = "welcome", "Welcome and care"
    VALUE = "value", "Value and include"
    COMMUNICATE = "communicate", "Communicate"
    PARTNERSHIP = "partnership", "Work in partnership"


class FeltRung(models.TextChoices):
    """How far it went, as people felt it: every rung of the ladder (TLAP, with credit), lowest
    first. Nobody promises the lowest two."""

    COERCION = "coercion", "Coercion: we decide, and you go along with it"
    EDUCATING = "educating", "Educating: we teach you how things are done"
    INFORMING = Rung.INFORMING.value, Rung.INFORMING.label
    CONSULTATION = Rung.CONSULTATION.value, Rung.CONSULTATION.label
    ENGAGEMENT = Rung.ENGAGEMENT.value, Rung.ENGAGEMENT.label
    CO_DESIGN = Rung.CO_DESIGN.value, Rung.CO_DESIGN.label
    CO_PRODUCTION = Rung.CO_PRODUCTION.value, Rung.CO_PRODUCTION.label


class CheckIn(models.Model):
    """A check-in that was offered to somebody; `answered_at` says whether they answered."""

    class Occasion(models.TextChoices):
        VISIT = "visit", "At the end of a visit"
        DECISION = "decision", "After a decision"
        YEARLY = "yearly", "Once a year"

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="check_ins"
    )
    participant = models.ForeignKey(
        "coproduce.Participant", on_delete=models.CASCADE, related_name="check_ins"
    )
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    decision = models.ForeignKey(
        "coproduce.Decision", on_delete=models.CASCADE, null=True, related_name="check_ins"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    child_wording = models.BooleanField(default=False)
    promised_rung = models.CharField(
        max_length=20,
        choices=Rung.choices,
        blank=True,
        help_text="What the organiser promised when it was offered.",
    )
    felt_rung = models.CharField(max_length=20, choices=FeltRung.choices, blank=True)
    words = models.OneToOneField(
        "coproduce.Words",
        on_delete=models.SET_NULL,
        null=True,
        related_name="check_in",
        help_text="A note in their own words, looked at like all words.",
    )
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        indexes: ClassVar = [
            models.Index(fields=["conversation", "occasion"], name="check_ins_by_occasion")
        ]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class CheckInAnswer(models.Model):
    """The answer to one question of a check-in. The latest counts."""

    class Choice(models.TextChoices):
        YES = "yes", "Yes"
        A_BIT = "a_bit", "A bit"
        NO = "no", "No"
        NOT_SURE = "not_sure", "I don’t know"
        RATHER_NOT = "rather_not", "I don’t want to say"

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="answers")
    asked = models.CharField(max_length=20, choices=Asked.choices)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_in", "asked"], name="a_check_in_asks_once")
        ]

    def __str__(self) -> str:
        return self.get_choice_display()


class PublicCount(models.Model):
    """Counts of people, apart from answers to statements, as they may be shown.

    `about` names what is counted ("people", "check-in voice", ...). `shown` is public and moves
    only when five more people have come or gone; `memory` is what the next is checked against and
    is never shown.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="public_counts"
    )
    about = models.CharField(max_length=80)
    people = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=dict)
    memory = models.JSONField(default=dict)
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "about"], name="a_public_count_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.about
