"""Everything that a participant writes is one kind of record, with the same way in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils import timezone

from coproduce.people.models import WhoseWords


class Standing(models.TextChoices):
    """Where words stand now: the latest row of moderation or withdrawal, kept for filtering."""

    WAITING = "waiting", "Waiting to be looked at"
    SHOWN = "shown", "Shown"
    HELD = "held", "Held: we look again"
    NOT_SHOWN = "not_shown", "Not shown"
    SET_APART = "set_apart", "Set apart for someone's safety"
    WITHDRAWN = "withdrawn", "Withdrawn by the person who wrote it"


class WordsQuerySet(models.QuerySet["Words"]):
    def awaiting_moderation(self) -> WordsQuerySet:
        return self.filter(standing__in=[Standing.WAITING, Standing.HELD])

    def shown(self) -> WordsQuerySet:
        return self.filter(standing=Standing.SHOWN)

    def with_text(self) -> WordsQuerySet:
        return self.select_related("kept_text").prefetch_related("maskings")


class Words(models.Model):
    """What somebody wrote: a statement, a reason, a description, a question, a dispute, a note.

    The text itself stands in `WordsText`, the one row that can be erased. `digest` is salted;
    its salt goes with the text, so that after erasure it says nothing.
    """

    class Kind(models.TextChoices):
        STATEMENT = "statement", "Statement"
        REASON = "reason", "Reason"
        DESCRIPTION = "description", "Own-word description"
        QUESTION = "question", "Question"
        DISPUTE = "dispute", "Dispute"
        NOTE = "note", "Note on a check-in"

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="words"
    )
    participant = models.ForeignKey(
        "coproduce.Participant", on_delete=models.SET_NULL, null=True, related_name="words"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    ref = models.CharField(max_length=12, unique=True)
    how_given = models.CharField(max_length=20, choices=WhoseWords.choices, default=WhoseWords.OWN)
    from_paper = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    given_at = models.DateTimeField(default=timezone.now)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.WAITING)
    form_key = models.CharField(  # noqa: DJ001 - several words have none, and are still unique
        max_length=64,
        null=True,
        help_text="The form that brought it: the same form twice is one record.",
    )

    # What is masked, where it was read together with the words; None: it is asked for.
    masked: list[list[int]] | None = None

    objects = WordsQuerySet.as_manager()

    class Meta:
        app_label = "coproduce"
        indexes: ClassVar = [
            models.Index(fields=["conversation", "standing", "given_at"], name="words_queue"),
            models.Index(fields=["participant", "kind"], name="words_of_person"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "form_key"], name="a_form_is_kept_once")
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_shown(self) -> bool:
        return self.standing == Standing.SHOWN

    @property
    def is_withdrawn(self) -> bool:
        return self.standing == Standing.WITHDRAWN

    @property
    def is_erased(self) -> bool:
        return not hasattr(self, "kept_text")

    @property
    def text(self) -> str:
        """The exact words as they were given; empty once erased."""
        return "" if self.is_erased else self.kept_text.text

    @property
    def shown_text(self) -> str:
        """The words as others may read them: names masked, empty once erased."""
        if self.is_erased:
            return ""
        spans = self.masked
        if spans is None:
            kept = (masking for masking in self.maskings.all() if masking.is_kept)
            spans = [span for masking in kept for span in masking.spans]
        return masked(self.text, spans)


def masked(text: str, spans: Iterable[list[int]]) -> str:
    """A text without what these [start, end) positions hold."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + "[name]" + text[end:]
    return text


class WordsText(models.Model):
    """The one erasable row. Nothing else keeps the text."""

    words = models.OneToOneField(
        Words, on_delete=models.CASCADE, primary_key=True, related_name="kept_text"
    )
    text = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"text of {self.words_id}"


class Masking(models.Model):
    """Parts of words hidden from others because they name somebody. The words stay whole.

    `spans` is a list of [start, end) positions in the text; spans do not overlap.
    """

    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="maskings")
    spans = models.JSONField()
    by = models.ForeignKey("coproduce.Account", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"masking of {self.words_id}"

    @property
    def is_kept(self) -> bool:
        return self.lifted_at is None


def masks_of(maskings: models.QuerySet[Masking]) -> dict[int, list[list[int]]]:
    """By words: the positions that these maskings, as far as they are kept, hide."""
    hidden: dict[int, list[list[int]]] = {}
    for words, spans in (
        maskings.filter(lifted_at=None).order_by("pk").distinct().values_list("words_id", "spans")
    ):
        hidden.setdefault(words, []).extend(spans)
    return hidden


class Withdrawal(models.Model):
    """The author took words back: the tombstone. It stays when the text is gone."""

    words = models.OneToOneField(Words, on_delete=models.CASCADE, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "coproduce"

    def __str__(self) -> str:
        return f"withdrawal of {self.words_id}"
