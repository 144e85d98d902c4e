"""Answering a statement, and leaving one for later."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coproduce.conversations.models import Doing
from coproduce.people.models import Participant
from coproduce.prepared import PreparedModels, planning_once
from coproduce.refused import Refused
from coproduce.responses.models import Answer, Response, Skip
from coproduce.responses.tallies import membership_here, one_answer_in_step
from coproduce.responses.tasks import move_figures_soon
from coproduce.statements.models import Statement

NOT_NOW = "People are not answering in this conversation now. Your earlier answers are kept."
NOT_HERE = "This statement cannot be answered now."
GONE = "You have taken back everything here. Join again to take part."

_given = PreparedModels(
    lambda participant, statement: Response.objects.filter(
        participant_id=participant, statement_id=statement
    ),
    "participant",
    "statement",
)


def may_answer(participant: Participant, statement: Statement) -> None:
    """Asked first. Raises Refused with a sentence for the person.

    Somebody may change the answer to their own words also before others can see them.
    """
    if statement.conversation_id != participant.conversation_id:
        raise Refused(NOT_HERE)
    if participant.left_at is not None:
        raise Refused(GONE)
    if not participant.conversation.allows(Doing.ANSWER):
        raise Refused(NOT_NOW)
    own = statement.words.participant_id == participant.pk and not statement.words.is_withdrawn
    if not (statement.is_open or own):
        raise Refused(NOT_HERE)


def still_here(participant: Participant) -> int:
    """Inside a transaction: nobody answers while they take everything back on another device.

    Gives the partner groups that they are in now.
    """
    membership = membership_here(participant.pk)
    if membership is None:
        raise Refused(GONE)
    return membership


@transaction.atomic
def answer(
    *, participant: Participant, statement: Statement, answer: int, settles: bool = False
) -> Response:
    """Keep one person's answer to one statement: the first for ever, and the latest.

    `settles`: they were asked about all that was put together. Where they have answered several of
    those statements, nothing earlier of theirs counts in it any more. The same answer twice (a
    double click, two tabs) changes nothing.
    """
    may_answer(participant, statement)
    membership = still_here(participant)
    given = Answer(answer)
    with one_answer_in_step(participant.pk, membership, statement) as own:
        settles = settles and len(own.rows) > 1
        now = timezone.now()
        # Whoever answers is locked: nobody makes the same row meanwhile.
        response = None
        if own.answers(statement.pk):
            response = _given.first(participant=participant.pk, statement=statement.pk)
        if response is None:
            response = _first_answer(participant, statement, given, now, settles)
            own.put(statement.pk, given, settles)
        elif response.answer != given or settles:
            response.answer = given
            response.answered_at = now
            response.settles = settles
            response.save(update_fields=["answer", "answered_at", "settles"])
            own.put(statement.pk, given, settles)
    move_figures_soon(participant.conversation_id)
    return response


# Every answer in a full room comes here while others wait to write: this SQL is not written anew.
_COLUMNS = (
    "participant_id, statement_id, first_answer, answer, first_at, answered_at, settles, by_writing"
)
_FIRST = (
    f"INSERT INTO {Response._meta.db_table} ({_COLUMNS}) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"
)


def _first_answer(
    participant: Participant, statement: Statement, given: Answer, now: dt.datetime, settles: bool
) -> Response:
    response = Response(
        participant=participant,
        statement=statement,
        first_answer=given,
        answer=given,
        first_at=now,
        answered_at=now,
        settles=settles,
    )
    at = connection.ops.adapt_datetimefield_value(now)
    row = [participant.pk, statement.pk, int(given), int(given), at, at, settles, False]
    try:
        with planning_once(connection) as cursor:
            cursor.execute(_FIRST, row)
            (response.pk,) = cursor.fetchone()
    except IntegrityError as twice:
        # They had answered it, and its writer has taken it back since it was looked at above.
        raise Refused(NOT_HERE) from twice
    response._state.adding = False
    return response


@transaction.atomic
def skip(*, participant: Participant, statement: Statement) -> None:
    """Leave a statement for later. It says nothing about it; it comes last."""
    may_answer(participant, statement)
    still_here(participant)
    Skip.objects.update_or_create(
        participant=participant, statement=statement, defaults={"at": timezone.now()}
    )
