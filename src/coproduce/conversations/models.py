"""A conversation: one piece of co-production with a purpose, and what it states."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

# No vowels and no look-alikes: codes read out in a room spell no words and are not misheard.
CODE_LETTERS = "BCDFGHJKMPQRTVWXY2346789"
JOIN_CODE_LENGTH = 6


def make_join_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(JOIN_CODE_LENGTH))


class Phase(models.TextChoices):
    DRAFT = "draft", "Draft"
    GATHERING = "gathering", "Gathering"
    LISTENING = "listening", "Listening"
    CONNECTING = "connecting", "Connecting"
    AGREEING = "agreeing", "Agreeing"
    PUBLISHED = "published", "Published"
    ACTING = "acting", "Acting"
    CLOSED = "closed", "Closed"


class Doing(models.TextChoices):
    """What the phases allow (the table in docs/reference/rules.md)."""

    SAY = "say"
    ANSWER = "answer"
    ARRANGE = "arrange"
    CONFIRM_WORDING = "confirm_wording"
    PUBLISH = "publish"
    DECIDE = "decide"
    ANSWER_QUESTIONS = "answer_questions"
    CHECK_IN = "check_in"
    READ = "read"


ALLOWED: dict[str, frozenset[str]] = {
    Doing.SAY: frozenset({Phase.GATHERING}),
    Doing.ANSWER: frozenset({Phase.LISTENING, Phase.CONNECTING, Phase.AGREEING}),
    Doing.ARRANGE: frozenset({Phase.GATHERING, Phase.LISTENING, Phase.CONNECTING, Phase.AGREEING}),
    Doing.CONFIRM_WORDING: frozenset({Phase.AGREEING}),
    Doing.PUBLISH: frozenset({Phase.AGREEING, Phase.PUBLISHED, Phase.ACTING}),
    Doing.DECIDE: frozenset({Phase.PUBLISHED, Phase.ACTING}),
    Doing.ANSWER_QUESTIONS: frozenset(set(Phase) - {Phase.DRAFT, Phase.CLOSED}),
    Doing.CHECK_IN: frozenset(set(Phase) - {Phase.DRAFT, Phase.CLOSED}),
    Doing.READ: frozenset(set(Phase) - {Phase.DRAFT}),
}


class Rung(models.TextChoices):
    """The rungs of the ladder of participation (TLAP, with credit), lowest first."""

    INFORMING = "informing", "Informing: we tell you"
    CONSULTATION = "consultation", "Consultation: we ask you, then we decide"
    ENGAGEMENT = "engagement", "Engagement: you help us think, and we decide"
    CO_DESIGN = "co_design", "Co-design: we design it together"
    CO_PRODUCTION = "co_production", "Co-production: we decide and do it together"


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def open_to_the_public(self) -> ConversationQuerySet:
        """Opened, listed, not closed."""
        return self.filter(listed=True).exclude(phases=[Phase.DRAFT]).exclude(phases=[Phase.CLOSED])

    def run_by(self, account_id: int) -> ConversationQuerySet:
        return self.filter(team__account_id=account_id, team__left_at=None)


class Conversation(models.Model):
    """One piece of co-production. `phases` are those open now, kept in step by PhaseChange rows."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    join_code = models.CharField(max_length=8, unique=True, default=make_join_code)
    is_example = models.BooleanField(default=False)
    listed = models.BooleanField(default=True, help_text="Shown in the public list when open.")
    one_room = models.BooleanField(
        default=False, help_text="Everybody sits in one room: three people are enough, not five."
    )

    purpose = models.TextField(blank=True)
    can_change = models.TextField(blank=True)
    cannot_change = models.TextField(blank=True)
    options_fixed = models.BooleanField(null=True, help_text="Had options been fixed already?")
    options_fixed_since = models.DateField(null=True, blank=True)
    rung = models.CharField(max_length=20, choices=Rung.choices, blank=True)
    who_decides = models.TextField(blank=True)
    hear_back_by = models.DateField(null=True, blank=True)
    time_and_money = models.TextField(blank=True)
    thanks = models.TextField(blank=True)
    who_runs_it = models.TextField(blank=True)
    who_can_read = models.TextField(blank=True)
    privacy_notice = models.TextField(blank=True)
    data_controller = models.CharField(max_length=200, blank=True)
    delete_on = models.DateField(null=True, blank=True)
    safeguarding_name = models.CharField(max_length=120, blank=True)
    safeguarding_contact = models.CharField(
        max_length=200, blank=True, help_text="A phone number or an address that is answered."
    )

    phases = models.JSONField(default=list)
    round = models.PositiveSmallIntegerField(default=1)
    runs_alone = models.BooleanField(
        default=False, help_text="One partner runs it alone, and the pages say so."
    )
    enough = models.PositiveSmallIntegerField(default=5)
    opened_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    arrangement_revision = models.PositiveIntegerField(
        default=0, help_text="Rises with every change to merges and ideas."
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.phases:
            self.phases = [Phase.DRAFT]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def allows(self, doing: str) -> bool:
        return not ALLOWED[doing].isdisjoint(self.phases)

    @property
    def phases_after_publishing(self) -> list[str]:
        """Publishing ends agreeing, where no other phase but acting is open beside it."""
        if Phase.AGREEING not in self.phases or set(self.phases) - {Phase.AGREEING, Phase.ACTING}:
            return list(self.phases)
        return [Phase.ACTING if Phase.ACTING in self.phases else Phase.PUBLISHED]

    @property
    def is_draft(self) -> bool:
        return Phase.DRAFT in self.phases

    @property
    def is_closed(self) -> bool:
        return Phase.CLOSED in self.phases

    @property
    def phase_labels(self) -> list[str]:
        return [Phase(phase).label for phase in Phase.values if phase in self.phases]

    @property
    def open_questions(self) -> list[Question]:
        """The questions that are asked now, in order. Uses prefetched ones where given."""
        return [one for one in self.questions.all() if one.retired_at is None]

    @cached_property
    def children_bit(self) -> int:
        """The mask of the children's partner group, 0 where none is invited."""
        return sum(1 << group.bit for group in self.partner_groups.all() if group.is_children)


class Question(models.Model):
    """What a conversation asks, with material to think about first."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="questions"
    )
    text = models.CharField(max_length=300)
    material = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class PartnerGroup(models.Model):
    """A partner group that a conversation invites: an installation's key, with a local label."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="partner_groups"
    )
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    bit = models.PositiveSmallIntegerField(help_text="0 to 11: its place in membership masks.")
    is_children = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "key"], name="a_partner_group_is_invited_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "bit"], name="a_partner_group_has_its_own_bit"
            ),
            models.CheckConstraint(condition=models.Q(bit__lt=12), name="at_most_12_groups"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def mask(self) -> int:
        return 1 << self.bit


class Area(models.Model):
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="areas")
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "key"], name="an_area_is_listed_once")
        ]

    def __str__(self) -> str:
        return self.label


class PhaseChange(models.Model):
    """The phases of a conversation from one moment on: what, when, who, why."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="phase_changes"
    )
    phases = models.JSONField()
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.phases)


class KeyTurn(models.Model):
    """An act that two people of different partner groups confirm: opening, a rule, publishing.

    `fingerprint` is the digest of what the first person saw; the second key turns only while
    it is still the same.
    """

    class Act(models.TextChoices):
        OPEN = "open", "Open the conversation"
        CHANGE_SCOPE = "change_scope", "Change what it states"
        PUBLISH = "publish", "Publish a version"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="key_turns"
    )
    act = models.CharField(max_length=20, choices=Act.choices)
    details = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    first_by = models.ForeignKey(
        "coproduce.TeamMember", on_delete=models.PROTECT, related_name="first_keys"
    )
    first_at = models.DateTimeField(default=timezone.now)
    second_by = models.ForeignKey(
        "coproduce.TeamMember", on_delete=models.PROTECT, null=True, related_name="second_keys"
    )
    second_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["first_at", "pk"]

    def __str__(self) -> str:
        return self.get_act_display()

    @property
    def waits_for_second(self) -> bool:
        return self.second_at is None and self.ended_at is None

    @property
    def is_turned(self) -> bool:
        """Both keys are turned, or the one key of a partner who runs it alone."""
        return self.second_at is not None
