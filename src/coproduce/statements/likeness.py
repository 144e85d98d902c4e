"""Which statements, already looked at, may say the same as new words.

Each process keeps an index per conversation. It is brought up to date with what changed since, and
finds by letters what has no sentence vector yet. Words that were kept a moment ago have none:
theirs is made here, on the page after, and kept for the worker. Opposites are never offered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import OperationalError
from django.db.models import Count, Max, Min, Q

from commonground.duplicates import DuplicateIndex
from commonground.vectors import Vectors
from coproduce.prepared import Prepared, PreparedModels, summed_up
from coproduce.statements.models import LikenessAnswer, SentenceVector, Statement
from coproduce.statements.reading import to_read, with_what_is_masked
from coproduce.statements.sentence_model import vector_of
from coproduce.statements.sentence_vectors import keep_vectors
from coproduce.words.models import Masking, Standing, Words

MOST_CONVERSATIONS = 8
_VECTORS_AT_ONCE = 2000
# More are looked up than are asked for, since some are the writer's own or answered already.
_SPARE = 12
_MOST = 3

Stamp = tuple[object, ...]


@dataclass
class _Kept:
    """The index of one conversation in this process, and what of the database it has taken in."""

    index: DuplicateIndex = field(default_factory=DuplicateIndex)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stamp: Stamp = ()
    keys: set[int] = field(default_factory=set)
    masked: dict[int, int] = field(default_factory=dict)
    model: str = ""
    vectors: Stamp = ()
    beside: dict[int, Any] = field(default_factory=dict)


_kept: OrderedDict[tuple[str, int], _Kept] = OrderedDict()
_kept_lock = threading.Lock()


def _of(conversation: int) -> _Kept:
    key = (_database(), conversation)
    with _kept_lock:
        found = _kept.setdefault(key, _Kept())
        _kept.move_to_end(key)
        while len(_kept) > MOST_CONVERSATIONS:
            _kept.popitem(last=False)
    return found


def _database() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def forget_all() -> None:
    """Drop every index of this process, for tests and after a restore."""
    with _kept_lock:
        _kept.clear()


def stamp_of(conversation: int) -> Stamp:
    """Changes whenever the shown statements of a conversation, or what is masked in them, do."""
    return (*_words.rows(key=conversation), *_masks.rows(key=conversation))


def state_of(conversation: int) -> Stamp:
    """As `stamp_of`, and changes whenever sentence vectors were made too."""
    return (*stamp_of(conversation), *_vectors_made.rows(key=conversation))


def kept_beside(conversation: int) -> dict[int, Any]:
    """A place in this process for what is worked out of the index, by statement. Goes with it.

    Words are not to be kept there: what was taken back must be gone. Whoever keeps something keeps
    with it what it rests on, and looks if that has changed.
    """
    return _of(conversation).beside


_words = summed_up(
    lambda: Words.objects.filter(standing=Standing.SHOWN, kind=Words.Kind.STATEMENT),
    "conversation_id",
    Count("pk"),
    Max("pk"),
    Max("looks__pk"),
)
_masks = summed_up(
    lambda: Masking.objects.all(), "words__conversation_id", Max("pk"), Max("lifted_at")
)
_vectors_made = summed_up(
    lambda: SentenceVector.objects.all(),
    "statement__conversation_id",
    Count("pk"),
    Min("model"),
    Max("model"),
)
_vector = Prepared(
    lambda statement, model_text: SentenceVector.objects.filter(
        statement_id=statement, model=model_text
    ).values_list("values"),
    "statement",
    "model_text",
)
_NO_KEYS = {f"key_{place}": 0 for place in range(_MOST + _SPARE)}
_elsewhere = PreparedModels(
    lambda question, cluster, **keys: (
        to_read()
        .filter(pk__in=[*keys.values()], question_id=question, words__standing=Standing.SHOWN)
        .exclude(cluster_id=cluster)
    ),
    "question",
    "cluster",
    *_NO_KEYS,
)
_told_apart = Prepared(
    lambda statement: (
        LikenessAnswer.objects.filter(
            Q(first_id=statement) | Q(second_id=statement), lifted_at=None
        )
        .order_by()
        .values_list("first_id", "second_id")
    ),
    "statement",
)


def index_of(conversation: int) -> DuplicateIndex:
    """The index, up to date with what is shown now."""
    kept = _of(conversation)
    with kept.lock:
        stamp = stamp_of(conversation)
        if stamp != kept.stamp:
            _take_in(kept, conversation)
            kept.stamp = stamp
        _take_vectors(kept, conversation)
    return kept.index


def _take_in(kept: _Kept, conversation: int) -> None:
    shown = set(
        Words.objects.filter(
            conversation=conversation, standing=Standing.SHOWN, kind=Words.Kind.STATEMENT
        ).values_list("pk", flat=True)
    )
    masked = dict(
        Masking.objects.filter(words__conversation=conversation, lifted_at=None)
        .values_list("words")
        .annotate(last=Max("pk"))
    )
    for gone in kept.keys - shown:
        kept.index.remove(gone)
    changed = {key for key in shown & kept.keys if masked.get(key) != kept.masked.get(key)}
    new = sorted((shown - kept.keys) | changed)
    for start in range(0, len(new), 500):
        some = new[start : start + 500]
        rows = Words.objects.filter(pk__in=some, kept_text__isnull=False).with_text().order_by("pk")
        texts = {one.pk: one.shown_text for one in rows}
        kept.index.add(texts.keys(), texts.values())
    kept.keys = {key for key in shown if key in kept.index}
    kept.masked = masked


def _take_vectors(kept: _Kept, conversation: int) -> None:
    """The vectors that were made meanwhile; nothing is looked for where none were."""
    stamp = (*_vectors_made.rows(key=conversation), kept.stamp)
    if stamp == kept.vectors:
        return
    kept.vectors = stamp
    missing = [int(str(key)) for key in kept.index.without_vectors[-_VECTORS_AT_ONCE:]]
    for start in range(0, len(missing), 500):
        rows = list(
            SentenceVector.objects.filter(
                statement_id__in=[int(str(key)) for key in missing[start : start + 500]]
            ).values_list("statement_id", "model", "values")
        )
        kept.model = kept.model or next((model for _, model, _ in rows), "")
        # Vectors of different models must never be compared.
        same = [(key, values) for key, model, values in rows if model == kept.model]
        if same:
            kept.index.set_vectors(
                [key for key, _ in same], np.stack([unpacked(values) for _, values in same])
            )


def model_of(conversation: int) -> str:
    """The model whose vectors the index compares; "" while it has none."""
    return _of(conversation).model


def unpacked(values: bytes | memoryview) -> Vectors:
    """A stored vector as the library takes it: float32, of length one."""
    vector = np.frombuffer(bytes(values), dtype=np.float16).astype(np.float32)
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), dtype=np.float32)


def vectors_of(keys: Iterable[int], model: str = "") -> dict[int, Vectors]:
    """Kept vectors by statement, of `model` or else of the one that most of them have."""
    rows = list(
        SentenceVector.objects.filter(statement_id__in=list(keys)).values_list(
            "statement_id", "model", "values"
        )
    )
    models = [made_by for _, made_by, _ in rows]
    wanted = model or max(set(models), key=models.count, default="")
    return {key: unpacked(values) for key, made_by, values in rows if made_by == wanted}


def _own_vector(statement: Statement, text: str) -> Vectors | None:
    """As it was kept, or made and kept now.

    None where the index has none to compare with, and until the model is loaded.
    """
    model = model_of(statement.conversation_id)
    if not model:
        return None
    kept = _vector.rows(statement=statement.pk, model_text=model)
    if kept:
        return unpacked(kept[0][0])
    made = vector_of(text, model)
    if made is not None:
        with suppress(OperationalError):  # kept for the worker's sake; the page goes on without
            keep_vectors(model, [statement.pk], made[np.newaxis])
    return made


def similar_to(statement: Statement) -> list[Statement]:
    """At most three shown statements that may say the same as this one, surest first.

    Only those that answer the same question, stand in another cluster, and were written by others
    and not answered for by this writer. Never one that takes the opposite stance.
    """
    index = index_of(statement.conversation_id)
    text = statement.text
    found = index.similar_to(text, vector=_own_vector(statement, text), limit=_MOST + _SPARE)
    order = [int(str(one.second)) for one in found if one.second != statement.pk]
    answered = {key for pair in _told_apart.rows(statement=statement.pk) for key in pair}
    keys = {f"key_{place}": key for place, key in enumerate(order)}
    rows = {
        one.pk: with_what_is_masked(one)
        for one in _elsewhere.all(
            question=statement.question_id, cluster=statement.cluster_id, **_NO_KEYS | keys
        )
        if one.pk not in answered
    }
    writer = statement.words.participant_id
    offered: list[Statement] = []
    clusters: set[int] = set()
    for key in order:
        one = rows.get(key)
        if one is None or (writer is not None and one.words.participant_id == writer):
            continue
        if one.cluster_id not in clusters:
            clusters.add(one.cluster_id)
            offered.append(one)
    return offered[:_MOST]
