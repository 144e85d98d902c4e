"""Ideas that the machine suggests for statements in none. A person accepts each, or not.

What was suggested stands while people work through it: accepting one idea, or a few new words, do
not shuffle the others. Each process remembers which statements it put together, and no words.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np
from django.db import connection

from commonground.ideas import Detail, IdeaSuggestions, suggest_ideas
from coproduce.conversations.models import Conversation, Question
from coproduce.ideas.queries import in_none
from coproduce.statements.likeness import vectors_of
from coproduce.statements.models import Statement
from coproduce.statements.reading import read_together

SUGGESTED_AMONG = 2000
MOST_REMEMBERED = 50

_remembered: OrderedDict[tuple[str, int, Detail], IdeaSuggestions] = OrderedDict()
_remembering = threading.Lock()


@dataclass(frozen=True)
class SuggestedIdea:
    name: str
    statements: tuple[Statement, ...]


def suggestions(
    conversation: Conversation, question: Question, detail: Detail
) -> list[SuggestedIdea]:
    """Ideas for statements that stand in none, largest first."""
    listed = list(
        in_none(conversation, question).values_list("listed_id", flat=True)[:SUGGESTED_AMONG]
    )
    found = {
        one.pk: one for one in read_together(Statement.objects.filter(pk__in=listed).order_by("pk"))
    }
    keys = list(found)
    vectors = vectors_of(keys)
    about = (str(connection.settings_dict["NAME"]), question.pk, detail)
    made = suggest_ideas(
        keys,
        [found[key].text for key in keys],
        np.stack([vectors[key] for key in keys]) if keys and len(vectors) == len(keys) else None,
        detail=detail,
        earlier=_remembered.get(about),
    )
    _remember(about, made)
    return [
        SuggestedIdea(
            name=one.name[:1].upper() + one.name[1:],
            statements=tuple(found[int(str(key))] for key in one.suggested),
        )
        for one in made.level(detail).ideas
    ]


def _remember(about: tuple[str, int, Detail], made: IdeaSuggestions) -> None:
    """Only who stands with whom: names and phrases are people's words."""
    bare = IdeaSuggestions(
        tuple(
            replace(level, ideas=tuple(replace(one, name="", phrases=()) for one in level.ideas))
            for level in made.levels
        )
    )
    with _remembering:
        _remembered[about] = bare
        _remembered.move_to_end(about)
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)


def forget_all() -> None:
    """Drop what this process remembers, for tests and after a restore."""
    with _remembering:
        _remembered.clear()
