"""Many statements arriving at once from a file, each as if it had been said here."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from coproduce.conversations.models import Conversation, Question
from coproduce.exchange.models import ImportFile, ImportRow
from coproduce.people.models import Participant, WhoseWords
from coproduce.statements.models import Cluster, Source, Statement
from coproduce.words.models import Standing, Words, WordsText
from coproduce.words.services import salted_digest, unused_refs

AT_ONCE = 500


@dataclass(frozen=True)
class Arriving:
    """One statement of a file: `line` is where it stands there, from 1."""

    line: int
    question: Question
    text: str
    participant: Participant | None = None
    source: str = Source.UNKNOWN
    standing: str = Standing.WAITING
    how_given: str = WhoseWords.OWN
    from_paper: bool = False
    given_at: dt.datetime = field(default_factory=timezone.now)


def keep_arriving(
    *, conversation: Conversation, file: ImportFile, arriving: Sequence[Arriving]
) -> list[Statement]:
    """Keep the statements in a fixed number of queries for each 500; each in its own cluster.

    For services, inside their transaction: asks no access, writes no log, counts no answers.
    """
    refs = unused_refs(Words, len(arriving))
    salts = [secrets.token_hex(16) for _ in arriving]
    words = Words.objects.bulk_create(
        [
            Words(
                conversation=conversation,
                participant=one.participant,
                kind=Words.Kind.STATEMENT,
                ref=ref,
                how_given=one.how_given,
                from_paper=one.from_paper,
                digest=salted_digest(one.text, salt),
                given_at=one.given_at,
                standing=one.standing,
            )
            for one, salt, ref in zip(arriving, salts, refs, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    WordsText.objects.bulk_create(
        [
            WordsText(words=kept, text=one.text, salt=salt)
            for kept, one, salt in zip(words, arriving, salts, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    rows = ImportRow.objects.bulk_create(
        [ImportRow(file=file, number=one.line) for one in arriving], batch_size=AT_ONCE
    )
    clusters = Cluster.objects.bulk_create(
        [Cluster(conversation=conversation) for _ in arriving], batch_size=AT_ONCE
    )
    statements = Statement.objects.bulk_create(
        [
            Statement(
                words=kept,
                conversation=conversation,
                question=one.question,
                cluster=cluster,
                source=one.source,
                round=conversation.round,
                import_row=row,
            )
            for one, kept, cluster, row in zip(arriving, words, clusters, rows, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    for statement in statements:
        statement.cluster.listed = statement
    Cluster.objects.bulk_update(clusters, ["listed"], batch_size=AT_ONCE)
    return statements
