"""Telling people what became of their words: addresses, kept apart, and letters to them."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone


def random_key() -> int:
    """A key that chance draws: keys in a row would tell in which order addresses were left."""
    return 1 + secrets.randbelow(2**62)


class Address(models.Model):
    """An email address that somebody left, to be told. Kept apart from what they said.

    Nothing ties it to a participant, and no time or order of rows either. It is sealed
    (telling/sealing.py), used for nothing else, and its row is deleted on `delete_on`, or at once
    when its owner asks. `digest` is keyed: the same address twice is one row.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="addresses"
    )
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    stop_digest = models.CharField(max_length=64, unique=True)
    delete_on = models.DateField()

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "digest"], name="an_address_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"


class Letter(models.Model):
    """A mail to everybody who left an address in a conversation. Nothing goes without a preview.

    `how_many` addresses it was confirmed for, and how many of these it was `sent` to so far; both
    stay when the addresses are gone.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="letters"
    )
    subject = models.CharField(max_length=200)
    text = models.TextField()
    made_by = models.ForeignKey("coproduce.TeamMember", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    how_many = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    form_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - many have none

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "form_key"], name="a_letter_form_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class Delivery(models.Model):
    """One letter to one address: sent, or tried and why not. It goes with the address.

    A worker that takes it up moves `due_at` on first, so that no other takes it up as well.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="deliveries")
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="deliveries")
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    given_up = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "address"], name="a_letter_goes_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at=None, given_up=False),
                name="deliveries_that_wait",
            )
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
