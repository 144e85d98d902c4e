"""A conversation as a `polis-export/1` zip, for the team, under the rules.

Row-level data is never public. It has fresh ids each time, no rows of children, at least 20
people, the day instead of the time, and nothing that leads from words to the row of answers of
their writer: authors have ids of their own, and an answer that was only counted because somebody
wrote the statement is left out.
"""

from __future__ import annotations

import datetime as dt
import io
import secrets

from django.db import transaction

from commonground.formats import PolisStatement, VoteEvents, write_polis
from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.responses.models import Response
from coproduce.statements.models import Statement
from coproduce.words.models import Standing

FEWEST_PEOPLE = 20


@transaction.atomic
def polis_zip(*, conversation: Conversation, by: TeamMember | None) -> bytes:
    """The zip's bytes. The log keeps that it was made.

    `by` is None for the operator's command line. Raises Refused where fewer than 20 people,
    children left out, have answered.
    """
    if by is not None:
        require_role(by, Role.ORGANISER, Role.FACILITATOR)
    statements = list(
        Statement.objects.filter(conversation=conversation, words__standing=Standing.SHOWN)
        .with_words()
        .order_by("words__ref")
    )
    places = {statement.pk: place for place, statement in enumerate(statements)}
    rows = [
        row
        for row in Response.objects.filter(
            statement__in=list(places), participant__left_at=None, by_writing=False
        ).values_list(
            "participant_id", "participant__membership", "statement_id", "answer", "answered_at"
        )
        if not row[1] & conversation.children_bit
    ]
    people = sorted({row[0] for row in rows})
    if len(people) < FEWEST_PEOPLE:
        raise Refused(
            f"Fewer than {FEWEST_PEOPLE} people have answered, children left out. A file with one "
            "row for each person would say too much about them. Nothing was written."
        )
    secrets.SystemRandom().shuffle(people)
    fresh = {person: place for place, person in enumerate(people)}
    ordered = sorted((fresh[row[0]], places[row[2]], row[3], _day(row[4])) for row in rows)
    target = io.BytesIO()
    write_polis(
        target,
        statements=[
            PolisStatement(
                id=places[statement.pk],
                text=statement.text,
                author=len(people) + places[statement.pk],
                created=_day(statement.words.given_at),
                moderated=1,
            )
            for statement in statements
        ],
        events=VoteEvents.of(
            [row[0] for row in ordered],
            [row[1] for row in ordered],
            [row[2] for row in ordered],
            [row[3] for row in ordered],
        ),
        participants=range(len(people)),
        topic=conversation.name,
        description=conversation.purpose,
    )
    record(
        conversation=conversation,
        act="export_polis",
        by=by.account if by else None,
        details={"people": len(people), "answers": len(rows)},
    )
    return target.getvalue()


def _day(at: dt.datetime) -> int:
    """Noon of the day, as Unix milliseconds: who answered after whom does not leave."""
    noon = dt.datetime.combine(at.date(), dt.time(12), tzinfo=dt.UTC)
    return int(noon.timestamp() * 1000)
