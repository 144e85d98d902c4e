"""A Polis export as a conversation of its own: statements, moderation and everybody's answers."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from commonground.formats import PolisExport, PolisStatement
from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.conversations.services import make_conversation
from coproduce.exchange.arriving import AT_ONCE, Arriving, keep_arriving
from coproduce.exchange.models import ImportFile
from coproduce.moderation.models import Look
from coproduce.people.models import Account, CameBy, Participant
from coproduce.refused import Refused
from coproduce.responses.models import Response
from coproduce.responses.services import recount
from coproduce.statements.models import Source, Statement
from coproduce.words.models import Standing
from coproduce.words.services import tidy

MODERATION = {1: Standing.SHOWN, 0: Standing.WAITING, -1: Standing.NOT_SHOWN}


@dataclass(frozen=True)
class PolisArrival:
    """What came in, and what does not fit together in the file."""

    conversation: Conversation
    statements: int
    people: int
    answers: int
    warnings: tuple[str, ...]


@transaction.atomic
def import_polis(
    *, export: PolisExport, path: Path, by: Account, name: str = "", question: str = ""
) -> PolisArrival:
    """Make a draft conversation from an export, whole or not at all.

    Statements that Polis' moderators accepted are shown, rejected ones are not, and those that
    nobody looked at wait here too. Each participant of the file is a person with no partner group
    given. The first and the latest answer of each person to a statement are kept. The organiser
    states the rest and opens it. Raises Refused for a file without a statement.
    """
    told = [statement for statement in export.statements if tidy(statement.text)]
    if not told:
        raise Refused("There is no statement in the export. Nothing was imported.")
    warnings = list(export.warnings)
    if len(told) < len(export.statements):
        warnings.append(f"{len(export.statements) - len(told)} statements have no text: left out.")
    meta = sum(1 for statement in told if statement.is_meta)
    if meta:
        warnings.append(f"{meta} statements ask about the person; here they are like the others.")

    title = name or export.summary.get("topic") or path.stem
    member = make_conversation(by=by, name=title[:120], template_key="over_weeks")
    conversation = Conversation.objects.get(pk=member.conversation_id)
    asked = conversation.questions.get()
    asked.text = (question or export.summary.get("conversation-description") or title)[:300]
    asked.save(update_fields=["text"])

    people = _people(export, conversation)
    file = ImportFile.objects.create(
        conversation=conversation,
        name=path.name[-200:],
        digest=_digest(export),
        kind="polis",
        by=by,
    )
    statements = keep_arriving(
        conversation=conversation,
        file=file,
        arriving=[
            _arriving(line, statement, asked, people)
            for line, statement in enumerate(told, start=2)
        ],
    )
    _look(statements, told, by)
    by_id = {told_one.id: kept for told_one, kept in zip(told, statements, strict=True)}
    answers, without = _answers(export, people, by_id)
    if without:
        warnings.append(f"{without} votes are on statements without a text: left out.")
    recount([statement.cluster for statement in statements])
    file.summary = {"statements": len(statements), "people": len(people), "answers": answers}
    file.save(update_fields=["summary"])
    record(
        conversation=conversation,
        act="import_polis",
        by=by,
        about=f"file {file.pk}",
        details={"file": file.pk, **file.summary},
    )
    return PolisArrival(conversation, len(statements), len(people), answers, tuple(warnings))


def _digest(export: PolisExport) -> str:
    texts = sorted((str(statement.id), statement.text) for statement in export.statements)
    return hashlib.sha256(repr(texts).encode()).hexdigest()


def _people(export: PolisExport, conversation: Conversation) -> dict[Any, Participant]:
    named = set(export.participants.tolist())
    named |= {one.author for one in export.statements if one.author is not None and not one.is_seed}
    ids = sorted(named, key=str)
    made = Participant.objects.bulk_create(
        [Participant(conversation=conversation, came_by=CameBy.IMPORT) for _ in ids],
        batch_size=AT_ONCE,
    )
    return dict(zip(ids, made, strict=True))


def _arriving(
    line: int, statement: PolisStatement, asked: Any, people: dict[Any, Participant]
) -> Arriving:
    author = None if statement.is_seed else people.get(statement.author)
    return Arriving(
        line=line,
        question=asked,
        text=tidy(statement.text),
        participant=author,
        # People answered all of them, whoever wrote them: the file has a column for the person.
        source=Source.PERSON,
        standing=MODERATION[statement.moderated],
        given_at=_at(statement.created),
    )


def _look(statements: list[Statement], told: list[PolisStatement], by: Account) -> None:
    outcomes = {1: Look.Outcome.SHOWN, -1: Look.Outcome.NOT_SHOWN}
    Look.objects.bulk_create(
        [
            Look(
                words=kept.words,
                outcome=outcomes[one.moderated],
                ground="" if one.moderated == 1 else Look.Ground.OTHER,
                note="Decided in Polis, before it came here.",
                by=by,
            )
            for kept, one in zip(statements, told, strict=True)
            if one.moderated in outcomes
        ],
        batch_size=AT_ONCE,
    )


def _answers(
    export: PolisExport, people: dict[Any, Participant], statements: dict[Any, Statement]
) -> tuple[int, int]:
    """Keep the first and the latest answer of each person; returns how many, and those left out."""
    events = export.events
    times = events.times.tolist() if events.times is not None else [None] * len(events)
    kept: dict[tuple[Any, Any], Response] = {}
    without = 0
    for who, what, given, when in zip(
        events.participants.tolist(),
        events.statements.tolist(),
        events.answers.tolist(),
        times,
        strict=True,
    ):
        statement = statements.get(what)
        if statement is None:
            without += 1
            continue
        at = _at(when)
        response = kept.get((who, what))
        if response is None:
            kept[who, what] = Response(
                participant=people[who],
                statement=statement,
                first_answer=given,
                answer=given,
                first_at=at,
                answered_at=at,
            )
        else:
            response.answer, response.answered_at = given, at
    Response.objects.bulk_create(kept.values(), batch_size=5000)
    return len(kept), without


def _at(milliseconds: int | None) -> dt.datetime:
    if milliseconds is None:
        return timezone.now()
    return dt.datetime.fromtimestamp(milliseconds / 1000, tz=dt.UTC)
