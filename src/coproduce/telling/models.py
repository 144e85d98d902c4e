"""Telling people what became of their words: addresses, kept apart, and letters to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Address(models.Model):
    """An email address that somebody left, to be told. Kept apart from what they said.

    Nothing ties it to a participant. It is encrypted, used for nothing else, and its row is
    deleted on `delete_on`, or at once when its owner asks. `digest` is keyed: the same address
    twice is one row.
    """

    conversation = models.ForeignKey(
        "coproduce.Conversation", on_delete=models.CASCADE, related_name="addresses"
    )
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    stop_digest = models.CharField(max_length=64, unique=True)
    given_on = models.DateField(default=timezone.localdate)
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
    """A mail to everybody who left an address in a conversation. Nothing goes without a preview."""

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

    class Meta:
        app_label = "coproduce"
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One letter to one address: sent, or tried and why not. It goes with the address."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="deliveries")
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="deliveries")
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "coproduce"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "address"], name="a_letter_goes_once")
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
