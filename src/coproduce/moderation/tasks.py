"""Reading new words in the background: sentence vectors, and signs that they may tell of harm."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction
from django.db.models import Q
from django_tasks import task

from coproduce.background import Soon
from coproduce.conversations.models import Conversation
from coproduce.moderation.rates import move_rates
from coproduce.safeguarding.models import WorrySign
from coproduce.safeguarding.signs import PHRASES, worries
from coproduce.statements.models import SentenceVector
from coproduce.statements.sentence_model import sentence_model, stored_name
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    from collections.abc import Collection

AT_ONCE = 64


def read_later(keys: Collection[int]) -> None:
    """After this transaction, let the worker read these words."""
    if keys and sentence_model() is not None:
        transaction.on_commit(partial(read_words.enqueue, list(keys)))


def read_waiting_later(conversation: Conversation) -> None:
    """Let the worker read what waits and was not read by the sentence model."""
    keys = (
        Words.objects.filter(conversation=conversation, standing=Standing.WAITING)
        .filter(worry_sign__by=PHRASES)
        .values_list("pk", flat=True)[: 4 * AT_ONCE]
    )
    if sentence_model() is not None:
        read_later(list(keys))


def read_shown_later(conversation: Conversation) -> None:
    """Let the worker make the vectors of shown statements that have none: imported ones, say."""
    if sentence_model() is not None:
        read_later(
            list(
                Words.objects.filter(
                    conversation=conversation,
                    kind=Words.Kind.STATEMENT,
                    standing=Standing.SHOWN,
                    statement__vector=None,
                )
                .order_by("pk")
                .values_list("pk", flat=True)[: 4 * AT_ONCE]
            )
        )


@task()
def read_words(keys: list[int]) -> None:
    """Twice is the same as once: what has been read by this model is left as it is."""
    model = sentence_model()
    if model is None:
        return
    reader = f"{PHRASES}, {model.name}"[:80]
    for start in range(0, len(keys), AT_ONCE):
        some = list(
            Words.objects.filter(pk__in=keys[start : start + AT_ONCE], kept_text__isnull=False)
            .exclude(standing__in=[Standing.WITHDRAWN, Standing.SET_APART])
            .exclude(worry_sign__by=reader, statement__vector__isnull=False)
            .exclude(~Q(kind=Words.Kind.STATEMENT), worry_sign__by=reader)
            .select_related("kept_text", "statement")
        )
        if not some:
            continue
        texts = [one.text for one in some]
        signs = worries(texts, model)
        WorrySign.objects.bulk_create(
            [
                WorrySign(words=one, worries=sign, by=reader)
                for one, sign in zip(some, signs, strict=True)
            ],
            update_conflicts=True,
            unique_fields=["words"],
            update_fields=["worries", "by", "at"],
        )
        statements = [
            (one, text)
            for one, text in zip(some, texts, strict=True)
            if one.kind == Words.Kind.STATEMENT
        ]
        if statements:
            vectors = model.embed([text for _, text in statements]).astype(np.float16)
            _keep_vectors(stored_name(model), [one.pk for one, _ in statements], vectors)


@transaction.atomic
def _keep_vectors(model: str, keys: list[int], vectors: np.ndarray) -> None:
    # Words may have been taken back while they were read: nothing of them is kept.
    still = set(
        Words.objects.filter(pk__in=keys, kept_text__isnull=False, statement__isnull=False)
        .exclude(standing__in=[Standing.WITHDRAWN, Standing.SET_APART])
        .values_list("pk", flat=True)
    )
    SentenceVector.objects.bulk_create(
        [
            SentenceVector(statement_id=key, model=model, values=vector.tobytes())
            for key, vector in zip(keys, vectors, strict=True)
            if key in still
        ],
        update_conflicts=True,
        unique_fields=["statement"],
        update_fields=["model", "values"],
    )


@task()
def move_rates_of(conversation: int) -> None:
    move_rates(Conversation.objects.get(pk=conversation))


move_rates_soon = Soon(move_rates_of)
