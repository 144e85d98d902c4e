"""What was done about what people said: decisions, actions, replies, answers to questions."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from coproduce.words.models import Standing


class Outcome(models.TextChoices):
    """What was decided, in plain words."""

    WILL = "will", "We will"
    DOING = "doing", "We are doing it"
    TRY = "try", "We will try it and tell you"
    DONE = "done", "Done"
    PARTLY = "partly", "Partly"
    CANNOT = "cannot", "We can’t, and we say why"
    NOT_OURS = "not_ours", "Not ours to decide. We passed it on"
    NOT_YET = "not_yet", "Not yet"


class Decision(models.Model):
    """What was decided, why, when and by whom. What it rests on stands in `RestsOn`.

    `outcome` is that of the latest `DecisionStep`, kept beside it for filtering. A decision is
    not edited: a correction takes its place, and both can be read.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="decisions"
    )
    ref = models.CharField(max_length=12, unique=True)
    what = models.TextField()
    why = models.TextField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200, help_text="Who decided: a person or a body.")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    settled_without_appeal = models.BooleanField(
        default=False, help_text="A problem that was settled without an appeal or a tribunal."
    )
    made_by = models.ForeignKey("coproduce.TeamMember", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    why_corrected = models.TextField(
        blank=True, help_text="Why it takes the place of an earlier one. Everybody can read it."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - many have none

    # Words that it rests on were taken back since. Pages that say so ask for it.
    look_again = False

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-decided_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "form_key"], name="a_decision_form_is_kept_once"
            )
        ]
        # For the decisions of a whole area, the latest first.
        indexes: ClassVar = [models.Index(fields=["-decided_on", "-id"], name="decisions_by_day")]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_current(self) -> bool:
        return self.ended_at is None

    @property
    def latest_step(self) -> DecisionStep | None:
        """Where it stands. Uses prefetched steps where given."""
        steps = list(self.steps.all())
        return steps[-1] if steps else None


class DecisionStep(models.Model):
    """Where a decision stands from one moment on: what, when, who, why."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="steps")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.TextField(blank=True)
    passed_to = models.CharField(max_length=200, blank=True)
    by_when = models.DateField(null=True, blank=True)
    by = models.ForeignKey("coproduce.TeamMember", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def in_words(self) -> str:
        """The outcome as people read it, with what it needs: to whom, by when."""
        if self.outcome == Outcome.NOT_OURS:
            return f"Not ours to decide. We passed it on to {self.passed_to}."
        if self.outcome == Outcome.TRY and self.by_when:
            return f"We will try it, and tell you by {self.by_when:%-d %B %Y}."
        if self.outcome == Outcome.NOT_YET and self.by_when:
            return f"Not yet. By {self.by_when:%-d %B %Y}."
        return f"{self.get_outcome_display()}."


class Action(models.Model):
    """Something that somebody does by a date. Done counts when other people say that it is.

    `standing` follows the latest `ActionStep` and the checks, kept beside them for filtering.
    A correction stays at the same address; what stood before is kept in its step.
    """

    class Standing(models.TextChoices):
        OPEN = "open", "Under way"
        SAID_DONE = "said_done", "Said to be done, not confirmed yet"
        DONE = "done", "Done: confirmed by people it matters to"
        DISPUTED = "disputed", "Said to be done, and people say it is not"
        STOPPED = "stopped", "Stopped"

    NOT_DONE: ClassVar = (Standing.OPEN, Standing.DISPUTED)

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="actions"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    ref = models.CharField(max_length=12, unique=True)
    what = models.TextField()
    owner = models.CharField(max_length=200, help_text="Who does it: a person’s post or a body.")
    owner_group = models.ForeignKey(
        "coproduce.PartnerGroup", on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.OPEN)
    made_by = models.ForeignKey("coproduce.TeamMember", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    form_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - many have none

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "form_key"], name="an_action_form_is_kept_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["conversation", "standing", "due_on"], name="actions_by_day")
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def latest_step(self) -> ActionStep | None:
        steps = list(self.steps.all())
        return steps[-1] if steps else None

    @property
    def told(self) -> list[ActionStep]:
        """What its owner's side said of how it goes, the latest first. No corrections."""
        return [one for one in self.steps.all() if one.kind != ActionStep.Kind.CORRECTED][::-1]

    @property
    def corrections(self) -> list[ActionStep]:
        """The latest first."""
        return [one for one in self.steps.all() if one.kind == ActionStep.Kind.CORRECTED][::-1]

    @property
    def is_asked_about(self) -> bool:
        """It is said to be done, so people whose words it rests on are asked."""
        return self.standing in {
            self.Standing.SAID_DONE,
            self.Standing.DONE,
            self.Standing.DISPUTED,
        }

    def is_overdue(self, today: datetime.date) -> bool:
        """The date has passed and nobody says that it is done."""
        return self.due_on < today and self.standing in self.NOT_DONE

    @classmethod
    def overdue_on(cls, today: datetime.date) -> models.Q:
        """The same as a filter."""
        return models.Q(due_on__lt=today, standing__in=cls.NOT_DONE)


class ActionStep(models.Model):
    """Progress, evidence, a new date, "done": what the owner's side says, and when."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", "How it goes"
        NEW_DATE = "new_date", "A new date"
        SAID_DONE = "said_done", "Said to be done"
        STOPPED = "stopped", "Stopped"
        REOPENED = "reopened", "Taken up again"
        CORRECTED = "corrected", "Corrected"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField(blank=True)
    link = models.URLField(blank=True, help_text="Where the evidence can be seen.")
    due_on = models.DateField(null=True, blank=True)
    earlier_what = models.TextField(
        blank=True, help_text="Corrected: what would be done before. Empty: the same as after."
    )
    earlier_owner = models.CharField(
        max_length=200, blank=True, help_text="Corrected: who did it before. Empty: the same."
    )
    earlier_owner_group = models.ForeignKey(
        "coproduce.PartnerGroup", on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey("coproduce.TeamMember", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class ActionCheck(models.Model):
    """A participant whose words the action rests on says that it is done, or that it is not."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="checks")
    participant = models.ForeignKey(
        "coproduce.Participant", on_delete=models.CASCADE, related_name="action_checks"
    )
    confirms = models.BooleanField()
    words = models.OneToOneField(
        "coproduce.Words",
        on_delete=models.SET_NULL,
        null=True,
        related_name="action_check",
        help_text="Why not: words of the kind dispute.",
    )
    counts_for = models.PositiveIntegerField(
        default=0,
        help_text="The partner groups for which “done” counted when it was said, as a mask.",
    )
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action", "participant"],
                condition=models.Q(ended_at=None),
                name="one_check_per_person_and_action",
            )
        ]

    def __str__(self) -> str:
        return "done" if self.confirms else "not done"


class ReplyQuerySet(models.QuerySet["Reply"]):
    def for_everybody(self) -> ReplyQuerySet:
        """Not those about words that nobody else can read, or that were taken back, alone."""
        grounds = RestsOn.objects.for_everybody().filter(reply=models.OuterRef("pk"))
        return self.filter(models.Exists(grounds))


class Reply(models.Model):
    """What people are told. One reply may cover many ideas, lines and words at once."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="replies"
    )
    ref = models.CharField(max_length=12, unique=True)
    text = models.TextField()
    made_by = models.ForeignKey("coproduce.TeamMember", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    why_corrected = models.TextField(
        blank=True, help_text="Why it takes the place of an earlier one. Everybody can read it."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - many have none

    # Words that it rests on were taken back since. Pages that say so ask for it.
    look_again = False

    objects = ReplyQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "form_key"], name="a_reply_form_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def earlier(self) -> list[Reply]:
        """What stood in its place before, the latest first."""
        found, one = [], self.replaces
        while one is not None:
            found.append(one)
            one = one.replaces
        return found


class RestsOnQuerySet(models.QuerySet["RestsOn"]):
    def held(self) -> RestsOnQuerySet:
        return self.filter(ended_at=None)

    def for_everybody(self) -> RestsOnQuerySet:
        """Not those by which a reply reaches words that nobody but their writer can read."""
        return self.filter(
            models.Q(reply=None) | models.Q(words=None) | models.Q(words__standing=Standing.SHOWN)
        )


class RestsOn(models.Model):
    """What a decision, an action or a reply rests on: a published line, an idea, or words.

    It passes down: resting on an idea is resting on every statement in it, and resting on a
    line on every statement under it.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="rests_on"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, null=True, related_name="rests_on"
    )
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="rests_on")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, related_name="rests_on")
    passage = models.ForeignKey(
        "coproduce.Passage", on_delete=models.RESTRICT, null=True, related_name="+"
    )
    idea = models.ForeignKey(
        "coproduce.Idea", on_delete=models.RESTRICT, null=True, related_name="+"
    )
    words = models.ForeignKey(
        "coproduce.Words", on_delete=models.RESTRICT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    review_since = models.DateTimeField(
        null=True, blank=True, help_text="Words that it rested on were withdrawn: look again."
    )

    objects = RestsOnQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(decision__isnull=False, action=None, reply=None)
                | models.Q(decision=None, action__isnull=False, reply=None)
                | models.Q(decision=None, action=None, reply__isnull=False),
                name="it_is_one_thing_that_rests",
            ),
            models.CheckConstraint(
                condition=models.Q(passage__isnull=False, idea=None, words=None)
                | models.Q(passage=None, idea__isnull=False, words=None)
                | models.Q(passage=None, idea=None, words__isnull=False),
                name="it_rests_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"rests on {self.pk}"


class QuestionAnswer(models.Model):
    """A specialist's answer, once for all, to one question that people asked or to several."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="question_answers"
    )
    ref = models.CharField(max_length=12, unique=True)
    text = models.TextField()
    answered_by = models.CharField(max_length=200, help_text="The post of who answers.")
    questions = models.ManyToManyField("coproduce.RaisedQuestion", related_name="answers")
    made_by = models.ForeignKey("coproduce.TeamMember", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    why_corrected = models.TextField(
        blank=True, help_text="Why it takes the place of an earlier one. Everybody can read it."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - many have none

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "form_key"], name="an_answer_form_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.ref
