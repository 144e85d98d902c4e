"""Which ideas are near a statement that stands in none.

What is worked out is kept in the process, by keys and not by words: the pages of the workbench
show the same statements again after each move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, cast

import numpy as np

from commonground.duplicates import Relation
from commonground.ideas import nearest_ideas
from coproduce.ideas.models import Placement
from coproduce.statements import likeness
from coproduce.statements.likeness import Stamp, index_of, vectors_of
from coproduce.words.models import Masking, Standing, WordsText, masked, masks_of

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation, Question
    from coproduce.statements.models import Statement

ALL_COMPARED = 200
"""So many placed statements are compared with each one; of more, those that are like it."""
MOST = 2
AGAIN = 3
"""So many, at most, are worked out again for one page because words came meanwhile."""
_LOOKED_UP = 24

# For each placed statement that was compared, the ideas in which it stood.
_Placed = dict[int, frozenset[int]]


@dataclass(frozen=True)
class Near:
    """What was found for one statement, and of what.

    `like`: the statements that were looked up as like it, None where all were compared.
    `ideas`: keys, the nearest first. `at`: when it was worked out, by the clock of the process.
    """

    stamp: Stamp
    at: float
    like: tuple[int, ...] | None
    placed: _Placed
    ideas: tuple[int, ...]


def near_ideas(
    statements: Sequence[Statement], conversation: Conversation, question: Question
) -> dict[int, list[tuple[int, str]]]:
    """By statement: keys and names of at most `MOST` ideas whose words are nearest to its words.

    The statements must have their words at hand. As many questions to the database for one as
    for ten.
    """
    held = Placement.objects.held().filter(
        idea__question=question,
        idea__retired_at=None,
        statement__words__standing=Standing.SHOWN,
    )
    first = list(
        held.order_by("statement_id")
        .values_list("statement_id", flat=True)
        .distinct()[: ALL_COMPARED + 1]
    )
    if not statements or not first:
        return {}
    stamp = likeness.state_of(conversation.pk)
    kept = likeness.kept_beside(conversation.pk)
    before = _still_good({one.pk: kept[one.pk] for one in statements if one.pk in kept}, stamp)
    if len(first) > ALL_COMPARED:
        like = _like(statements, conversation, before)
        compared = like
    else:
        like = {}
        compared = {one.pk: tuple(first) for one in statements}
    placed, names = _placed(question.pk, {key for some in compared.values() for key in some})
    again: dict[int, _Placed] = {}
    found: dict[int, tuple[int, ...]] = {}
    for one in statements:
        own = {key: placed[key] for key in compared[one.pk] if key in placed}
        was = before.get(one.pk)
        if was is not None and was.placed == own:
            found[one.pk] = was.ideas
        else:
            again[one.pk] = own
    found |= _work_out([one for one in statements if one.pk in again], again)
    for key, own in again.items():
        since = before[key].stamp if key in before else stamp
        kept[key] = Near(since, monotonic(), like.get(key), own, found[key])
    return {key: [(idea, names[idea]) for idea in ideas] for key, ideas in found.items()}


def _still_good(kept: dict[int, Near], stamp: Stamp) -> dict[int, Near]:
    """All of these but the `AGAIN` oldest of those that were found among other words.

    Where words come all the time, each page makes up for some of them. What was taken back
    meanwhile stands in no idea, so nothing is near because of it.
    """
    stale = sorted((key for key in kept if kept[key].stamp != stamp), key=lambda key: kept[key].at)
    return {key: near for key, near in kept.items() if key not in stale[:AGAIN]}


def _like(
    statements: Sequence[Statement], conversation: Conversation, before: Mapping[int, Near]
) -> dict[int, tuple[int, ...]]:
    """By statement: those that are like it, as the index of the conversation finds them."""
    like: dict[int, tuple[int, ...]] = {}
    for key, near in before.items():
        if near.like is not None:
            like[key] = near.like
    asked = [one for one in statements if one.pk not in like]
    if asked:
        index = index_of(conversation.pk)
        model = likeness.model_of(conversation.pk)
        vectors = vectors_of([one.pk for one in asked], model) if model else {}
        for one in asked:
            found = index.similar_to(
                one.text,
                vector=vectors.get(one.pk),
                limit=_LOOKED_UP,
                at_least=Relation.RELATED,
            )
            like[one.pk] = tuple(int(str(other.second)) for other in found)
    return like


def _placed(question: int, wanted: Collection[int]) -> tuple[_Placed, dict[int, str]]:
    """Where statements stand, and the names of these ideas."""
    placed: dict[int, set[int]] = defaultdict(set)
    names: dict[int, str] = {}
    # By their statements, and no other way: a database that also sees of which question they are
    # begins with all that stands there, which is ten times as much.
    for statement, idea, name, of, retired_at, standing in (
        Placement.objects.held()
        .filter(statement__in=wanted)
        .values_list(
            *("statement_id", "idea_id", "idea__name", "idea__question_id"),
            *("idea__retired_at", "statement__words__standing"),
        )
    ):
        if of == question and retired_at is None and standing == Standing.SHOWN:
            placed[statement].add(idea)
            names[idea] = name
    return {key: frozenset(ideas) for key, ideas in placed.items()}, names


def _work_out(
    statements: Sequence[Statement], placed: Mapping[int, _Placed]
) -> dict[int, tuple[int, ...]]:
    compared = {key for some in placed.values() for key in some}
    if not compared:
        return {one.pk: () for one in statements}
    hidden = masks_of(Masking.objects.filter(words__in=compared))
    texts = {
        key: masked(text, hidden.get(key, ()))
        for key, text in WordsText.objects.filter(words__in=compared).values_list(
            "words_id", "text"
        )
    }
    vectors = vectors_of({*compared, *placed})
    found = {}
    for one in statements:
        some = [key for key in placed[one.pk] if key in texts]
        own = vectors.get(one.pk)
        with_vectors = own is not None and bool(some) and all(key in vectors for key in some)
        ideas = nearest_ideas(
            one.text,
            some,
            [texts[key] for key in some],
            cast("Mapping[Hashable, Collection[Hashable]]", placed[one.pk]),
            vector=own if with_vectors else None,
            vectors=np.stack([vectors[key] for key in some]) if with_vectors else None,
            limit=MOST,
        )
        found[one.pk] = tuple(int(str(near.idea)) for near in ideas)
    return found
