"""Keeping the vectors of statements: each is read once, by whoever needs it first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.db import transaction

from commonground.vectors import Vectors
from coproduce.statements.models import SentenceVector
from coproduce.words.models import Standing, Words


@transaction.atomic
def keep_vectors(model: str, keys: Sequence[int], vectors: Vectors) -> None:
    """Keep one row of `vectors`, shape (statements, d), for each statement.

    Words may have been taken back while they were read: nothing of them is kept.
    """
    still = still_here(keys, set(Standing) - {Standing.WITHDRAWN, Standing.SET_APART})
    SentenceVector.objects.bulk_create(
        [
            SentenceVector(
                statement_id=key, model=model, values=vector.astype(np.float16).tobytes()
            )
            for key, vector in zip(keys, vectors, strict=True)
            if key in still
        ],
        update_conflicts=True,
        unique_fields=["statement"],
        update_fields=["model", "values"],
    )


def still_here(keys: Sequence[int], standing: set[Standing]) -> set[int]:
    """Those of the words whose text is kept, and which stand so until the transaction ends.

    Whoever takes words back meanwhile waits for it, and then finds what was made of them.
    """
    return set(
        Words.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=keys, kept_text__isnull=False, standing__in=standing)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
