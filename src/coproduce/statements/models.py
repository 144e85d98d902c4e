"""Statements, and the links that put those together which say the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils import timezone

from coproduce.words.models import Standing


class Source(models.TextChoices):
    """Where a statement comes from. Only people carry answers."""

    PERSON = "person", "A person"
    COLLECTIVE = "collective", "People in a room, together"
    UNKNOWN = "unknown", "Not known"


class Cluster(models.Model):
    """What is connected: statements that say the same, listed once. Alone, a statement is its own.

    `listed` is the statement that stands for all when they are listed.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="clusters"
    )
    listed = models.ForeignKey(
        "coproduce.Statement", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"cluster {self.pk}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def shown(self) -> StatementQuerySet:
        return self.filter(words__standing=Standing.SHOWN)

    def awaiting_moderation(self) -> StatementQuerySet:
        return self.filter(words__standing__in=[Standing.WAITING, Standing.HELD])

    def with_words(self) -> StatementQuerySet:
        return self.select_related("words", "words__kept_text", "question").prefetch_related(
            "words__maskings"
        )


class Statement(models.Model):
    """What someone said in answer to a question."""

    words = models.OneToOneField(
        "coproduce.Words", on_delete=models.CASCADE, primary_key=True, related_name="statement"
    )
    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="statements"
    )
    question = models.ForeignKey(
        "coproduce.Question", on_delete=models.PROTECT, related_name="statements"
    )
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="statements")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PERSON)
    round = models.PositiveSmallIntegerField(default=1)
    import_row = models.ForeignKey(
        "coproduce.ImportRow", on_delete=models.SET_NULL, null=True, related_name="statements"
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.words.ref

    @property
    def ref(self) -> str:
        return self.words.ref

    @property
    def text(self) -> str:
        return self.words.shown_text

    @property
    def is_open(self) -> bool:
        """May be answered now, by somebody who may answer in its conversation."""
        return self.words.is_shown


class MergeLink(models.Model):
    """Two statements that say the same, linked by a person. Cutting keeps the row.

    Made by a team member (`by`), or by the writer of `first` who said "the same".
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="merge_links"
    )
    first = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="links_out")
    second = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="links_in")
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    by_writer = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    cut_by = models.ForeignKey(
        "coproduce.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    cut_at = models.DateTimeField(null=True, blank=True)
    cut_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=models.Q(cut_at=None),
                name="two_statements_are_linked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"

    @property
    def holds(self) -> bool:
        return self.cut_at is None


class LikenessAnswerQuerySet(models.QuerySet["LikenessAnswer"]):
    def of_writer(self, mine: Statement, other: Statement) -> LikenessAnswerQuerySet:
        """What the writer of `mine` says now of the two.

        Until `first` was the writer's own words it had the lower key, and who wrote last was asked.
        """
        before = models.Q(first=other, second=mine, first_id__lt=models.F("second_id"))
        return self.filter(models.Q(first=mine, second=other) | before).filter(
            by_writer=True, lifted_at=None
        )

    def not_the_same(self, keys: Iterable[int]) -> LikenessAnswerQuerySet:
        """What the writers of these words say to be partly the same as theirs, or different.

        Only of words that stood there when they wrote: see `of_writer`.
        """
        return (
            self.filter(first__in=keys, first_id__gt=models.F("second_id"))
            .filter(by_writer=True, lifted_at=None)
            .exclude(verdict=LikenessAnswer.Verdict.SAME)
            .select_related("second__words__kept_text")
            .prefetch_related("second__words__maskings")
            .order_by("pk")
        )


class LikenessAnswer(models.Model):
    """What was said of a pair: the same, partly, or different ("don't ask again").

    Of a writer's answer, `first` is their own words; of a team member's, it has the lower key, and
    the pair is closed for the workbench until it is lifted. Another answer is another row: the one
    before is lifted, and stays.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "The same"
        PARTLY = "partly", "Partly"
        DIFFERENT = "different", "Different"

    first = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    by_writer = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = LikenessAnswerQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return self.get_verdict_display()


class RoomMark(models.Model):
    """Asterisks counted in a room, on a statement or on an idea. The partner split is unknown."""

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="room_marks"
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, null=True, related_name="room_marks"
    )
    idea = models.ForeignKey(
        "coproduce.Idea", on_delete=models.CASCADE, null=True, related_name="room_marks"
    )
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(statement=None, idea__isnull=False)
                | models.Q(statement__isnull=False, idea=None),
                name="a_room_mark_belongs_to_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} marks"


class SentenceVector(models.Model):
    """A statement's sentence vector: float16, by the model named, for finding near-duplicates."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="vector"
    )
    model = models.CharField(max_length=60)
    values = models.BinaryField()

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"vector of {self.statement_id}"


class PairSuggestion(models.Model):
    """Two statements that may say the same, or may disagree: found by a machine, for a person.

    `first` has the lower key. Rows are found anew whenever words change; nothing rests on them.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="pair_suggestions"
    )
    first = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+")
    may_disagree = models.BooleanField(default=False)
    score = models.FloatField()
    reasons = models.JSONField(default=list)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_suggested_once")
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class PairSearch(models.Model):
    """When pairs were last looked for in a conversation, and among which words."""

    conversation = models.OneToOneField(
        "coproduce.Conversation", on_delete=models.CASCADE, primary_key=True
    )
    among = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"search in {self.conversation_id}"
