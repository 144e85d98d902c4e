"""The statements of a conversation as JSON and CSV: what may be public, and nothing else.

There is no participant, no time finer than the conversation, and the rows stand in the order of
their references, which are drawn by chance: what one person wrote one after another does not stand
together. Figures are those that may be shown (`Figure`), never counts.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from coproduce.conversations.models import Conversation
from coproduce.ideas.models import Placement
from coproduce.responses.models import Figure, Reason
from coproduce.statements.models import RoomMark, Statement
from coproduce.words.models import Masking, Standing, Words, masked, masks_of

FORMAT = "coproduce-statements/1"


class ExportedStatement(NamedTuple):
    """One statement as it may leave the service."""

    ref: str
    question: str
    text: str  # as others may read it: names masked; empty when withdrawn or not shown
    standing: str  # shown or withdrawn
    how_given: str
    source: str  # person, collective (people in a room together) or unknown
    put_together_with: list[str]  # references of the statements that say the same
    listed: bool  # stands for those that say the same
    ideas: list[str]
    room_marks: int
    reasons: list[dict[str, str]]  # answer and text of the reasons that are shown
    figure: str  # what may be shown of how people answered, as JSON; empty: too few so far


class _Row(NamedTuple):
    pk: int
    ref: str
    question: str
    text: str | None
    standing: str
    how_given: str
    source: str
    cluster: int
    listed: int | None


def exported_statements(conversation: Conversation) -> list[ExportedStatement]:
    """Every statement that is shown, or that its author withdrew, in a fixed number of queries."""
    # Rows without records: a conversation has thousands.
    statements = list(
        map(
            _Row._make,
            Statement.objects.filter(
                conversation=conversation,
                words__standing__in=[Standing.SHOWN, Standing.WITHDRAWN],
            )
            .order_by("words__ref")
            .values_list(
                *("pk", "words__ref", "question__text", "words__kept_text__text"),
                *("words__standing", "words__how_given", "source"),
                *("cluster_id", "cluster__listed_id"),
            ),
        )
    )
    hidden = masks_of(Masking.objects.filter(words__conversation=conversation))
    together: dict[int, list[str]] = defaultdict(list)
    for statement in statements:
        together[statement.cluster].append(statement.ref)
    ideas: dict[int, list[str]] = defaultdict(list)
    for placed, name in (
        Placement.objects.held()
        .filter(idea__conversation=conversation, idea__retired_at=None)
        .order_by("idea__position")
        .values_list("statement_id", "idea__name")
    ):
        ideas[placed].append(name)
    marks: dict[int, int] = defaultdict(int)
    for marked, count in RoomMark.objects.filter(
        conversation=conversation, statement__isnull=False
    ).values_list("statement_id", "count"):
        marks[marked or 0] += count
    # As they are kept: to read thousands only to write them again takes longer than all the rest.
    figures: dict[int, str] = dict(
        Figure.objects.filter(cluster__conversation=conversation)
        .annotate(kept=Cast("shown", TextField()))
        .values_list("cluster_id", "kept")
    )
    reasons = _shown_reasons(conversation)
    return [
        ExportedStatement(
            ref=statement.ref,
            question=statement.question,
            text=masked(statement.text or "", hidden.get(statement.pk, ()))
            if statement.standing == Standing.SHOWN
            else "",
            standing=statement.standing,
            how_given=statement.how_given,
            source=statement.source,
            put_together_with=[r for r in together[statement.cluster] if r != statement.ref],
            listed=statement.listed == statement.pk,
            ideas=ideas[statement.pk],
            room_marks=marks[statement.pk],
            reasons=reasons[statement.pk],
            figure=figures.get(statement.cluster, "{}"),
        )
        for statement in statements
    ]


def _shown_reasons(conversation: Conversation) -> dict[int, list[dict[str, str]]]:
    reasons: dict[int, list[dict[str, str]]] = defaultdict(list)
    for reason in (
        Reason.objects.filter(
            words__conversation=conversation,
            words__standing=Standing.SHOWN,
            words__kind=Words.Kind.REASON,
        )
        .select_related("words", "words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("words__ref")
    ):
        reasons[reason.statement_id].append(
            {"answer": reason.get_answer_display(), "text": reason.words.shown_text}
        )
    return reasons


def as_json(conversation: Conversation) -> str:
    """`coproduce-statements/1`: the fields are described in docs/reference/formats.md."""
    about = _json(
        {
            "format": FORMAT,
            "conversation": {"name": conversation.name, "purpose": conversation.purpose},
            "enough": conversation.enough,
            "partner_groups": [
                {"key": group.key, "label": group.label}
                for group in conversation.partner_groups.all()
            ],
        }
    )
    rows = ",\n".join(_json_row(one) for one in exported_statements(conversation))
    return f'{about[:-1]}, "statements": [\n{rows}\n]}}'


def _json_row(one: ExportedStatement) -> str:
    told = one._asdict()
    figure = told.pop("figure")
    return f'{_json(told)[:-1]}, "figure": {figure}}}'


# One for all rows: `json.dumps` would make another for each.
_json = json.JSONEncoder(ensure_ascii=False).encode


def as_csv(conversation: Conversation) -> str:
    """One row a statement; several values in a cell stand on lines of their own."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            "reference", "question", "statement", "standing", "how given", "source",
            "put together with", "listed", "ideas", "room marks", "reasons",
        ]
    )  # fmt: skip
    for row in exported_statements(conversation):
        writer.writerow(
            [
                row.ref,
                safe_cell(row.question),
                safe_cell(row.text),
                row.standing,
                row.how_given,
                row.source,
                "\n".join(row.put_together_with),
                "yes" if row.listed else "no",
                safe_cell("\n".join(row.ideas)),
                row.room_marks,
                safe_cell("\n".join(f"{r['answer']}: {r['text']}" for r in row.reasons)),
            ]
        )
    return file.getvalue()


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula.

    The characters are those that OWASP names under CSV injection.
    """
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
