"""Which column of a file holds what: guessed from the headings, confirmed by a person."""

from __future__ import annotations

import re
from enum import StrEnum


class Field(StrEnum):
    """What a column may hold. The value is the name in forms; the label is for people."""

    TEXT = "text"
    QUESTION = "question"
    GROUP = "group"
    IDEA = "idea"
    MARKS = "marks"
    HOW_GIVEN = "how_given"
    PERSON = "person"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Field.TEXT: "The words",
    Field.QUESTION: "The question that they answer",
    Field.GROUP: "Partner group",
    Field.IDEA: "Idea (the heading that they stand under)",
    Field.MARKS: "Room marks",
    Field.HOW_GIVEN: "How the words were given",
    Field.PERSON: "Person (rows with the same entry are one person)",
}

HEADINGS = {
    Field.TEXT: (
        "statement",
        "statements",
        "words",
        "text",
        "words or statement",
        "what people said",
        "what was said",
        "what you said",
        "what they said",
        "said",
        "comment",
        "comments",
        "comment body",
        "quote",
        "fragment",
        "answer",
        "response",
    ),
    Field.QUESTION: ("question", "question asked", "prompt", "answer to"),
    Field.GROUP: (
        "partner group",
        "partner groups",
        "partner",
        "group",
        "role",
        "sector",
        "organisation",
        "who they are",
    ),
    Field.IDEA: (
        "idea",
        "connected idea",
        "heading",
        "heading added by us",
        "theme",
        "topic",
        "category",
    ),
    Field.MARKS: (
        "room marks",
        "marks",
        "mark",
        "asterisks",
        "stars",
        "dots",
        "number of marks",
    ),
    Field.HOW_GIVEN: ("how given", "whose words", "how the words were given", "given"),
    Field.PERSON: (
        "person",
        "participant",
        "participant id",
        "person id",
        "author",
        "author id",
        "respondent",
        "respondent id",
        "name",
    ),
}


def plain(heading: str) -> str:
    """A heading as it is compared: small letters and single spaces, no signs."""
    return re.sub(r"[^0-9a-z]+", " ", heading.lower()).strip()


def guess_columns(headings: tuple[str, ...]) -> dict[Field, int]:
    """The column of each field, by its heading. The more usual name wins; a column serves once."""
    places: dict[str, int] = {}
    for column, heading in enumerate(headings):
        places.setdefault(plain(heading), column)
    found: dict[Field, int] = {}
    for field, names in HEADINGS.items():
        for name in names:
            if name in places and places[name] not in found.values():
                found[field] = places[name]
                break
    return found


def has_headings(first: tuple[str, ...]) -> bool:
    """Whether the first row looks like headings: at least one that we know."""
    return bool(guess_columns(first))
