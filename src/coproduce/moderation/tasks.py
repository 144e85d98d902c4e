"""Reading new words in the background: sentence vectors, and signs that they may tell of harm."""

from __future__ import annotations

from time import monotonic

import numpy as np
from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import task

from coproduce.aside import aside
from coproduce.background import Soon
from coproduce.conversations.models import Conversation
from coproduce.moderation.rates import move_rates
from coproduce.safeguarding.models import WorrySign
from coproduce.safeguarding.signs import PHRASES, worries
from coproduce.statements.likeness import vectors_of
from coproduce.statements.sentence_model import sentence_model, stored_name
from coproduce.statements.sentence_vectors import keep_vectors, still_here
from coproduce.words.models import Standing, Words

# The worker has other things to do as well: after this many seconds it is another piece.
A_TURN = 1.0
AT_ONCE = 16


def unread(conversation: int) -> QuerySet[Words]:
    """Words that the model has not read: waiting ones for signs, statements for vectors."""
    return (
        Words.objects.filter(conversation=conversation, kept_text__isnull=False)
        .filter(
            Q(standing=Standing.WAITING) & ~Q(worry_sign__by=_reader())
            | Q(
                standing__in=[Standing.WAITING, Standing.SHOWN],
                kind=Words.Kind.STATEMENT,
                statement__isnull=False,
                statement__vector=None,
            )
        )
        .order_by("pk")
    )


def _reader() -> str:
    model = sentence_model()
    return f"{PHRASES}, {model.name}"[:80] if model else PHRASES


def read_soon(conversation: int) -> None:
    """After new words: the worker reads them, once for all that come in some seconds."""
    if sentence_model() is not None:
        _read_words_soon(conversation)


def read_what_was_left(conversation: int) -> None:
    """Let the worker read what it has not: words that were imported, or came before the model."""
    if sentence_model() is not None and unread(conversation).exists():
        _read_words_soon(conversation)


@task()
def read_words(conversation: int) -> None:
    """Read what is unread, for one turn; what is left waits for the next."""
    began = monotonic()
    last = 0
    while some := list(
        unread(conversation).filter(pk__gt=last).select_related("kept_text", "statement")[:AT_ONCE]
    ):
        _read(some)
        last = some[-1].pk
        if monotonic() - began > A_TURN:
            read_words.enqueue(conversation)
            return


_read_words_soon = Soon(read_words)


def _read(some: list[Words]) -> None:
    model = sentence_model()
    if model is None:
        return
    texts = [one.text for one in some]
    # A page that looked for what is like them has read some already.
    known = vectors_of([one.pk for one in some], stored_name(model))
    new = [row for row, one in enumerate(some) if one.pk not in known]
    vectors = np.zeros((len(some), model.dimensions), dtype=np.float32)
    for row, one in enumerate(some):
        if one.pk in known:
            vectors[row] = known[one.pk]
    if new:
        vectors[new] = aside(lambda: model.embed([texts[row] for row in new]))
    _keep_signs(some, worries(texts, model, vectors))
    rows = [row for row in new if some[row].kind == Words.Kind.STATEMENT]
    if rows:
        keep_vectors(stored_name(model), [some[row].pk for row in rows], vectors[rows])


@transaction.atomic
def _keep_signs(some: list[Words], signs: list[bool]) -> None:
    # A sign puts words first that wait to be looked at; others need none.
    still = still_here([one.pk for one in some], {Standing.WAITING})
    WorrySign.objects.bulk_create(
        [
            WorrySign(words=one, worries=sign, by=_reader())
            for one, sign in zip(some, signs, strict=True)
            if one.pk in still
        ],
        update_conflicts=True,
        unique_fields=["words"],
        update_fields=["worries", "by", "at"],
    )


@task()
def move_rates_of(conversation: int) -> None:
    move_rates(Conversation.objects.get(pk=conversation))


move_rates_soon = Soon(move_rates_of)
