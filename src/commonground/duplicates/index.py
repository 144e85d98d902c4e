"""An index of statements that finds what a new one may repeat, while it is being typed."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commonground.duplicates.answers import AnswersOfBoth
from commonground.duplicates.candidates import lexical_pairs, nearest_pairs
from commonground.duplicates.judge import judge
from commonground.duplicates.relation import Proposal, Relation
from commonground.duplicates.sketches import Sketches
from commonground.vectors import Vectors
from commonground.words import letter_grams, tidy

_LOOKED_AT = 16
"""Nearest statements by meaning, and as many by letters, that are judged for one typed text."""
_MOST_POSTINGS = 300_000
"""Letter index entries read for one text, rarest first: bounds the time of a look-up."""
_COMPARED_EXACTLY = 256
"""Vectors compared exactly for one text, where there are more than `_ALL_COMPARED`: those whose
sketches are nearest. On 6,763 real texts 99.0% of the 16 truly nearest are among them, and 99.9% of
those with a cosine of 0.9 and more."""
_ALL_COMPARED = 8192


@dataclass(frozen=True, slots=True)
class StatementPairs:
    """Pairs for a person to look at.

    alike: SAME and PART_OF, surest first.
    may_disagree: OPPOSITE, for showing side by side: "these may disagree: both stay".
    """

    alike: tuple[Proposal, ...]
    may_disagree: tuple[Proposal, ...]


class DuplicateIndex:
    """Statements by id, to look up near-duplicates in. Safe to share between threads.

    Building can stop and go on: `add` in any number of steps, with vectors or without. Rows without
    a vector are found by their letters until `set_vectors` brings theirs; `without_vectors` lists
    them.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._ids: list[Hashable] = []
        self._texts: list[str] = []
        self._row_of: dict[Hashable, int] = {}
        self._postings: dict[str, array[int]] = {}
        self._gram_scale = np.zeros(0, dtype=np.float32)
        self._vectors: Vectors | None = None
        self._sketches: Sketches | None = None
        self._has_vector = np.zeros(0, dtype=np.bool_)
        self._alive = np.zeros(0, dtype=np.bool_)

    def __len__(self) -> int:
        return len(self._row_of)

    def __contains__(self, statement_id: object) -> bool:
        return statement_id in self._row_of

    @property
    def without_vectors(self) -> tuple[Hashable, ...]:
        """Ids, in the order they came, whose vectors have not been given yet."""
        with self._lock:
            return tuple(one for one, row in self._row_of.items() if not self._has_vector[row])

    def add(
        self, ids: Iterable[Hashable], texts: Iterable[str], vectors: Vectors | None = None
    ) -> None:
        """Take statements in. An id that is known already gets its new text.

        vectors: float32, shape (n, d), unit rows, all of one model; or None, and `set_vectors`
        later.
        """
        ids, texts = list(ids), list(texts)
        if len(ids) != len(texts):
            raise ValueError(f"{len(ids)} ids were given with {len(texts)} texts")
        with self._lock:
            for one in ids:
                if one in self._row_of:
                    self.remove(one)
            self._make_room(len(self._ids) + len(ids))
            for one, text in zip(ids, texts, strict=True):
                if one in self._row_of:
                    raise ValueError(f"id {one!r} was given twice")
                self._take_in(one, tidy(text))
            if vectors is not None:
                self.set_vectors(ids, vectors)

    def set_vectors(self, ids: Iterable[Hashable], vectors: Vectors) -> None:
        """Give vectors to statements taken in before. float32, shape (n, d), unit rows."""
        ids = list(ids)
        vectors = np.asarray(vectors, dtype=np.float32)
        if vectors.ndim != 2 or len(vectors) != len(ids):
            raise ValueError(
                f"vectors must have one row for each of {len(ids)} ids,"
                f" but have shape {vectors.shape}"
            )
        with self._lock:
            unknown = [one for one in ids if one not in self._row_of]
            if unknown:
                raise KeyError(f"not in the index: {unknown[0]!r}")
            if not ids:
                return
            if self._vectors is None:
                self._vectors = np.zeros((len(self._alive), vectors.shape[1]), dtype=np.float32)
            if vectors.shape[1] != self._vectors.shape[1]:
                raise ValueError(
                    f"the index holds vectors of {self._vectors.shape[1]} numbers, these have"
                    f" {vectors.shape[1]}: they come from different models"
                )
            rows = [self._row_of[one] for one in ids]
            self._vectors[rows] = vectors
            self._has_vector[rows] = True
            if self._sketches is not None:
                self._sketches.put(rows, vectors)

    def remove(self, statement_id: Hashable) -> None:
        """Forget a statement: its text and vector are wiped here. KeyError when it is not known."""
        with self._lock:
            row = self._row_of.pop(statement_id)
            self._texts[row] = ""
            self._ids[row] = None
            self._alive[row] = False
            self._has_vector[row] = False
            if self._vectors is not None:
                self._vectors[row] = 0.0

    def similar_to(
        self,
        text: str,
        *,
        vector: Vectors | None = None,
        limit: int = 3,
        at_least: Relation = Relation.PART_OF,
    ) -> list[Proposal]:
        """Statements that `text` may repeat, surest first; `first` is the text, `second` an id.

        vector: of `text`, shape (d,), by the model that made the index's vectors; without it,
        letters alone decide. Opposites are never among them.
        """
        with self._lock:
            near: dict[int, float | None] = dict.fromkeys(self._rows_by_letters(text))
            if vector is not None and self._vectors is not None:
                near |= self._rows_by_meaning(np.asarray(vector, dtype=np.float32), list(near))
            offers_only = at_least.nearness >= Relation.PART_OF.nearness
            found = [
                judge(
                    text, self._ids[row], text, self._texts[row], meaning, offers_only=offers_only
                )
                for row, meaning in near.items()
            ]
        wanted = [one for one in found if one.relation.nearness >= max(at_least.nearness, 1)]
        wanted.sort(key=lambda one: (-one.relation.nearness, -one.score, str(one.second)))
        return wanted[:limit]

    def pairs(
        self,
        *,
        answers: AnswersOfBoth | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> StatementPairs:
        """Every pair that may say the same, and apart from them, pairs that may disagree.

        Compares in blocks of rows; memory grows with the number of statements, not with its square.
        progress: called with pairs judged and pairs to judge, every thousand and at the end.
        """
        with self._lock:
            rows = np.flatnonzero(self._alive[: len(self._ids)])
            texts = [self._texts[row] for row in rows]
            ids = [self._ids[row] for row in rows]
            has = self._has_vector[rows]
            vectors = None if self._vectors is None else self._vectors[rows]
        near: dict[tuple[int, int], float | None] = dict.fromkeys(lexical_pairs(texts))
        if vectors is not None:
            for pair in near:
                if has[pair[0]] and has[pair[1]]:
                    near[pair] = float(vectors[pair[0]] @ vectors[pair[1]])
            near |= nearest_pairs(vectors, has)
        alike: list[Proposal] = []
        may_disagree: list[Proposal] = []
        for number, ((one, other), meaning) in enumerate(near.items(), start=1):
            if progress is not None and (number % 1000 == 0 or number == len(near)):
                progress(number, len(near))
            votes = answers(ids[one], ids[other]) if answers is not None else None
            found = judge(ids[one], ids[other], texts[one], texts[other], meaning, votes)
            if found.relation is Relation.OPPOSITE:
                may_disagree.append(found)
            elif found.relation.nearness >= Relation.PART_OF.nearness:
                alike.append(found)
        return StatementPairs(_surest_first(alike), _surest_first(may_disagree))

    def _make_room(self, rows: int) -> None:
        have = len(self._alive)
        if rows <= have:
            return
        extra = max(rows, 2 * have, 256) - have
        self._alive = np.concatenate([self._alive, np.zeros(extra, dtype=np.bool_)])
        self._gram_scale = np.concatenate([self._gram_scale, np.zeros(extra, dtype=np.float32)])
        self._has_vector = np.concatenate([self._has_vector, np.zeros(extra, dtype=np.bool_)])
        if self._vectors is not None:
            more = np.zeros((extra, self._vectors.shape[1]), dtype=np.float32)
            self._vectors = np.concatenate([self._vectors, more])

    def _take_in(self, statement_id: Hashable, text: str) -> None:
        row = len(self._ids)
        grams = letter_grams(text)
        for gram in grams:
            self._postings.setdefault(gram, array("i")).append(row)
        self._gram_scale[row] = 1.0 / np.sqrt(len(grams) + 1.0)
        self._ids.append(statement_id)
        self._texts.append(text)
        self._row_of[statement_id] = row
        self._alive[row] = True

    def _rows_by_letters(self, text: str) -> list[int]:
        grams = letter_grams(text)
        postings = sorted(
            (found for gram in grams if (found := self._postings.get(gram)) is not None), key=len
        )
        if not postings:
            return []
        budget = _MOST_POSTINGS
        total = len(self._ids)
        scores = np.zeros(total, dtype=np.float32)
        for at, one in enumerate(postings):
            if len(one) > budget and at:
                break
            budget -= len(one)
            # `add.at` is quick for positions of 64 bits alone.
            rows = np.frombuffer(one, dtype=np.int32).astype(np.intp)
            np.add.at(scores, rows, np.float32(np.log1p(total / len(one))))
        scores *= self._gram_scale[:total]
        scores[~self._alive[:total]] = 0.0
        return [int(row) for row in _highest(scores, _LOOKED_AT) if scores[row] > 0]

    def _rows_by_meaning(self, vector: Vectors, also: Sequence[int]) -> Mapping[int, float]:
        assert self._vectors is not None
        total = len(self._ids)
        if vector.shape != (self._vectors.shape[1],):
            raise ValueError(
                f"vector must have shape ({self._vectors.shape[1]},), but has {vector.shape}"
            )
        has = self._has_vector[:total]
        if total <= _ALL_COMPARED:
            rows = np.flatnonzero(has)
        else:
            rows = self._sketched().nearest(vector, has, _COMPARED_EXACTLY)
        cosines = self._vectors[rows] @ vector
        nearest = rows[_highest(cosines, _LOOKED_AT)]
        looked_at = sorted({*nearest.tolist(), *(row for row in also if has[row])})
        exact = self._vectors[looked_at] @ vector
        return dict(zip(looked_at, exact.tolist(), strict=True))

    def _sketched(self) -> Sketches:
        """Made when there are many vectors, and kept in step from then on."""
        if self._sketches is None:
            assert self._vectors is not None
            rows = np.flatnonzero(self._has_vector)
            self._sketches = Sketches(self._vectors[rows].mean(axis=0))
            for start in range(0, len(rows), _ALL_COMPARED):
                some = rows[start : start + _ALL_COMPARED]
                self._sketches.put(some, self._vectors[some])
        return self._sketches


def _highest(scores: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.intp]:
    """Places of the `count` highest scores, in no order.

    Most lie far below the highest: where enough are above half of it, only these are put in order.
    """
    if len(scores) <= count:
        return np.arange(len(scores))
    near = np.flatnonzero(scores > scores.max() / 2)
    if len(near) < count:
        return np.argpartition(-scores, count - 1)[:count]
    return near[np.argpartition(-scores[near], count - 1)[:count]]


def _surest_first(found: list[Proposal]) -> tuple[Proposal, ...]:
    return tuple(
        sorted(
            found,
            key=lambda one: (-one.relation.nearness, -one.score, str(one.first), str(one.second)),
        )
    )
