"""Texts that may be about the same: by the stems that they share, rare ones counting most.

Cosine of tf-idf weights (Salton and Buckley 1988): tf is 1 + log(times), idf is log((1 + texts) /
(1 + texts with the stem)) + 1. It knows nothing of stance or meaning; a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from scipy.sparse import csr_array

from commonground.words import content_stems

MAY_BE_ALIKE = 0.3
"""From this cosine on two texts are proposed."""

_AT_ONCE = 512


def weighted(texts: Sequence[str]) -> csr_array:
    """One unit row of weights for each text; a text without content words is an empty row."""
    counts = [Counter(content_stems(text)) for text in texts]
    found_in = Counter(stem for count in counts for stem in count)
    places = {stem: place for place, stem in enumerate(sorted(found_in))}
    idf = {stem: log((1 + len(texts)) / (1 + n)) + 1 for stem, n in found_in.items()}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, count in enumerate(counts):
        weights = {stem: (1 + log(n)) * idf[stem] for stem, n in count.items()}
        length = sum(weight * weight for weight in weights.values()) ** 0.5
        for stem, weight in weights.items():
            rows.append(row)
            columns.append(places[stem])
            values.append(weight / length)
    return csr_array(
        (values, (rows, columns)), shape=(len(texts), max(1, len(places))), dtype=np.float64
    )


def alike_pairs(
    texts: Mapping[int, str], apart: Mapping[int, int], *, at_least: float = MAY_BE_ALIKE
) -> list[tuple[int, int, float]]:
    """Pairs of keys (lower, higher, cosine) whose texts may be about the same, surest first.

    `apart`: what each belongs to; two of the same are not compared.
    """
    keys = sorted(texts)
    weights = weighted([texts[key] for key in keys])
    found = []
    for start in range(0, len(keys), _AT_ONCE):
        block = (weights[start : start + _AT_ONCE] @ weights.T).tocoo()
        for row, column, score in zip(block.row, block.col, block.data, strict=True):
            first, second = keys[start + int(row)], keys[int(column)]
            if first < second and score >= at_least and apart[first] != apart[second]:
                found.append((first, second, round(float(score), 4)))
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def most_alike(
    text: str, others: Mapping[int, str], *, at_least: float = MAY_BE_ALIKE, limit: int = 3
) -> list[tuple[int, float]]:
    """The keys of the texts that are most alike to this one, surest first."""
    keys = sorted(others)
    weights = weighted([text, *(others[key] for key in keys)])
    scores = (weights[:1] @ weights[1:].T).toarray()[0] if keys else np.zeros(0)
    found = [(key, float(score)) for key, score in zip(keys, scores, strict=True)]
    near = [(key, round(score, 4)) for key, score in found if score >= at_least]
    return sorted(near, key=lambda one: (-one[1], one[0]))[:limit]
